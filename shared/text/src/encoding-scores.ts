/**
 * How much a text speaks for one of the East Asian encodings. Most bytes are valid in several of them, so each candidate is
 * decoded and judged by its letters: real text is full of the most frequent ones of its language, mojibake is not. That
 * works on a single sentence, where statistics of byte pairs fail.
 */

export const LEGACY = ['gb18030', 'big5', 'shift_jis', 'euc-jp', 'euc-kr'] as const;
export type LegacyEncoding = (typeof LEGACY)[number];

/** The most frequent characters of Chinese, in both scripts: about half of any text. */
const SIMPLIFIED =
  '的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日军者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间由问很最重并物手应战向头文体政美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世位次度门任常先海通教儿原东声提立及比员解水名真论处走义各入几口认条平系气题活尔更别打女变四神总何电数安少报才结反受目太量再感建务做接必场件计管期市直德资命山金指克许统区保至队形社便空决治展马科司五基眼书非则听白却界达光放强即像难且权思王象完设式色路记南品住告类求据程北边死张该交规万取拉格望觉术领共确传师观清今切院让识候带导争运';
const TRADITIONAL =
  '的一是不了在人有我他這個們中來上大為和國地到以說時要就出會可也你對生能而子那得於著下自之年過發後作裡用道行所然家種事成方多經麼去法學如都同現當沒動面起看定天分還進好小部其些主樣理心她本前開但因只從想實日軍者意無力它與長把機十民第公此已工使情明性知全三又關點正業外將兩高間由問很最重並物手應戰向頭文體政美相見被利什二等產或新己制身果加西斯月話合回特代內信表化老給世位次度門任常先海通教兒原東聲提立及比員解水名真論處走義各入幾口認條平系氣題活爾更別打女變四神總何電數安少報才結反受目太量再感建務做接必場件計管期市直德資命山金指克許統區保至隊形社便空決治展馬科司五基眼書非則聽白卻界達光放強即像難且權思王象完設式色路記南品住告類求據程北邊死張該交規萬取拉格望覺術領共確傳師觀清今切院讓識候帶導爭運';
/** Syllables that Korean sentences cannot do without. */
const KOREAN = '이다는에의가을를은고하지도로한그나서사어기아인대자해리라시수과일정들있게만';

const SETS: Record<LegacyEncoding, { frequent: Set<string>; own: RegExp }> = {
  gb18030: { frequent: new Set(SIMPLIFIED), own: /[\u4e00-\u9fff\u3000-\u303f\uff00-\uffef“”‘’…—·]/ },
  big5: { frequent: new Set(TRADITIONAL), own: /[\u4e00-\u9fff\u3000-\u303f\uff00-\uffef“”‘’…—·]/ },
  // Hiragana is to Japanese what the frequent characters are to Chinese.
  shift_jis: { frequent: new Set(range(0x3041, 0x3096)), own: /[\u3000-\u30ff\u4e00-\u9fff\uff00-\uff60ー]/ },
  'euc-jp': { frequent: new Set(range(0x3041, 0x3096)), own: /[\u3000-\u30ff\u4e00-\u9fff\uff00-\uff60ー]/ },
  'euc-kr': { frequent: new Set(KOREAN), own: /[\uac00-\ud7a3\u3000-\u303f“”‘’…·]/ },
};

function range(from: number, to: number): string[] {
  return Array.from({ length: to - from + 1 }, (_, index) => String.fromCodePoint(from + index));
}

/** @returns 0 (impossible) to about 1.5 (surely) */
export function legacyScore(sample: Uint8Array, encoding: LegacyEncoding): number {
  const text = new TextDecoder(encoding).decode(sample);
  const { frequent, own } = SETS[encoding];
  let all = 0;
  let ownCount = 0;
  let frequentCount = 0;
  let broken = 0;
  for (const sign of text) {
    if (sign <= '\x7f') continue;
    all++;
    if (sign === '\ufffd') broken++;
    else if (own.test(sign)) {
      ownCount++;
      if (frequent.has(sign)) frequentCount++;
    }
  }
  // One broken character at the end is where the sample was cut.
  if (all === 0 || broken > 1 + all * 0.01) return 0;
  // Accented letters of Latin text stand alone between ASCII; read as pairs they are few and swallow their neighbours.
  const isolated = isolatedShare(sample);
  return (ownCount / all) * 0.5 + Math.min(1, (frequentCount / all) * 2) - isolated;
}

/** Share of high bytes that stand alone between ASCII letters. */
function isolatedShare(bytes: Uint8Array): number {
  let high = 0;
  let alone = 0;
  for (let i = 0; i < bytes.length; i++) {
    if (bytes[i]! < 0x80) continue;
    high++;
    if ((bytes[i - 1] ?? 0x20) < 0x80 && (bytes[i + 1] ?? 0x20) < 0x80 && isLetter(bytes[i - 1] ?? bytes[i + 1] ?? 0))
      alone++;
  }
  return high === 0 ? 0 : alone / high;
}

const isLetter = (byte: number): boolean => (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a;
