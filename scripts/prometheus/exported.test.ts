import { expect, it } from 'vitest';
import { findUnknown, readExported } from './exported.ts';

const PAGE = `# HELP a_total Something
# TYPE a_total counter
a_total{path="/x{\\"y\\"}",status="200"} 1
b_bucket{le="+Inf"} 3
plain 4
`;

const unknownIn = (expr: string, shown: string[] = []) =>
  findUnknown([{ where: 'here', expr, shown }], readExported([PAGE]));

it.each([
  'a_total{path="x"} / on (service) plain',
  'sum by (status, instance_id) (a_total)',
  'b_bucket{le="1"} and up{job="x"}',
])('all is exported: %s – nothing to say', (expr) => {
  expect(unknownIn(expr)).toEqual([]);
});

it('what is not – is said: the metric, the label, what is grouped by, and what is shown', () => {
  expect(unknownIn('c_total')).toEqual(['here: nobody exports c_total']);
  expect(unknownIn('plain{path="x"}')).toEqual(['here: plain has no label path']);
  expect(unknownIn('sum by (code) (a_total)')).toEqual(['here: no label code to group by']);
  expect(unknownIn('sum by (status) (a_total)', ['status', 'path'])).toEqual(['here: the result has no label path']);
});

it('recorded – has the labels that it is grouped by, also where a rule builds on another', () => {
  const queries = [
    { where: 'second', record: 's:b', expr: 's:a > 0', shown: [] },
    { where: 'first', record: 's:a', expr: 'sum by (status) (a_total)', shown: [] },
    { where: 'good', expr: 's:b{status="200"}', shown: ['status'] },
    { where: 'bad', expr: 's:b{path="x"}', shown: [] },
  ];
  expect(findUnknown(queries, readExported([PAGE]))).toEqual(['bad: s:b has no label path']);
});
