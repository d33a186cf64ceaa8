/**
 * Which metrics and labels a PromQL expression asks for. Reads expressions as Prometheus's own documentation defines them, as far as finding
 * names needs: https://prometheus.io/docs/prometheus/latest/querying/basics/
 */

export interface Asked {
  /** Metrics, each with the labels that its matchers name. */
  selectors: { metric: string; labels: string[] }[];
  /** Labels that something is grouped or joined by. */
  grouping: string[];
  /** Labels that `label_replace` and `label_join` make. */
  made: string[];
}

const AGGREGATIONS = new Set(
  'sum min max avg group stddev stdvar count count_values bottomk topk quantile limitk limit_ratio'.split(' '),
);
const GROUPINGS = new Set(['by', 'without', 'on', 'ignoring', 'group_left', 'group_right']);
const WORDS = new Set(['and', 'or', 'unless', 'bool', 'offset', 'atan2', 'inf', 'nan', 'start', 'end']);
const MAKERS = new Set(['label_replace', 'label_join']);

type Kind = 'name' | 'text' | 'sign';
interface Token {
  kind: Kind;
  value: string;
}

/** @throws SyntaxError where the expression is none that it understands */
export function readPromql(expression: string): Asked {
  const tokens = tokenize(expression);
  const asked: Asked = { selectors: [], grouping: [], made: [] };
  let at = 0;
  let awaitsLabel = false;
  const isSign = (value: string) => tokens[at]?.kind === 'sign' && tokens[at]?.value === value;
  const take = (kind: Kind, value?: string): string => {
    const token = tokens[at++];
    if (token?.kind === kind && (value === undefined || token.value === value)) return token.value;
    throw new SyntaxError(`${expression}: expected ${value ?? kind}, got ${token?.value ?? 'the end'}`);
  };
  const list = (close: string, item: () => void) => {
    at++;
    while (!isSign(close)) {
      item();
      if (!isSign(close)) take('sign', ',');
    }
    at++;
  };
  const matchers = () => {
    const labels: string[] = [];
    list('}', () => {
      labels.push(take('name'));
      take('sign');
      take('text');
    });
    return labels;
  };

  while (at < tokens.length) {
    const { kind, value } = tokens[at++]!;
    if (kind === 'text' && awaitsLabel) {
      asked.made.push(value);
      awaitsLabel = false;
    }
    if (kind === 'sign' && value === '{')
      throw new SyntaxError(`${expression}: a selector without the name of a metric`);
    if (kind !== 'name') continue;
    const word = value.toLowerCase();
    if (GROUPINGS.has(word)) {
      if (isSign('(')) list(')', () => asked.grouping.push(take('name')));
    } else if (isSign('(')) awaitsLabel ||= MAKERS.has(word);
    else if (!AGGREGATIONS.has(word) && !WORDS.has(word)) {
      asked.selectors.push({ metric: value, labels: isSign('{') ? matchers() : [] });
    }
  }
  return asked;
}

/** In this order: what begins like something else comes first. Ranges, numbers and durations name nothing. */
const PATTERNS: [RegExp, Kind | undefined][] = [
  [/\s+|#[^\n]*/y, undefined],
  [/"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`[^`]*`/y, 'text'],
  [/\[[^\]]*\]/y, undefined],
  [/[a-z_:][\w:]*/iy, 'name'],
  [/\d[\w.]*|\.\d+/y, undefined],
  [/==|!=|=~|!~|<=|>=|[-+*/%^<>=(){},@]/y, 'sign'],
];

function tokenize(expression: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < expression.length) {
    const found = PATTERNS.map(([pattern, kind]) => {
      pattern.lastIndex = at;
      return { kind, value: pattern.exec(expression)?.[0] };
    }).find(({ value }) => value !== undefined);
    if (found?.value === undefined)
      throw new SyntaxError(`${expression}: ${expression.slice(at, at + 10)} is not understood`);
    const { kind, value } = found;
    if (kind) tokens.push({ kind, value: kind === 'text' ? value.slice(1, -1) : value });
    at += value.length;
  }
  return tokens;
}
