/** English plurals: which word may a plural be of? Whether it is, the text must say, by having both. */

const IRREGULAR = new Map(
  `men man, women woman, children child, people person, feet foot, teeth tooth, geese goose, mice mouse, lice louse, oxen ox,
  dice die, pence penny, brethren brother, criteria criterion, phenomena phenomenon, data datum, media medium, bacteria bacterium,
  curricula curriculum, memoranda memorandum, strata stratum, fungi fungus, nuclei nucleus, stimuli stimulus, alumni alumnus,
  cacti cactus, radii radius, foci focus, indices index, matrices matrix, vertices vertex, appendices appendix, quizzes quiz`
    .split(',')
    .map((pair) => pair.trim().split(' ') as [string, string]),
);

/** Words of their own: glasses are worn, and the news is not new. */
const NO_PLURALS: ReadonlySet<string> = new Set(
  `news goods arms customs glasses means species series works looks manners minutes spectacles thanks lens politics physics ethics
  mathematics economics statistics athletics gymnastics headquarters spirits pains damages grounds irons drawers people data media
  dice pence`.split(/\s+/),
);

/** The first that fits: how many letters go, and what comes instead. */
const ENDINGS: [form: RegExp, letters: number, instead: string[]][] = [
  [/[^aeiou]ies$/, 3, ['y', 'ie']],
  [/(?:[aeor]l|r|ea|oa|ni|li|wi|ie)ves$/, 3, ['f', 'fe', 've']],
  [/(?:[sxz]|ch|sh)es$/, 2, ['', 'e', 'is']],
  [/[^s]oes$/, 2, ['', 'e']],
  [/..men$/, 3, ['man']],
  [/(?:[^siuy]|[aeo][iuy])s$/, 1, ['']],
];

/** Most words are none; this tells most of them. */
const ENDS: ReadonlySet<string> = new Set([...IRREGULAR.keys()].map((plural) => plural.at(-1)!).concat('s'));

/**
 * @param word in small letters; of several words the last counts
 * @returns the singulars that it may have, the likeliest first
 */
export function singularsOf(word: string): string[] {
  if (!ENDS.has(word.at(-1)!)) return [];
  const start = Math.max(word.lastIndexOf(' '), word.lastIndexOf('-')) + 1;
  const last = word.slice(start);
  if (last.length < 3 || !/^[a-z]+$/.test(last) || NO_PLURALS.has(last)) return [];
  const irregular = IRREGULAR.get(last);
  if (irregular !== undefined) return [word.slice(0, start) + irregular];
  if (!last.endsWith('s') && !last.endsWith('men')) return [];
  const [, letters, instead] = ENDINGS.find(([form]) => form.test(last)) ?? [];
  return instead?.map((ending) => word.slice(0, -letters!) + ending) ?? [];
}
