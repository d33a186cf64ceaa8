/** What segmenters and language guessers are known to get wrong. */
import { describe, expect, it } from 'vitest';
import { type CountOptions, countWords } from '../src/index.ts';

const count = (text: string, options: Partial<CountOptions> = {}) =>
  countWords(text, { lang: 'auto', words: 'nouns', minLength: 2, stopwords: [], ...options });
const countsOf = (text: string, options: Partial<CountOptions> = {}) =>
  Object.fromEntries(count(text, options).words.map(({ word, count }) => [word, count]));
const wordsOf = (text: string, options: Partial<CountOptions> = {}) => Object.keys(countsOf(text, options));

describe('English', () => {
  it('pronouns and conjunctions in quotes – are no nouns', () => {
    expect(wordsOf('“It,” said “you” and `I`; "and" \'it\' and `I went home.')).toEqual(['home']);
  });

  it("contractions of every kind – are not don't, I'm and can't", () => {
    const text =
      "I'm sure they'll say we've won, it'd rain, he's late, she isn't, you won't, I shan't, he ain't, y'all, 'tis.";
    expect(wordsOf(text)).toEqual([]);
  });

  it('of course, all right, the corner round which one goes – are no nouns; a course, a right and a round are', () => {
    expect(wordsOf('Of course she was all right, and they went round the corner.')).toEqual(['corner']);
    expect(countsOf('The course gives the right to a round of tea.')).toEqual({
      course: 1,
      right: 1,
      round: 1,
      tea: 1,
    });
  });

  it('a verb after I, he or they – is none, though it may be a noun elsewhere', () => {
    expect(wordsOf('I hope they plan it, and we lunch.')).toEqual([]);
    expect(countsOf('The hope and the plan.')).toEqual({ hope: 1, plan: 1 });
  });

  it('an adjective with the capital of its sentence – is no name', () => {
    expect(wordsOf('Additional terms apply. Excellent! Heavy rain fell.')).toEqual(['rain', 'terms']);
    expect(countsOf('Frank said no. Mary said yes.')).toEqual({ Frank: 1, Mary: 1 });
  });

  it('plurals of names – count for them where they are words beside that', () => {
    expect(countsOf('The Laws of the States and the Law of a State.')).toEqual({ Law: 2, State: 2 });
    expect(countsOf('We met Adam, Adams, Smith and the Smiths in Hill Street.')).toMatchObject({
      Adam: 1,
      Adams: 1,
      Smith: 1,
    });
  });

  it('a plural and a name – are two words', () => {
    expect(countsOf('We saw the Star and the stars of the night.')).toEqual({ Star: 1, night: 1, stars: 1 });
  });

  it('what is longer than 64 characters – is no word', () => {
    expect(wordsOf(`tea ${'a'.repeat(64)} ${'b'.repeat(65)}`, { words: 'all' })).toEqual(['a'.repeat(64), 'tea']);
  });
});

describe('Chinese', () => {
  it('names that the dictionary lacks – are found; pieces of sentences are not', () => {
    const text =
      '未庄的人都来了。单四嫂子住在未庄，老栓也住在未庄。闰土来了。我看见闰土。闰土笑。闰土，你好。母亲说闰土。这是看时听得的。';
    const words = wordsOf(text);
    expect(words).toEqual(expect.arrayContaining(['未庄', '闰土']));
    expect(words).not.toEqual(expect.arrayContaining(['这是']));
    expect(words.filter((word) => /^(?:看时|听得|这是|闰土来)$/.test(word))).toEqual([]);
  });

  it('a foreign name – is whole, with its last character', () => {
    const text = '爱罗先珂君来了。我看见爱罗先珂。爱罗先珂说话。';
    expect(countsOf(text)).toMatchObject({ 爱罗先珂: 3 });
  });

  it('places and persons with a suffix – count for the noun', () => {
    expect(countsOf('花园里有花。花园很大。邻居们来了，邻居走了。屋子里很暖。')).toEqual({ 花园: 2, 邻居: 2, 屋子: 1 });
    expect(countsOf('花園裡有花。花園很大。')).toEqual({ 花園: 2 });
  });

  it('a verb with its object, a noun that is counted – are the noun', () => {
    expect(countsOf('他们喝咖啡。咖啡很热。')).toEqual({ 咖啡: 2 });
    expect(wordsOf('我有一朵花。')).toEqual([]);
  });

  it('what follows an adverb – is no noun, nor elsewhere when that happens again', () => {
    const text = '他不动手。他也不动手。动手的是他。学生很投机。';
    expect(wordsOf(text)).toEqual(['学生']);
    expect(wordsOf('总会慢下来。她照例回家。')).toEqual([]);
    expect(countsOf('精神很好。他很精神。')).toEqual({ 精神: 1 });
  });

  it('compounds that the dictionary calls sayings – are nouns; sayings are not', () => {
    expect(countsOf('操作系统里有正则表达式。无论如何，不好意思，总而言之。')).toEqual({ 操作系统: 1, 正则表达式: 1 });
  });

  it('times, places, directions, idioms, verbs used as nouns – are none', () => {
    expect(wordsOf('今天在家里，外面心满意足，工作研究。')).toEqual([]);
  });

  it('single characters – are too short, unless one is enough', () => {
    expect(wordsOf('猫、水。')).toEqual([]);
    expect(wordsOf('猫、水。', { minLength: 1 })).toEqual(['水', '猫']);
  });

  it('lines broken at a width – do not part words; those of a list do', () => {
    expect(countsOf('春天的时候我们常常在公园里散步看花，后来大家都去了图书\n馆看书。')).toMatchObject({ 图书馆: 1 });
    expect(wordsOf('学生\n老师\n图书\n馆长')).toEqual(expect.arrayContaining(['学生', '老师', '图书', '馆长']));
  });
});

