/** Chinese function words that the list of stopwords-iso lacks; they matter where all words are wanted, not only nouns. */

const WORDS = `
没有 不能 不会 不要 不再 不同 不得不 便是 就会 也是 都是 还有 只能 起来 下来 下去 出来 出去 过来 过去 回来 回去 上来 上去 进来 进去
知道 觉得 认为 看到 看见 听到 听见 说道 说是 想到 得到 进行 成为 变成 具有 需要 应该 必须 可能 能够 表示 使用 包括 开始 没
现在 后来 已经 曾经 正在 将要 立刻 忽然 突然 终于 仍然 依然 一直 总是 从来 往往 常常 经常 渐渐 于今 当时 之前 之后 以前 以后 目前 先前
非常 十分 特别 尤其 比较 更加 越来越 几乎 大约 大概 似乎 好像 实在 其实 当然 确实 本来 原来 究竟 到底 毕竟 果然
一下 一点 一定 一起 一般 一样 一次 一面 一边 有点 有人 几个 两个 三个 这种 那种 这是 那是 什么 怎么 为何 很多 许多 不少 不见 有着
主要 同样 相当 完全 全都 各种 一种 一个个 不过 只好 只得 只见 便要 这才 这么着 那么着 东西 时候 地方 样子
`;

export const CHINESE_STOP_WORDS: readonly string[] = WORDS.split(/\s+/).filter(Boolean);
