/** Words for tests: several scripts, several lengths. */
export const WORDS = [
  'tea',
  'Alice',
  'cloud',
  'gossip',
  'service',
  'Wörter',
  '茶馆',
  '云计算',
  'ネコ',
  '서울',
  'مدينة',
  'ירושלים',
  'กรุงเทพ',
  'हिन्दी',
  'Ελλάδα',
  'Москва',
  'AI技术',
  'quartz-box',
  'é',
  '👍🏽',
  'I❤️NY',
  'كتاب123',
];

/** So many different words, the weights from `count` down to 1. */
export const words = (count: number) =>
  Array.from({ length: count }, (_, i) => ({ word: `${WORDS[i % 6]}${i}`, weight: count - i }));
