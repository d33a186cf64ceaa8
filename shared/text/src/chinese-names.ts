/**
 * Chinese names and other words that jieba's dictionary lacks. Its hidden Markov model finds them, next to pieces of sentences:
 * a text's own counts, the characters and what names look like tell them apart.
 */
import type { LateWord } from './word-sequence.ts';

/** Characters of which grammar is made: a found word that has one is a piece of a sentence, not a name. */
const FUNCTION_CHARACTERS =
  '这那的了是我你他她它们就还也又要在把被看听见说得着过一不没有和与或但而且于之其所以为什么怎样呢吗吧啊呀个些每只都很太更最已经会能可将从对向到来去上下里外前后时么起想知叫给让道便却再才两几多少大小';
const HAS_FUNCTION = new RegExp(`[${FUNCTION_CHARACTERS}]`);
const EDGES = new RegExp(`^[${FUNCTION_CHARACTERS}]+|[${FUNCTION_CHARACTERS}]+$`, 'g');
/** The strictest of them: no given name has one. */
const NEVER_IN_NAMES =
  /[这那的了是我你他她它们就还也又要在把被看听见说得着过不没有和与或但而且于之其所以为什么怎样呢吗吧啊呀个些每只都很太更最已经会能可将从对向到去么起给让便却再两几伊右]/;
const HAN = /^\p{Script=Han}{2,4}$/u;

const SURNAMES =
  '王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂焦向柳邢路岳齐梅莫庄辛管祝涂谷祁时舒耿牟卜詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边闻';
const COMPOUND_SURNAME = /^(?:欧阳|司马|诸葛|上官|夏侯|东方|皇甫|尉迟|公孙|慕容|令狐|司徒|端木|南宫|独孤|西门)/;
const SURNAME = new Set(SURNAMES);
/** Familiar: 阿明, 老栓, 小红. */
const FAMILIAR = /^[阿老小]/;
const PLACE_END = /[庄镇村县市州省岛峡湾港寺庙桥屯堡]$/;
const ORGANISATION_END = /(?:公司|大学|学院|银行|集团|医院|学校|协会|报社|书局|党|局|社)$/;
/** Between the parts of a foreign name: 约翰·史密斯. */
export const NAME_DOT = '·';
/** Foreign names are written with these, nearly all. */
const FOREIGN_CHARACTERS = new Set(
  '阿埃艾安奥巴贝比波布查茨达戴德蒂丁顿多恩尔法菲费弗佛夫福盖戈格古哈海赫亨霍华基吉加杰京卡凯坎柯科克肯库奎拉莱兰朗劳勒雷里利林琳隆卢鲁伦罗洛列马玛迈曼麦梅蒙米密姆木穆纳娜奈南内尼涅宁纽努诺欧帕佩皮普奇恰乔切琼丘让热瑞若萨塞桑沙莎山舍圣盛施史士斯丝松苏索塔泰坦唐汤特提图托吞瓦万威薇韦维温沃乌西希夏香肖谢辛休雅亚扬耶伊因英尤约扎詹珍治朱兹佐',
);
const LEAST_FOREIGN = 0.75;

/** Names of books have the dot, too: 孟子·离娄. */
export function isForeignName(characters: string): boolean {
  let foreign = 0;
  for (const character of characters) if (FOREIGN_CHARACTERS.has(character) || character === NAME_DOT) foreign++;
  return foreign >= characters.length * LEAST_FOREIGN;
}

/** Does it begin with a family name? */
export const isSurnamed = (word: string): boolean => SURNAME.has(word[0]!) || COMPOUND_SURNAME.test(word);

/** Elsewhere a word must be found so often. */
const LEAST_COUNT = 3;

/** @returns what kind of word it likely is, undefined for a piece of a sentence */
function nameKind(word: string, count: number): string | undefined {
  if (word.length < 2 || word.length > 6) return undefined;
  if (word.length > 2 && [...word].every((character) => FOREIGN_CHARACTERS.has(character))) return 'name';
  const isName = isPersonal(word);
  // Found once: only a whole name says enough.
  if (count === 1 && (!isName || word.length === 2)) return undefined;
  if (!HAN.test(word)) return undefined;
  if (isName && word.length > 2 && count > 1 && !NEVER_IN_NAMES.test(word)) return 'name';
  const isFamiliar = FAMILIAR.test(word);
  // Who does it is written with a third character where the dictionary lacks it; 战者 and 形者 are topics of a sentence.
  if (word.length === 2 && word.endsWith('者')) return undefined;
  if (HAS_FUNCTION.test(isFamiliar ? word.slice(1) : word)) return undefined;
  if (isName && word.length > 2) return 'name';
  if (PLACE_END.test(word)) return 'place';
  if (word.length > 2 && ORGANISATION_END.test(word)) return 'organisation';
  if (count < LEAST_COUNT) return undefined;
  return isFamiliar || isName ? 'name' : 'noun';
}

/** A family name and a given one; 庄人 and 何家 are no persons. */
function isPersonal(word: string): boolean {
  if (COMPOUND_SURNAME.test(word)) return word.length > 2;
  return SURNAME.has(word[0]!) && word.length < 4 && !/[人家者字]$/.test(word);
}

/**
 * @param found words that the model found, in simplified characters, with their counts
 * @returns the names among them, and what is such a name with something around it (闰土来, 王胡惊)
 */
export function findNames(found: ReadonlyMap<string, number>): Map<string, LateWord> {
  const names = new Map<string, LateWord>();
  for (const [word, count] of found) {
    const pos = nameKind(word, count);
    if (pos !== undefined) names.set(word, { word, pos });
  }
  const sure = new Set([...names.keys()].filter((word) => found.get(word)! >= LEAST_COUNT));
  if (sure.size === 0) return names;
  for (const [word, count] of found) {
    if (sure.has(word) || word.length < 3 || word.length > 5) continue;
    const core = word.replace(EDGES, '');
    const start = word.slice(0, -1);
    const name = sure.has(core) ? core : sure.has(start) && found.get(start)! > count ? start : undefined;
    if (name !== undefined) names.set(word, names.get(name)!);
  }
  return names;
}
