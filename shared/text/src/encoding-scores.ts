/**
 * How much a text speaks for one of the East Asian encodings, of those of other scripts, or for UTF-16. Most bytes are valid in several of them, so each candidate is
 * decoded and judged by its letters: real text is full of the most frequent ones of its language, mojibake is not. That
 * works on a single sentence, where statistics of byte pairs fail.
 */

export const LEGACY = [
  'gb18030',
  'big5',
  'shift_jis',
  'euc-jp',
  'euc-kr',
  'windows-1251',
  'koi8-r',
  'windows-1253',
  'windows-1255',
  'windows-1256',
] as const;
export type LegacyEncoding = (typeof LEGACY)[number];

/** The most frequent characters of Chinese, in both scripts: about half of any text. */
const SIMPLIFIED =
  '的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日军者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间由问很最重并物手应战向头文体政美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世位次度门任常先海通教儿原东声提立及比员解水名真论处走义各入几口认条平系气题活尔更别打女变四神总何电数安少报才结反受目太量再感建务做接必场件计管期市直德资命山金指克许统区保至队形社便空决治展马科司五基眼书非则听白却界达光放强即像难且权思王象完设式色路记南品住告类求据程北边死张该交规万取拉格望觉术领共确传师观清今切院让识候带导争运';
const TRADITIONAL =
  '的一是不了在人有我他這個們中來上大為和國地到以說時要就出會可也你對生能而子那得於著下自之年過發後作裡用道行所然家種事成方多經麼去法學如都同現當沒動面起看定天分還進好小部其些主樣理心她本前開但因只從想實日軍者意無力它與長把機十民第公此已工使情明性知全三又關點正業外將兩高間由問很最重並物手應戰向頭文體政美相見被利什二等產或新己制身果加西斯月話合回特代內信表化老給世位次度門任常先海通教兒原東聲提立及比員解水名真論處走義各入幾口認條平系氣題活爾更別打女變四神總何電數安少報才結反受目太量再感建務做接必場件計管期市直德資命山金指克許統區保至隊形社便空決治展馬科司五基眼書非則聽白卻界達光放強即像難且權思王象完設式色路記南品住告類求據程北邊死張該交規萬取拉格望覺術領共確傳師觀清今切院讓識候帶導爭運';
/** Syllables that Korean sentences cannot do without. */
const KOREAN = '이다는에의가을를은고하지도로한그나서사어기아인대자해리라시수과일정들있게만';

/** Kanji that short Japanese texts, as titles, are made of; sentences have hiragana. */
const KANJI =
  '日一国人年大十本中長出三時行見月分後前生五間上東四今金九入学高円子外八六下来気小七山話女北午百書先名川千水半男西電校語土木聞食車何南万毎白天母火右読友左休父雨会同事自社発者地業方新場員立開手力問代明動京目通言理体田主題意不作用度強公持野以思家世多正安院心界教文元重近考画海売知道集別物使品計死特私始朝運終台広住真有口少町料工建空急止送切転研足究楽起着店病質待試族銀早映親験英医仕去味写字答夜音注帰古歌買悪図週室歩風紙黒花春赤青館屋色走秋夏習駅洋旅服夕借曜飲肉貸堂鳥飯勉冬昼茶弟牛魚兄犬妹姉漢経済産省県市';
/** Half of all letters of their languages, or more. */
const CYRILLIC = 'оеаинтсрвл';
const GREEK = 'αοιετσνηυρπκά';
const HEBREW = 'יוהלאתרבמשםע';
const ARABIC = 'اليمونترب';
const PUNCTUATION = '，。、：；？！“”‘’《》「」（）…—·　';

const JAPANESE = new Set([...KANJI, ...range(0x3041, 0x3096), ...range(0x30a1, 0x30fc)]);

const SETS: Record<LegacyEncoding, { frequent: Set<string>; own: RegExp }> = {
  gb18030: { frequent: new Set(SIMPLIFIED + PUNCTUATION), own: /[\u4e00-\u9fff\u3000-\u303f\uff00-\uffef“”‘’…—·]/ },
  big5: { frequent: new Set(TRADITIONAL + PUNCTUATION), own: /[\u4e00-\u9fff\u3000-\u303f\uff00-\uffef“”‘’…—·]/ },
  shift_jis: { frequent: JAPANESE, own: /[\u3000-\u30ff\u4e00-\u9fff\uff00-\uff60ー]/ },
  'euc-jp': { frequent: JAPANESE, own: /[\u3000-\u30ff\u4e00-\u9fff\uff00-\uff60ー]/ },
  'euc-kr': { frequent: new Set(KOREAN), own: /[\uac00-\ud7a3\u3000-\u303f“”‘’…·]/ },
  'windows-1251': { frequent: new Set(CYRILLIC), own: /[а-яё«»—“”№]/i },
  'koi8-r': { frequent: new Set(CYRILLIC), own: /[а-яё]/i },
  'windows-1253': { frequent: new Set(GREEK), own: /[\u0386-\u03ce«»—“”]/ },
  'windows-1255': { frequent: new Set(HEBREW), own: /[\u05d0-\u05ea—“”]/ },
  'windows-1256': { frequent: new Set(ARABIC), own: /[\u060c-\u06d2—“”]/ },
};

