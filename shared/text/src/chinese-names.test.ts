import { describe, expect, it } from 'vitest';
import { findNames, isForeignName } from './chinese-names.ts';
import { countWords } from './count-words.ts';

const found = (counts: Record<string, number>) =>
  Object.fromEntries(
    [...findNames(new Map(Object.entries(counts)))].map(([word, { word: name, pos }]) => [word, `${name} ${pos}`]),
  );

describe('findNames', () => {
  it('persons – by family name, or familiar ones', () => {
    expect(found({ 陈士成: 1, 欧阳小梅: 2, 阿桂: 3, 小栓: 3, 吴妈: 4 })).toEqual({
      陈士成: '陈士成 name',
      欧阳小梅: '欧阳小梅 name',
      阿桂: '阿桂 name',
      小栓: '小栓 name',
      吴妈: '吴妈 name',
    });
  });

  it('places and organisations – by their last character', () => {
    expect(found({ 鲁镇: 2, 柿油党: 5 })).toEqual({ 鲁镇: '鲁镇 place', 柿油党: '柿油党 organisation' });
  });

  it('pieces of sentences – are none, however often', () => {
    expect(found({ 这是: 27, 听得: 7, 看时: 6, 张着: 5, 何家: 2, 豆麦: 2 })).toEqual({});
  });

  it('a name with grammar around it – counts for the name', () => {
    expect(found({ 闰土: 16, 闰土来: 3, 王胡: 9, 王胡惊: 1 })).toMatchObject({
      闰土来: '闰土 noun',
      王胡惊: '王胡 name',
    });
  });
});

describe('foreign names', () => {
  it.each([
    ['乔治·华盛顿', true],
    ['柯南·道尔', true],
    ['孟子·离娄', false],
    ['论语·子罕', false],
  ])('%s – %s', (name, isName) => {
    expect(isForeignName(name)).toBe(isName);
  });

  it('with a dot – are one word; books and chapters are two', () => {
    const words = countWords('约翰·史密斯读了《孟子·离娄》。約翰·史密斯走了。', {
      lang: 'zh',
      words: 'nouns',
      minLength: 2,
      stopwords: [],
    }).words.map(({ word }) => word);
    expect(words).toEqual(expect.arrayContaining(['约翰·史密斯', '約翰·史密斯', '孟子']));
  });
});

describe('names in a text', () => {
  it('traditional – as they are written, with what stands around them', () => {
    const text = '閏土來了。我看見閏土。閏土笑。閏土，你好。母親說閏土。';
    const { words } = countWords(text, { lang: 'auto', words: 'nouns', minLength: 2, stopwords: [] });
    expect(words.find(({ word }) => word === '閏土')?.count).toBeGreaterThanOrEqual(4);
  });
});
