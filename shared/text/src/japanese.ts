/**
 * Japanese nouns among the words of `Intl.Segmenter`, which knows no parts of speech. A noun ends with kanji or katakana, while
 * verbs and adjectives end with hiragana (云う, 長い); nouns made of verbs (祭り) are too few to matter, but for the usual ones.
 */
import { LONGEST_WORD } from './tokens.ts';

const SHAPE = /^(?:[おご]|(?=[\p{Script=Han}\p{Script=Katakana}])).*[\p{Script=Han}\p{Script=Katakana}ー々]$/u;
const LONE_KANJI = /^[\p{Script=Han}]$/u;

/** The usual ones, which are nouns more often than stems of verbs. */
const WITH_KANA: ReadonlySet<string> = new Set(
  `子ども 友だち 匂い 臭い 祭り 明かり 灯り 思い出 願い 違い 間違い 疑い 香り 祈り 怒り 光り 残り 終わり 始まり 集まり 曇り 眺め 流れ 別れ 疲れ 憧れ 恐れ 汚れ
  知らせ 幸せ 答え 考え 教え 支え 働き 動き 響き 輝き 驚き 続き 嘆き 手続き 楽しみ 悲しみ 苦しみ 痛み 悩み 休み 夏休み 望み 試み 歩み 恵み 好み 強み 弱み 深み 高み
  遊び 喜び 学び 叫び 扱い 戦い 誓い 救い 償い 占い 祝い 味わい 勢い 幸い 争い 出会い 支払い 手伝い 見舞い 振る舞い 互い 高さ 長さ 広さ 深さ 重さ 大きさ 強さ 速さ
  美しさ 寒さ 暑さ 明るさ 暗さ 若さ 優しさ 便り 辺り 誇り 周り 手がかり 暮らし 見通し 引き出し 締め切り 売り上げ`.split(
    /\s+/,
  ),
);

/** Nouns of grammar, counters and what words are made with; stopwords-iso has hardly any. */
export const JAPANESE_STOP_WORDS: readonly string[] =
  `事 物 者 時 所 為 様 方 等 何 誰 私 僕 俺 君 彼 我 今 前 後 上 下 中 内 外 間 側 次 逆 共 度 位 程 頃 毎 各 約 第 全 皆 又 或 其 此 是 年 月 日 分 秒 円
  回 個 枚 号 訳 筈 儘 件 際 点 例 元 先 他 別 同 無 有 多 少 大 小 新 高 低 見 出 来 居 得 経 似 的 化 性 等々 氏 達 総 真 真っ 一 二 三 四 五 六 七 八 九 十 百 千 万 億 数 半
  之 己 唯 暫 殆 尤 俄 云 彼女 彼等 我々 自分 貴方 其処 此処 何処 何時 何故 何か 誰か 何人 一つ 二つ 三つ 幾つ 一人 二人 一番 一層 一体 一度 一方 一通り 一種 丁度 勿論 全然 大変 突然 随分
  結局 時々 今まで 今度 少し 必ず 最も 更に 特に 既に 場合 以上 以下 以外 以前 以後 以来 同様 同時 程度
  って した して んで てい ていた ている ておら ばかり にし そうして そこで それから すると だから しかし けれども けれど けど のに ので こう そう ああ どう さえ とか ずつ つい まっ まま えて もう
  まだ まず また ただ もっと ほとんど さっき しよう いい いく いっ いた いる ある あっ あり なる なっ なり なら なかっ なけれ くる きた くれ くだ ください しまう しまっ だろう でしょう だっ です ます
  ました ません ところ とき ころ あと そば なか ほう ほうが うち ため はず わけ もの とても たくさん ちょっと やはり やっぱり すぐ よう みたい らしい られ れる せる させ かけ たり たら ながら しか だけ ー ーー`.split(
    /\s+/,
  );

/** Particles and the like: after the stem of a verb or an adjective stands its ending instead (飲|んで, 見|た). */
const AFTER_NOUN =
  /^(?:[はがをにでのとへや]|も|から|まで|より|だけ|など|だ|しか|さえ|ばかり|ほど|くらい|ぐらい|こそ|たち|さん|なら|らしい)/;

export const isJapaneseNoun = (word: string): boolean => SHAPE.test(word) || WITH_KANA.has(word);

const ENDS_NOUN = /[\p{Script=Han}\p{Script=Katakana}ー々]$/u;

export type KanjiKind = 'whole' | 'part' | undefined;

const KATAKANA = /^[\p{Script=Katakana}ー]+$/u;
/** In characters: a piece as short as that is no word, and so its neighbours are pieces, too. */
const SHORT_PIECE = 2;

/**
 * Tells a kanji that is a word (猫, 水, 本) from the stem of a verb (飲|んで) and from a piece of a longer word (経済|的), by what
 * stands on both sides; and puts words of katakana together that the dictionary lacks (リ|ポジ|トリ).
 *
 * @param onWord with the kind of what is one kanji only
 */
export function createNounReader(onWord: (word: string, kanji: KanjiKind) => void) {
  let kanji: string | undefined;
  let katakana: string[] = [];
  let length = 0;
  /** The word before ends as nouns do: a kanji after it belongs to it. */
  let joins = false;
  /** @param next undefined where nothing follows */
  const release = (next?: string) => {
    if (kanji !== undefined) {
      onWord(kanji, !joins && (next === undefined || AFTER_NOUN.test(next)) ? 'whole' : 'part');
      joins = true;
      kanji = undefined;
    }
    if (katakana.length === 0 || (next !== undefined && KATAKANA.test(next) && length < LONGEST_WORD)) return;
    const isOne = length <= LONGEST_WORD && katakana.some((piece) => piece.length <= SHORT_PIECE);
    for (const word of isOne ? [katakana.join('')] : katakana) onWord(word, undefined);
    [katakana, length] = [[], 0];
  };
  return {
    /** Where the words before and after do not touch. */
    gap() {
      release();
      joins = false;
    },
    read(word: string) {
      release(word);
      if (KATAKANA.test(word)) {
        katakana.push(word);
        length += word.length;
        joins = true;
      } else if (LONE_KANJI.test(word)) kanji = word;
      else {
        onWord(word, undefined);
        joins = ENDS_NOUN.test(word);
      }
    },
  };
}
