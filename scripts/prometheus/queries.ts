/** Everything that the project asks Prometheus: dashboards, recording rules, alerts. */
import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';

const root = resolve(import.meta.dirname, '../..');

export interface AskedQuery {
  /** File and panel or rule. */
  where: string;
  expr: string;
  /** Labels that a legend or a text shows of the result. */
  shown: string[];
  /** The name that a recording rule gives to the result. */
  record?: string;
}

export interface Rule {
  alert?: string;
  record?: string;
  expr: string;
  for?: string;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
}

interface DashboardModel {
  title: string;
  templating: { list: { name: string; definition: string }[] };
  annotations: { list: { expr: string }[] };
  panels: { title: string; targets?: { expr: string; legendFormat: string }[] }[];
}

export function readRules(): Rule[] {
  return globSync('prometheus/rules/*.yml', { cwd: root }).flatMap((file) => {
    const { groups } = parse(readFileSync(join(root, file), 'utf8')) as { groups: { rules: Rule[] }[] };
    return groups.flatMap(({ rules }) => rules);
  });
}

export function readDashboards<Model = DashboardModel>(): [file: string, model: Model][] {
  const files = globSync('grafana/dashboards/*.json', { cwd: root });
  return files.map((file) => [file, JSON.parse(readFileSync(join(root, file), 'utf8')) as Model]);
}

export function readQueries(): AskedQuery[] {
  const ofRules = readRules().map(({ alert, record, expr, labels, annotations }) => {
    const texts = Object.values({ ...labels, ...annotations }).join();
    const shown = [...texts.matchAll(/\$labels\.(\w+)/g)].map(([, label]) => label!);
    return { where: `rule ${alert ?? record}`, expr, shown, ...(record && { record }) };
  });
  const ofDashboards = readDashboards().flatMap(([file, { panels, templating, annotations }]) => [
    ...panels.flatMap(({ title, targets = [] }) =>
      targets.map(({ expr, legendFormat }) => ({
        where: `${file}, ${title}`,
        expr,
        shown: [...legendFormat.matchAll(/\{\{(\w+)\}\}/g)].map(([, label]) => label!),
      })),
    ),
    ...templating.list.map(({ name, definition }) => {
      const [, expr, label] = /^label_values\((.+), (\w+)\)$/.exec(definition)!;
      return { where: `${file}, variable ${name}`, expr: expr!, shown: [label!] };
    }),
    ...annotations.list.map(({ expr }) => ({ where: `${file}, annotation`, expr, shown: [] })),
  ]);
  return [...ofRules, ...ofDashboards];
}
