/** Compares what is asked with what processes export. */
import { readPromql } from './promql.ts';
import type { AskedQuery } from './queries.ts';

/** Names of samples, each with all labels that it was seen with. */
export type Exported = Map<string, Set<string>>;

/** What Prometheus adds to each sample that it scrapes. */
const TARGET_LABELS = ['job', 'instance', 'instance_id', 'service'];
/** What Prometheus makes by itself. */
const OWN: [string, string[]][] = [
  ['up', []],
  ['ALERTS', ['alertname', 'alertstate', 'severity', 'about']],
];

/** Reads pages of metrics: https://prometheus.io/docs/instrumenting/exposition_formats/ */
export function readExported(pages: readonly string[]): Exported {
  const exported: Exported = new Map(OWN.map(([name, labels]) => [name, new Set([...labels, ...TARGET_LABELS])]));
  for (const line of pages.flatMap((page) => page.split('\n'))) {
    const [, name, labels = ''] = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? /.exec(line) ?? [];
    if (name === undefined) continue;
    const seen = exported.get(name) ?? new Set(TARGET_LABELS);
    for (const [, label] of labels.matchAll(/(\w+)="(?:\\.|[^"\\])*"/g)) seen.add(label!);
    exported.set(name, seen);
  }
  return exported;
}

/** @returns one sentence for each metric that nobody exports and each label that its metric does not have */
export function findUnknown(queries: readonly AskedQuery[], exported: Exported): string[] {
  const known = new Map(exported);
  const records = queries.filter(({ record }) => record !== undefined);
  // Rules may build on each other, in any order.
  for (let round = 0; round < 2; round++) {
    for (const { record, expr } of records) known.set(record!, labelsOf(expr, known));
  }
  return queries.flatMap(({ where, expr, shown }) => {
    const { selectors, grouping } = readPromql(expr);
    const unknown = selectors.flatMap(({ metric, labels }) => {
      const has = known.get(metric);
      if (has === undefined) return [`${where}: nobody exports ${metric}`];
      return labels.filter((label) => !has.has(label)).map((label) => `${where}: ${metric} has no label ${label}`);
    });
    const all = new Set([
      ...selectors.flatMap(({ metric }) => [...(known.get(metric) ?? [])]),
      ...readPromql(expr).made,
    ]);
    const ungrouped = grouping
      .filter((label) => !all.has(label))
      .map((label) => `${where}: no label ${label} to group by`);
    const result = labelsOf(expr, known);
    const unseen = shown
      .filter((label) => !result.has(label))
      .map((label) => `${where}: the result has no label ${label}`);
    return [...unknown, ...ungrouped, ...unseen];
  });
}

/** Labels that the result of an expression can have. */
function labelsOf(expr: string, known: Exported): Set<string> {
  const { selectors, grouping, made } = readPromql(expr);
  if (grouping.length > 0) return new Set([...grouping, ...made]);
  return new Set([...selectors.flatMap(({ metric }) => [...(known.get(metric) ?? [])]), ...made]);
}
