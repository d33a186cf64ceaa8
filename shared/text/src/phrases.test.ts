import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countWords } from './count-words.ts';
import { findPhrases, LEAST_PHRASE_COUNT, ROLES } from './phrases.ts';
import type { CountOptions } from './word-filter.ts';

const FILLER =
  'The weather was cold and the dog slept by the fire while people talked of ships. A man sold bread in the market and his wife made tea for the guests. ';
const countsOf = (text: string, options: Partial<CountOptions> = {}) =>
  Object.fromEntries(
    countWords(text, {
      lang: 'auto',
      words: 'nouns',
      minLength: 2,
      stopwords: [],
      phrases: true,
      ...options,
    }).words.map(({ word, count }) => [word, count]),
  );

describe('findPhrases', () => {
  const find = (words: string) => {
    const order = words.split(' ');
    const all = [...new Set(order)];
    const types = order.map((word) => (word === '.' ? -1 : all.indexOf(word)));
    return [
      ...findPhrases({
        types,
        roles: types.map((type) => (type < 0 ? ROLES.none : ROLES.head)),
        typeCount: all.length,
      }),
    ];
  };

  it('words that always come together – are one; those that only stand near – are not', () => {
    const noise = 'q w e r t y u i o p s d f g h j k l z x';
    expect(find(`${noise} . a b . ${noise} . a b . ${noise} . a b`).filter(Boolean)).not.toEqual([]);
    expect(find('a b a c b a c c b a b b c a c')).toEqual(Array(15).fill(0));
  });

  it('too few times – none', () => {
    expect(find(`${'q w e r t y u i o p . '.repeat(2)}a b . c d . a b`).every((length) => length === 0)).toBe(true);
  });

  it('any words – phrases do not overlap, nor reach over a gap or the end', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -1, max: 6 }), { maxLength: 200 }),
        fc.infiniteStream(fc.integer({ min: 0, max: 3 })),
        (types, stream) => {
          const roles = types.map(() => stream.next().value as number);
          const lengths = findPhrases({ types, roles, typeCount: 7 });
          const counts = new Map<string, number>();
          for (let at = 0; at < types.length; at++) {
            const length = lengths[at]!;
            if (length === 0) continue;
            const phrase = types.slice(at, at + length);
            expect(phrase).toHaveLength(length);
            expect(phrase).not.toContain(-1);
            expect(roles[at + length - 1]).toBe(ROLES.head);
            expect([...lengths.slice(at + 1, at + length)].every((inner) => inner === 0)).toBe(true);
            counts.set(phrase.join(), (counts.get(phrase.join()) ?? 0) + 1);
          }
          for (const count of counts.values()) expect(count).toBeGreaterThanOrEqual(LEAST_PHRASE_COUNT);
        },
      ),
    );
  });
});

describe('phrases', () => {
  it('names of two words – take the counts of their parts, which keep what is left', () => {
    const counts = countsOf(`${FILLER}New York is big. We love New York. I like New York. York is a town.`);
    expect(counts).toMatchObject({ 'New York': 3, York: 1 });
    expect(counts).not.toHaveProperty('New');
  });

  it('of three words – with `of` between – are one; stop words do not stand at an end', () => {
    const counts = countsOf(
      `${FILLER}The House of Commons met. The House of Commons voted. The House of Commons sat.`,
      { words: 'all' },
    );
    expect(counts).toMatchObject({ 'House of Commons': 3 });
    for (const word of Object.keys(counts)) expect(word).not.toMatch(/^(the|of|a|in) | (the|of|a|in)$/i);
  });

  it('an adjective and a noun, a noun and a form with -ing – where only nouns are wanted', () => {
    const text = `${FILLER}Machine learning is fun. He likes machine learning. I teach machine learning. A white rabbit ran. The white rabbit hid. That white rabbit!`;
    expect(countsOf(text)).toMatchObject({ 'machine learning': 3, 'white rabbit': 3 });
  });

  it('over punctuation, another script or a blank line – none', () => {
    for (const sign of [',', '. ', ' 中 ', '\n\n', ' 5 ', ' 😀 ']) {
      expect(
        Object.keys(countsOf(`${FILLER}${`Word${sign}cloud. `.repeat(4)}`)).filter((word) => word.includes(' ')),
      ).toEqual([]);
    }
  });

  it('Chinese – without a space', () => {
    const text =
      '天气好，大家吃饭，学生在图书馆读书。人工智能改变世界。人工智能很重要。我们研究人工智能的方法。茶馆里有很多客人。老师买了苹果。';
    const counts = countsOf(text);
    expect(counts).toMatchObject({ 人工智能: 3, 世界: 1 });
    expect(counts).not.toHaveProperty('智能');
  });

  it('a stop word of the caller – may be a phrase', () => {
    const counts = countsOf(`${FILLER}New York. New York. New York.`, { stopwords: ['new york'] });
    expect(Object.keys(counts).join()).not.toMatch(/york/i);
  });

  it('German – by a text alone', () => {
    const text =
      'Der Hund lag am Feuer und schlief, während die Leute von Schiffen sprachen. Das rote Kreuz half. Beim Roten Kreuz. ' +
      'Die Angela Merkel kam. Auch Angela Merkel sprach. Dann ging Angela Merkel nach Hause. Er nahm einen Apfel vom Baum und aß ihn.';
    expect(countsOf(text, { lang: 'de' })).toMatchObject({ 'Angela Merkel': 3 });
  });

  it('counts – of all words – add up to those without phrases', () => {
    const text = `${FILLER}New York has parks. I saw New York. New York, York.`;
    const parts = (counts: Record<string, number>) =>
      Object.entries(counts).reduce((sum, [word, count]) => sum + count * word.split(' ').length, 0);
    expect(parts(countsOf(text))).toBe(parts(countsOf(text, { phrases: false })));
  });
});
