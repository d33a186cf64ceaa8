import { describe, expect, it } from 'vitest';
import { readPromql } from './promql.ts';

const metricsOf = (expression: string) => readPromql(expression).selectors.map(({ metric }) => metric);

describe('readPromql', () => {
  it.each([
    ['up', ['up']],
    ['up{job="a"} == 0 or absent(down)', ['up', 'down']],
    ['sum by (service) (rate(a_total[5m])) / sum(b) without (x)', ['a_total', 'b']],
    ['sum(a_bucket{le="+Inf"} offset 5m) and on (x) group_left b > 1e-9', ['a_bucket', 'b']],
    ['histogram_quantile(0.99, sum by (le) (rate(a_bucket[$__rate_interval])))', ['a_bucket']],
    ['level:metric:rate5m{x=~"a|{b}[c]"} * 2h', ['level:metric:rate5m']],
    ['max_over_time((a - b)[5m:10s] @ end()) # c', ['a', 'b']],
    ['topk(3, a) unless ignoring (x) count_values("y", b)', ['a', 'b']],
  ])('metrics of %s', (expression, metrics) => {
    expect(metricsOf(expression)).toEqual(metrics);
  });

  it('labels – those of matchers belong to their metric, those of groupings to all', () => {
    const expression = 'sum by (a, b) (x{c="1", d!~"2"}) * on (e) group_left (f) y{}';
    expect(readPromql(expression)).toEqual({
      selectors: [
        { metric: 'x', labels: ['c', 'd'] },
        { metric: 'y', labels: [] },
      ],
      grouping: ['a', 'b', 'e', 'f'],
      made: [],
    });
  });

  it('labels that are made – are told apart', () => {
    const { made, selectors } = readPromql('label_replace(rate(x{a="b"}[1m]), "new", "$1", "old", "(.+)")');
    expect({ made, selectors }).toEqual({ made: ['new'], selectors: [{ metric: 'x', labels: ['a'] }] });
  });

  it.each(['{job="a"}', 'up{job}', 'up{job=a}', 'sum by (a b) (x)', 'a ? b', 'x{a="b"'])(
    '%s – SyntaxError',
    (expression) => {
      expect(() => readPromql(expression)).toThrow(SyntaxError);
    },
  );
});
