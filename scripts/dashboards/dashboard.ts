/** A page of Grafana: rows of panels, from left to right, with ids and places. */
import { type Panel, PROMETHEUS } from './panel.ts';

export interface Row {
  title: string;
  panels: readonly Panel[];
}

/** Chosen at the top of the page; its values come from a label. */
export interface Variable {
  name: string;
  label: string;
  description: string;
  /** `label_values(metric, label)` */
  query: string;
  /** Several at once, and all; default false. */
  isMulti?: boolean;
}

export interface PageLink {
  title: string;
  tooltip: string;
  url: string;
}

export interface DashboardSpec {
  /** File name, and address in Grafana. */
  uid: string;
  title: string;
  description: string;
  rows: readonly Row[];
  variables?: readonly Variable[];
  links?: readonly PageLink[];
}

const COLUMNS = 24;
/** Grafana 12's; a newer one raises it by itself. */
const SCHEMA_VERSION = 41;

/** The model that Grafana reads. @throws RangeError when the panels of a row do not fit into lines of 24 columns */
export function dashboard({ uid, title, description, rows, variables = [], links = [] }: DashboardSpec) {
  return {
    uid,
    title,
    description,
    tags: ['wordcloud'],
    schemaVersion: SCHEMA_VERSION,
    version: 1,
    editable: false,
    timezone: 'browser',
    time: { from: 'now-30m', to: 'now' },
    refresh: '10s',
    graphTooltip: 1,
    fiscalYearStartMonth: 0,
    liveNow: false,
    links: [
      {
        ...{ type: 'dashboards', title: 'Word cloud', tags: ['wordcloud'], asDropdown: false, includeVars: false },
        ...{ keepTime: true, targetBlank: false, icon: 'external link', tooltip: '', url: '' },
      },
      ...links.map((link) => ({
        ...{ type: 'link', icon: 'external link', tags: [], asDropdown: false, includeVars: false },
        ...{ keepTime: true, targetBlank: false, ...link },
      })),
    ],
    annotations: {
      list: [
        {
          name: 'Alerts',
          datasource: PROMETHEUS,
          enable: true,
          iconColor: 'red',
          expr: 'ALERTS{alertstate="firing", severity!="info"}',
          titleFormat: '{{alertname}}',
          textFormat: '{{about}}',
          step: '30s',
        },
      ],
    },
    templating: { list: variables.map(variable) },
    panels: place(title, rows),
  };
}

/** To Grafana's view of Jaeger. @param service name, or a variable of the page */
export function tracesLink(title: string, service: string): PageLink {
  const jaeger = { type: 'jaeger', uid: 'jaeger' };
  const query = { refId: 'A', datasource: jaeger, queryType: 'search', service };
  const pane = { datasource: jaeger.uid, queries: [query], range: { from: 'now-30m', to: 'now' } };
  // Variables are filled in only where they stand as they are.
  const panes = encodeURIComponent(JSON.stringify({ traces: pane })).replaceAll('%24', '$');
  return {
    title,
    tooltip: 'What single requests went through, step by step',
    url: `/explore?schemaVersion=1&orgId=1&panes=${panes}`,
  };
}

function variable({ name, label, description, query, isMulti = false }: Variable) {
  return {
    ...{ type: 'query', name, label, description, datasource: PROMETHEUS, definition: query, hide: 0, sort: 1 },
    query: { query, refId: `variable-${name}`, qryType: 1 },
    ...{ refresh: 2, regex: '', skipUrlSync: false, options: [], multi: isMulti, includeAll: isMulti },
    ...(isMulti && { allValue: '.+', current: { text: 'All', value: '$__all' } }),
  };
}

function place(page: string, rows: readonly Row[]) {
  let id = 0;
  let y = 0;
  return rows.flatMap(({ title, panels }) => {
    const placed: object[] = [
      { id: ++id, type: 'row', title, collapsed: false, gridPos: { h: 1, w: COLUMNS, x: 0, y: y++ }, panels: [] },
    ];
    let x = 0;
    let lineHeight = 0;
    for (const { title: name, width, height, json } of panels) {
      if (x + width > COLUMNS)
        throw new RangeError(`${page}: "${name}" does not fit into its line; ${x} of ${COLUMNS} are taken`);
      placed.push({ id: ++id, gridPos: { h: height, w: width, x, y }, ...json });
      lineHeight = Math.max(lineHeight, height);
      x += width;
      if (x === COLUMNS) {
        y += lineHeight;
        x = lineHeight = 0;
      }
    }
    if (x > 0) throw new RangeError(`${page}: the last line of "${title}" has ${x} of ${COLUMNS} columns`);
    return placed;
  });
}
