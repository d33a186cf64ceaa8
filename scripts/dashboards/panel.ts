/** Panels of Grafana, as far as the dashboards use them; `dashboard.ts` puts them on a page. */

export const PROMETHEUS = { type: 'prometheus', uid: 'prometheus' };

/** PromQL, and how its series are called. */
export type Query = readonly [expr: string, legend: string];

/** A name of Grafana's units: https://github.com/grafana/grafana/blob/v12.4.3/packages/grafana-data/src/valueFormats/categories.ts */
export type Unit =
  | 'short'
  | 'reqps'
  | 'ops'
  | 'percentunit'
  | 's'
  | 'bytes'
  | 'Bps'
  | 'pps'
  | 'bool_yes_no'
  | 'none'
  | 'dateTimeFromNow';

/** Where a value begins to be good (green), worth a look (orange) or bad (red). */
export type Steps = readonly (readonly [from: number | null, color: string])[];

export const GOOD: Steps = [[null, 'green']];
/** Above zero is bad. */
export const NONE_IS_GOOD: Steps = [
  [null, 'green'],
  [0.0001, 'red'],
];

export interface PanelSpec {
  title: string;
  /** What whoever sees it for the first time learns from it. */
  description: string;
  unit: Unit;
  queries: readonly Query[];
  /** Of the page's 24 columns. */
  width: number;
}

/** A panel without its place on the page. */
export interface Panel {
  title: string;
  width: number;
  height: number;
  json: Record<string, unknown>;
}

export interface TimeSeriesSpec extends PanelSpec {
  /** Areas on top of each other; default false. */
  isStacked?: boolean;
  /** Fixed upper end of the axis, as 1 for shares. */
  max?: number;
  /** Drawn as a line across. */
  limit?: number;
}

export function timeSeries(spec: TimeSeriesSpec): Panel {
  const { isStacked = false, max, limit } = spec;
  const custom = {
    drawStyle: 'line',
    lineWidth: 1,
    fillOpacity: isStacked ? 40 : 8,
    showPoints: 'never',
    stacking: { mode: isStacked ? 'normal' : 'none', group: 'A' },
    thresholdsStyle: { mode: limit === undefined ? 'off' : 'dashed' },
  };
  const steps: Steps =
    limit === undefined
      ? GOOD
      : [
          [null, 'green'],
          [limit, 'red'],
        ];
  return panel(spec, 'timeseries', 8, {
    fieldConfig: fieldConfig(spec.unit, steps, {
      custom,
      color: { mode: 'palette-classic' },
      min: 0,
      ...(max !== undefined && { max }),
    }),
    options: {
      legend: { displayMode: 'list', placement: 'bottom', showLegend: true, calcs: [] },
      tooltip: { mode: 'multi', sort: 'desc' },
    },
    targets: spec.queries.map(target),
  });
}

/** One number, large, coloured by what it means. */
export function stat(spec: PanelSpec & { steps?: Steps; decimals?: number }): Panel {
  return panel(spec, 'stat', 4, {
    fieldConfig: fieldConfig(spec.unit, spec.steps ?? GOOD, {
      color: { mode: 'thresholds' },
      ...(spec.decimals !== undefined && { decimals: spec.decimals }),
    }),
    options: {
      reduceOptions: { calcs: ['lastNotNull'], fields: '', values: false },
      colorMode: 'value',
      graphMode: 'area',
      justifyMode: 'auto',
      orientation: 'auto',
      textMode: 'auto',
      wideLayout: true,
    },
    targets: spec.queries.map(target),
  });
}

/** What something was when, as bars of colours. */
export function stateTimeline(
  spec: PanelSpec & { states: Record<number, readonly [text: string, color: string]> },
): Panel {
  const options = Object.fromEntries(
    Object.entries(spec.states).map(([value, [text, color]], index) => [value, { text, color, index }]),
  );
  return panel(spec, 'state-timeline', 8, {
    fieldConfig: fieldConfig(spec.unit, GOOD, {
      color: { mode: 'thresholds' },
      custom: { fillOpacity: 70, lineWidth: 0 },
      mappings: [{ type: 'value', options }],
    }),
    options: {
      mergeValues: true,
      showValue: 'never',
      alignValue: 'left',
      rowHeight: 0.8,
      legend: { displayMode: 'list', placement: 'bottom', showLegend: true },
      tooltip: { mode: 'single', sort: 'none' },
    },
    targets: spec.queries.map(target),
  });
}

/** How many took how long: the brighter, the more. */
export function heatmap(spec: PanelSpec): Panel {
  return panel(spec, 'heatmap', 8, {
    fieldConfig: { defaults: { unit: spec.unit, custom: { scaleDistribution: { type: 'linear' } } }, overrides: [] },
    options: {
      calculate: false,
      cellGap: 1,
      color: { mode: 'scheme', scheme: 'Turbo', steps: 64, exponent: 0.5, fill: 'dark-orange', reverse: false },
      yAxis: { axisPlacement: 'left', reverse: false, unit: spec.unit },
      filterValues: { le: 1e-9 },
      rowsFrame: { layout: 'auto' },
      legend: { show: true },
      tooltip: { mode: 'single', yHistogram: false, showColorScale: false },
      exemplars: { color: 'rgba(255,0,255,0.7)' },
    },
    targets: spec.queries.map((query, index) => ({ ...target(query, index), format: 'heatmap' })),
  });
}

/** The labels of series as columns, with their values. @param columns label or `Value #A`, and its heading, in order */
export function table(
  spec: PanelSpec & { columns: readonly (readonly [field: string, heading: string, unit?: Unit])[]; height?: number },
): Panel {
  const fields = spec.columns.map(([field]) => field);
  const several = spec.queries.length > 1;
  const overrides = spec.columns
    .filter(([, , unit]) => unit)
    .map(([, heading, unit]) => ({
      matcher: { id: 'byName', options: heading },
      properties: [{ id: 'unit', value: unit }],
    }));
  return panel(spec, 'table', spec.height ?? 8, {
    fieldConfig: {
      defaults: { unit: spec.unit, custom: { align: 'auto', filterable: false }, thresholds: thresholds(GOOD) },
      overrides,
    },
    options: { showHeader: true, cellHeight: 'sm', footer: { show: false, reducer: ['sum'], fields: '' } },
    targets: spec.queries.map((query, index) => ({
      ...target(query, index),
      format: 'table',
      instant: true,
      range: false,
    })),
    transformations: [
      ...(several ? [{ id: 'merge', options: {} }] : []),
      { id: 'filterFieldsByName', options: { include: { names: fields } } },
      {
        id: 'organize',
        options: {
          indexByName: Object.fromEntries(fields.map((field, index) => [field, index])),
          renameByName: Object.fromEntries(spec.columns.map(([field, heading]) => [field, heading])),
        },
      },
    ],
  });
}

function panel(spec: PanelSpec, type: string, height: number, rest: Record<string, unknown>): Panel {
  const { title, description, width } = spec;
  return { title, width, height, json: { type, title, description, datasource: PROMETHEUS, ...rest } };
}

const thresholds = (steps: Steps) => ({ mode: 'absolute', steps: steps.map(([value, color]) => ({ color, value })) });

const fieldConfig = (unit: Unit, steps: Steps, defaults: Record<string, unknown>) => ({
  defaults: { unit, thresholds: thresholds(steps), ...defaults },
  overrides: [],
});

function target([expr, legendFormat]: Query, index: number) {
  const refId = String.fromCharCode('A'.charCodeAt(0) + index);
  return { refId, datasource: PROMETHEUS, expr, legendFormat, editorMode: 'code', range: true, instant: false };
}