/** Encodings of one byte a letter: every byte is one, so that accents in a Latin text must speak against them louder. */
const SINGLE_BYTE: ReadonlySet<LegacyEncoding> = new Set(LEGACY.slice(5));

/**
 * Characters that the encoding's makers put first, since they are the usual ones: a share of what a frequent one says.
 * The first levels of GB 2312 and Big5, and all of KS X 1001's Hangul; by the first byte, as the decoder no longer shows.
 */
const USUAL: Partial<Record<LegacyEncoding, [from: number, to: number, trail: number, weight: number]>> = {
  gb18030: [0xb0, 0xd7, 0xa1, 0.35],
  big5: [0xa4, 0xc6, 0x40, 0.35],
  'euc-kr': [0xb0, 0xc8, 0xa1, 0.45],
};

function range(from: number, to: number): string[] {
  return Array.from({ length: to - from + 1 }, (_, index) => String.fromCodePoint(from + index));
}

const SURELY_FREQUENT: ReadonlySet<string> = new Set(SIMPLIFIED + TRADITIONAL + KOREAN + PUNCTUATION);
const PLAIN_WIDE =
  /[\t\n\r\x20-\x7e\u00c0-\u00ff\u3041-\u30fcа-яёα-ώ\u0621-\u064a\u05d0-\u05ea\u0e01-\u0e4e\u0904-\u094d]/;

/** @returns how much of a text that was read as UTF-16 is made of frequent characters of some script: 0 to 1 */
export function wideScore(text: string): number {
  let score = 0;
  for (let i = 0; i < text.length; i++) {
    const sign = text[i]!;
    if (PLAIN_WIDE.test(sign) || SURELY_FREQUENT.has(sign)) score += 1;
    // Too many characters for a list; but bytes of GBK look like Hangul, too.
    else if (sign >= '\uac00' && sign <= '\ud7a3') score += 0.4;
    else if (sign >= '\u4e00' && sign <= '\u9fff') score += 0.15;
  }
  return text.length === 0 ? 0 : score / text.length;
}

/** So that a text of nothing but frequent characters is not more than certain. */
const MOST = 1.6;

/** @returns 0 (impossible) to about 2 (surely) */
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
  // In a long one, a broken character may be where the sample was cut.
  if (all === 0 || broken > all * 0.01 + (sample.length > 4096 ? 1 : 0)) return 0;
  // Accented letters of Latin text stand alone between ASCII; read as pairs they are few and swallow their neighbours.
  const isSingleByte = SINGLE_BYTE.has(encoding);
  if (isSingleByte && all < 3) return 0;
  const isolated = isSingleByte ? 2 * isolatedShare(sample, Number.POSITIVE_INFINITY) : isolatedShare(sample, 3);
  const usual = usualShare(sample, encoding) * Math.max(0, 1 - frequentCount / all);
  return (ownCount / all) * 0.5 + Math.min(MOST, (frequentCount / all + usual) * 2) - isolated;
}

/** Share of pairs of bytes that begin as the usual characters do, weighted. */
function usualShare(bytes: Uint8Array, encoding: LegacyEncoding): number {
  const usual = USUAL[encoding];
  if (usual === undefined) return 0;
  const [from, to, trail, weight] = usual;
  let pairs = 0;
  let hits = 0;
  for (let i = 0; i < bytes.length; i++) {
    if (bytes[i]! < 0x81) continue;
    pairs++;
    if (bytes[i]! >= from && bytes[i]! <= to && bytes[i + 1]! >= trail) hits++;
    i++;
  }
  return pairs === 0 ? 0 : (hits / pairs) * weight;
}

/** Share of high bytes that stand beside ASCII letters, in runs up to a length. */
function isolatedShare(bytes: Uint8Array, longest: number): number {
  let high = 0;
  let isolated = 0;
  for (let start = 0, end = 0; start < bytes.length; start = end + 1) {
    while (start < bytes.length && bytes[start]! < 0x80) start++;
    end = start;
    while (end < bytes.length && bytes[end]! >= 0x80) end++;
    high += end - start;
    const isBesideLetter = isLetter(bytes[start - 1] ?? 0) || isLetter(bytes[end] ?? 0);
    if (end - start > longest || !isBesideLetter) continue;
    if (longest > 3 || bytes.subarray(start, end).every(isWesternSign)) isolated += end - start;
  }
  return high === 0 ? 0 : isolated / high;
}

/** An accented letter, a dash or a quotation mark of windows-1252. */
const isWesternSign = (byte: number): boolean => byte >= 0xc0 || byte === 0x85 || (byte >= 0x91 && byte <= 0x97);

const isLetter = (byte: number): boolean => (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a;