describe('Japanese', () => {
  it('kanji that are words – count, stems of verbs and pieces of words do not', () => {
    expect(countsOf('猫が水を飲んで、本を見た。本は海の話です。経済的な近代化。', { lang: 'ja' })).toEqual({
      本: 2,
      海: 1,
      猫: 1,
      経済: 1,
      近代: 1,
      水: 1,
      話: 1,
    });
    expect(wordsOf('猫が水を飲む。', { minLength: 3 })).toEqual([]);
  });

  it('verbs and adjectives – are no nouns; nouns that end with kana are', () => {
    expect(wordsOf('云うことを見る長い道の青い匂いと祭りと子どもがいる。')).toEqual(['匂い', '子ども', '祭り', '道']);
  });

  it('grammar – is no word where all are wanted, words of hiragana are', () => {
    const words = wordsOf('りんごを飲んでしまった。そうして、きれいな猫がいるだろう。', { words: 'all' });
    expect(words).toEqual(expect.arrayContaining(['りんご', 'きれい', '猫']));
    expect(words.filter((word) => /^(?:んで|しまっ|そうして|いる|だろう)$/.test(word))).toEqual([]);
  });

  it('words of katakana that no dictionary has – are whole', () => {
    expect(wordsOf('リポジトリとディストリビューションのインターネット・サービスです。')).toEqual(
      expect.arrayContaining(['リポジトリ', 'ディストリビューション', 'インターネット', 'サービス']),
    );
  });

  it('lines broken at a width – do not part words', () => {
    expect(
      countsOf('その門の前にはいつも大きな木が立っていて雨の日には羅生\n門の下で人が待つのである。'),
    ).toMatchObject({ 羅生門: 1 });
  });
});

describe('Korean', () => {
  it('nouns of one syllable – count where particles prove them', () => {
    expect(countsOf('돈을 벌었다. 돈이 없다. 돈의 힘. 눈은 희다. 같은 사람이 같이 갔다.')).toMatchObject({ 돈: 3 });
    expect(wordsOf('같은 사람이 같이 갔다. 없이 없을 없는')).not.toEqual(expect.arrayContaining(['같', '없']));
  });

  it('verbs – are no nouns; what is done counts for its noun', () => {
    expect(countsOf('옵션을 사용합니다. 사용은 쉽다. 사용할 파일이 있습니다. 파일을 지웠다.')).toMatchObject({
      사용: 3,
      파일: 2,
    });
    expect(wordsOf('있습니다 하였다 않았다 하고 안전한')).toEqual([]);
  });
});

describe('Arabic and Hebrew', () => {
  it('the article and "and" – are one word with what has none, shown without "and"', () => {
    expect(countsOf('السوق والسوق وسوق سوق بالسوق للسوق')).toEqual({ سوق: 6 });
    expect(countsOf('صوت وصوت وصوت')).toEqual({ صوت: 3 });
    expect(countsOf('ילד הילד והילד הילד')).toEqual({ הילד: 4 });
  });

  it('letters that only look like it – stay', () => {
    expect(wordsOf('ورقة وردة الولد والد')).toEqual(expect.arrayContaining(['ورقة', 'وردة', 'والد']));
    expect(wordsOf('باب والباب', { dictionary: ['والباب'] })).toEqual(expect.arrayContaining(['باب', 'والباب']));
  });
});

describe('German', () => {
  it('nouns – have a capital within sentences', () => {
    const text = 'Der alte Hund schläft und die junge Katze spielt. Schlafen ist schön. Kinder und Hunde lieben das.';
    expect(wordsOf(text)).toEqual(['Hund', 'Hunde', 'Katze', 'Kinder', 'Schlafen']);
    expect(wordsOf(text, { words: 'all' })).toEqual(expect.arrayContaining(['alte', 'schläft', 'spielt']));
  });

  it('a text without capitals – keeps all words', () => {
    expect(wordsOf('der hund und die katze sind nicht im haus und auch nicht im garten.')).toEqual([
      'garten',
      'haus',
      'hund',
      'katze',
    ]);
  });
});

describe('French and others', () => {
  it('auxiliaries and the like – are stop words, in all languages', () => {
    expect(wordsOf("Il faut faire mieux que jamais dans le jardin, etc. C'est la femme qui peut.")).toEqual([
      'femme',
      'jardin',
    ]);
  });
});

describe('languages', () => {
  it.each([
    ['Hello', 'en'],
    ['AI GPU CPU', 'en'],
    ['数据', 'zh'],
    ['데이터', 'ko'],
    ['データ', 'ja'],
    ['данные', 'ru'],
    ['Їжак і ґава', 'uk'],
    ['Подъезд и этаж', 'ru'],
    ['گربه چای می‌خورد', 'fa'],
    ['القطة تشرب الشاي', 'ar'],
  ])('%s – is %s', (text, lang) => {
    expect(count(text).lang).toBe(lang);
  });

  it('a line of Chinese and English – each part by its own rules', () => {
    const { words } = count('我们用 Kubernetes 管理服务器, and the server is fast.');
    expect(words.map(({ word, pos }) => `${word} ${pos}`)).toEqual(
      expect.arrayContaining(['Kubernetes name', 'server noun', '服务器 noun']),
    );
  });

  it('Ukrainian and Persian – have their own stop words', () => {
    expect(wordsOf('Її їжак спить, або він не спить.')).toEqual(expect.arrayContaining(['їжак', 'спить']));
    expect(wordsOf('Її їжак спить, або він не спить.')).not.toEqual(expect.arrayContaining(['або']));
  });
});
