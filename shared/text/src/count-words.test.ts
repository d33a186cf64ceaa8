import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countWords } from './count-words.ts';
import type { CountOptions } from './word-filter.ts';

const count = (text: string, options: Partial<CountOptions> = {}) =>
  countWords(text, { lang: 'auto', words: 'nouns', minLength: 2, stopwords: [], ...options });
const wordsOf = (text: string, options: Partial<CountOptions> = {}) =>
  count(text, options).words.map(({ word }) => word);
const countsOf = (text: string, options: Partial<CountOptions> = {}) =>
  Object.fromEntries(count(text, options).words.map(({ word, count }) => [word, count]));

describe('English', () => {
  it('nouns – of a sentence – with their part of speech', () => {
    const { lang, tokens, words } = count('The old captain sailed the ship to London. The ship was slow.');
    expect(lang).toBe('en');
    expect(tokens).toBe(12);
    expect(words).toEqual([
      { word: 'ship', count: 2, pos: 'noun' },
      { word: 'London', count: 1, pos: 'name' },
      { word: 'captain', count: 1, pos: 'noun' },
    ]);
  });

  it('contractions and possessives – with both apostrophes – are no words', () => {
    const text = "I don't know the captain's ship. We’ll see, it’s the captain’s. You can't, they're right, I'd've.";
    expect(wordsOf(text, { words: 'all' }).filter((word) => /^(don|ll|can|re|ve|s|t|d)$|'|’/.test(word))).toEqual([]);
    expect(countsOf(text)).toMatchObject({ captain: 2, ship: 1 });
  });

  it('case – forms are merged, the start of a sentence decides nothing', () => {
    expect(countsOf('Tea is hot. Tea is good. I like tea. London is in London.')).toEqual({ tea: 3, London: 2 });
  });

  it('hyphens – inside of a word – stay; dashes part', () => {
    expect(wordsOf('My mother-in-law--a doctor--came - with tea.', { words: 'all' })).toEqual(
      expect.arrayContaining(['mother-in-law', 'doctor', 'tea']),
    );
  });

  it('addresses and numbers – are out', () => {
    const text =
      'See https://example.org/a?b=c#tea and www.example.org, write to ada@example.org in 1842, 3.14 or 50%.';
    expect(wordsOf(text, { words: 'all' }).join(' ')).not.toMatch(/example|http|org|\d|ada/);
  });

  it('addresses without https:// and of other letters – are out; a full stop without a space is no address', () => {
    const text =
      'See example.com/path?a=b, sub.example.co.uk and ftp://x.org/a, write to mailto:a@b.org or müller@bücher.net.';
    expect(wordsOf(`${text} The ship left.The crew came.`, { words: 'all' })).toEqual(
      expect.arrayContaining(['ship', 'left', 'crew']),
    );
    expect(wordsOf(text, { words: 'all' })).toEqual(['write']);
  });

  it('hashtags and mentions – are words without their sign, nouns or names', () => {
    expect(count('See #WordCloud by @ada_lovelace, #running! C# and a@b.', { minLength: 3 }).words).toEqual([
      { word: 'WordCloud', count: 1, pos: 'noun' },
      { word: 'ada_lovelace', count: 1, pos: 'name' },
      { word: 'running', count: 1, pos: 'noun' },
    ]);
  });

  it('numbers – if wanted – are words', () => {
    expect(countsOf('In 1984, 3.14 and 50% of 1984.', { numbers: true })).toEqual({ '1984': 2, '3.14': 1, '50%': 1 });
    expect(count('1984', { numbers: true })).toMatchObject({ lang: 'und', tokens: 1 });
  });

  it("apostrophes – of any kind – o'clock and O'Brien are one word, dogs' has none", () => {
    for (const sign of ["'", '’', 'ʼ', '´', '`']) {
      const text = `At five o${sign}clock O${sign}Brien didn${sign}t see the dogs${sign} tails.`;
      const words = wordsOf(text, { words: 'all' }).map((word) => word.replace('’', "'"));
      expect(words.sort()).toEqual(["O'Brien", 'dogs', "o'clock", 'tails']);
    }
  });

  it('words broken at the end of a line – are whole', () => {
    expect(countsOf('An exam-\nple of a mother-in-\nlaw, and an example.')).toEqual({ example: 2, 'mother-in-law': 1 });
  });

  it('all – verbs and adjectives too, but no stop words', () => {
    const words = wordsOf('The quick fox jumps over the lazy dog and sleeps.', { words: 'all' });
    expect(words).toEqual(expect.arrayContaining(['quick', 'fox', 'jumps', 'lazy', 'dog', 'sleeps']));
    expect(words).not.toEqual(expect.arrayContaining(['the']));
  });

  it('stop words of the user – in any case and form – are out', () => {
    expect(wordsOf('Tea, café and ship.', { stopwords: ['TEA', ' cafe\u0301 '] })).toEqual(['ship']);
  });

  it('minLength – counts characters', () => {
    expect(wordsOf('An ox and a horse.', { minLength: 3 })).toEqual(['horse']);
  });
});

describe('other languages', () => {
  it('Chinese – nouns by jieba, names found in context', () => {
    const text = '阿明和小红在北京大学的图书馆看书。图书馆里有很多学生。老栓走进茶馆，老栓坐下，老栓喝茶。这是茶馆。';
    const { lang, words } = count(text);
    expect(lang).toBe('zh');
    const counts = Object.fromEntries(words.map(({ word, count }) => [word, count]));
    expect(counts).toMatchObject({ 图书馆: 2, 学生: 1, 茶馆: 2, 老栓: 3 });
    expect(Object.keys(counts)).not.toEqual(expect.arrayContaining(['这是', '很多', '在']));
  });

  it('mixed – each script by its own rules', () => {
    const { words } = count('我们用 Python 写程序。The program uses Python libraries. 程序很快。');
    expect(Object.fromEntries(words.map(({ word, count }) => [word, count]))).toMatchObject({
      Python: 2,
      程序: 2,
      program: 1,
      libraries: 1,
    });
  });

  it('German and French – by their function words – with their stop lists', () => {
    const german = count('Der Hund und die Katze sind nicht im Haus. Die Katze ist auf dem Dach.');
    expect(german.lang).toBe('de');
    expect(german.words.map(({ word }) => word)).toEqual(['Katze', 'Dach', 'Haus', 'Hund']);
    const french = count("L'homme et la femme sont dans le jardin. C'est l'homme qui parle, pas la femme.");
    expect(french.lang).toBe('fr');
    expect(french.words.slice(0, 2).map(({ word }) => word)).toEqual(['femme', 'homme']);
  });

  it('Japanese – kanji and katakana, without grammar', () => {
    const { lang, words } = count('東京でコーヒーを飲みました。東京のコーヒーはとても美味しいです。');
    expect(lang).toBe('ja');
    expect(words.slice(0, 2).map(({ word }) => word)).toEqual(['コーヒー', '東京']);
    expect(words.map(({ word }) => word)).not.toEqual(expect.arrayContaining(['です', 'ました']));
  });

  it.each([
    ['ko', '서울 서울 커피', '서울'],
    ['ru', 'Казань и Казань, кофе', 'Казань'],
    ['ar', 'القاهرة في القاهرة قهوة', 'القاهرة'],
    ['he', 'ירושלים של ירושלים קפה', 'ירושלים'],
    ['el', 'Αθήνα και Αθήνα καφές', 'Αθήνα'],
    ['hi', 'दिल्ली और दिल्ली कॉफ़ी', 'दिल्ली'],
    ['th', 'กรุงเทพ กรุงเทพ กาแฟ', 'กรุงเทพ'],
  ])('%s – words by Unicode – the most frequent first', (lang, text, first) => {
    const result = count(text);
    expect(result.lang).toBe(lang);
    expect(result.words[0]).toEqual({ word: first, count: 2, pos: null });
  });

  it('traditional Chinese – cut like simplified – shown as written', () => {
    const { words } = count('臺灣的軟體工程師在臺北開發軟體。');
    expect(words.slice(0, 2)).toEqual([
      { word: '軟體', count: 2, pos: 'noun' },
      { word: '工程師', count: 1, pos: 'noun' },
    ]);
    expect(words).toContainEqual({ word: '臺灣', count: 1, pos: 'place' });
  });

  it('French and Italian articles – before an apostrophe of either kind – are no words', () => {
    expect(wordsOf("C'est l'eau. Qu’est-ce que c’est ? L’eau de la mer.")).toEqual(['eau', 'mer']);
    expect(countsOf("L'amico dell'autore è il cane. Il cane è nell'acqua.")).toEqual({
      cane: 2,
      acqua: 1,
      amico: 1,
      autore: 1,
    });
  });

  it('spellings of one word – ß and SS, vowel signs of Arabic, half-width kana – are merged', () => {
    expect(countsOf('Die Straße und die STRASSE ist nicht die Straße.')).toEqual({ Straße: 3 });
    expect(countsOf('الولد الوَلَدُ الولد')).toEqual({ الولد: 3 });
    expect(countsOf('テストとﾃｽﾄです。')).toEqual({ テスト: 2 });
  });

  it('Korean – particles of a word found with two of them – are taken off', () => {
    expect(countsOf('공원에서 산책을 했다. 공원에는 꽃이 있다.')).toMatchObject({ 공원: 2 });
  });

  it('lang – of the caller – decides where the text does not', () => {
    expect(count('Hund Katze', { lang: 'de' }).lang).toBe('de');
    expect(count('東京', { lang: 'ja' }).lang).toBe('ja');
    expect(count('東京').lang).toBe('zh');
    expect(count('Київ', { lang: 'uk' }).lang).toBe('uk');
  });

  it('emoji – in text style and in colour – are one', () => {
    expect(count('❤ ❤\ufe0f ☀').words).toEqual([
      { word: '❤\ufe0f', count: 2, pos: 'emoji' },
      { word: '☀\ufe0f', count: 1, pos: 'emoji' },
    ]);
  });

  it('emoji – families and flags too – are words', () => {
    expect(countsOf('👩‍👩‍👧 and 👍🏽 and 👍🏽 and 🇨🇳!')).toEqual({ '👍🏽': 2, '🇨🇳': 1, '👩‍👩‍👧': 1 });
  });

  it('nothing to count – no language', () => {
    for (const text of ['', ' \n', '!!! 123', '\u0301\u0302'])
      expect(count(text)).toEqual({ lang: 'und', tokens: 0, words: [] });
  });
});

describe('any text', () => {
  const texts = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 300 }),
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc
      .array(
        fc.constantFrom(
          'the ',
          'cat',
          "'s ",
          ' 茶馆',
          '的',
          ' Straße',
          '. ',
          '!',
          '-',
          '’',
          '👍',
          'です',
          'قهوة ',
          '\u0301',
          '\ud800',
        ),
        { maxLength: 80 },
      )
      .map((parts) => parts.join('')),
  );

  it('words – are words: not empty, no white space, in total order, counted at least once', () => {
    fc.assert(
      fc.property(texts, fc.constantFrom('nouns' as const, 'all' as const), (text, words) => {
        const result = count(text, { words, minLength: 1 });
        const all = result.words;
        for (const { word, count } of all) {
          expect(word).toMatch(/^\S+$/u);
          expect(count).toBeGreaterThan(0);
        }
        for (let i = 1; i < all.length; i++) {
          const [a, b] = [all[i - 1]!, all[i]!];
          expect(a.count > b.count || (a.count === b.count && compare(a.word, b.word) < 0)).toBe(true);
        }
        expect(result).toEqual(count(text, { words, minLength: 1 }));
      }),
    );
  });

  it('words – with everything on – are trimmed, and no more than there are', () => {
    fc.assert(
      fc.property(texts, fc.array(fc.string({ maxLength: 5 }), { maxLength: 4 }), (text, dictionary) => {
        const { words, tokens } = count(text, { words: 'all', minLength: 1, phrases: true, numbers: true, dictionary });
        for (const { word } of words) expect(word).toMatch(/^\S(?:.*\S)?$/su);
        expect(words.reduce((sum, { count }) => sum + count, 0)).toBeLessThanOrEqual(tokens);
      }),
    );
  });

  it('rare characters of two units – in runs longer than any batch – are not cut in two', () => {
    for (const text of [`天${'𠮷'.repeat(20_000)}`, `あ${'𠮷の'.repeat(20_000)}`]) {
      for (const lang of ['zh', 'ja'] as const) {
        const { words } = count(text, { lang, words: 'all', minLength: 1 });
        for (const { word } of words) expect(word.isWellFormed()).toBe(true);
      }
    }
  });

  it('twice the text – twice the counts', () => {
    const sentences = fc.array(fc.constantFrom('The cat sat on a mat.', '茶馆里有学生。', 'Der Hund ist alt.', '👍'), {
      minLength: 1,
      maxLength: 10,
    });
    fc.assert(
      fc.property(sentences, (parts) => {
        const once = count(`${parts.join('\n')}\n`);
        const twice = count(`${parts.join('\n')}\n${parts.join('\n')}\n`);
        expect(twice.tokens).toBe(2 * once.tokens);
        expect(twice.words.map(({ word, count }) => [word, count])).toEqual(
          once.words.map(({ word, count }) => [word, 2 * count]),
        );
      }),
    );
  });
});

function compare(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
