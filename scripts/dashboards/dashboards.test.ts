import { describe, expect, it } from 'vitest';
import { readPromql } from '../prometheus/promql.ts';
import { readDashboards, readQueries } from '../prometheus/queries.ts';
import { dashboard } from './dashboard.ts';
import { DASHBOARDS } from './dashboards.ts';
import { stat } from './panel.ts';

interface Model {
  uid: string;
  title: string;
  templating: { list: { name: string }[] };
  panels: PanelModel[];
}

interface PanelModel {
  id: number;
  type: string;
  title: string;
  description?: string;
  datasource?: { type: string; uid: string };
  gridPos: { x: number; y: number; w: number; h: number };
  fieldConfig?: { defaults: { unit?: string } };
  targets?: { refId: string; expr: string; datasource: { uid: string } }[];
}

const written = readDashboards<Model>();
/** Grafana's own. */
const BUILT_IN = /^__(rate_interval|interval|range|all|from|to)$/;

it('the files – are what the modules say (else: node scripts/write-dashboards.ts)', () => {
  const files = Object.fromEntries(written.map(([file, model]) => [file.split('/').at(-1), model]));
  expect(files).toEqual(JSON.parse(JSON.stringify(DASHBOARDS)));
});

it('ids and titles – are unique', () => {
  const of = (key: 'uid' | 'title') => new Set(written.map(([, model]) => model[key]));
  expect([of('uid').size, of('title').size]).toEqual([written.length, written.length]);
});

it('every query – can be read', () => {
  expect(readQueries().length).toBeGreaterThan(100);
  for (const { expr } of readQueries()) readPromql(expr);
});

describe.each(written)('%s', (_file, model) => {
  const panels = model.panels.filter(({ type }) => type !== 'row');

  it('panels – have ids of their own, a title, an explanation, a unit, a data source and queries', () => {
    expect(new Set(model.panels.map(({ id }) => id)).size).toBe(model.panels.length);
    for (const panel of panels) {
      expect(panel).toMatchObject({
        title: expect.stringMatching(/^[A-Z]/),
        description: expect.stringMatching(/^.{10,}\.$/),
        datasource: { type: 'prometheus', uid: 'prometheus' },
        fieldConfig: { defaults: { unit: expect.stringMatching(/./) } },
      });
      expect(new Set(panel.targets!.map(({ refId }) => refId)).size, panel.title).toBe(panel.targets!.length);
      for (const { datasource } of panel.targets!) expect(datasource.uid).toBe('prometheus');
    }
  });

  it('panels – lie beside and below each other, never over', () => {
    const taken = new Set<string>();
    for (const { gridPos, title } of model.panels) {
      for (let x = gridPos.x; x < gridPos.x + gridPos.w; x++) {
        for (let y = gridPos.y; y < gridPos.y + gridPos.h; y++) {
          expect(taken.has(`${x} ${y}`), title).toBe(false);
          expect(x).toBeLessThan(24);
          taken.add(`${x} ${y}`);
        }
      }
    }
  });

  it('variables – those that are used exist, and those that exist are used', () => {
    const known = model.templating.list.map(({ name }) => name);
    const used = [...JSON.stringify(model).matchAll(/\$\{?(\w+)\}?/g)]
      .map(([, name]) => name!)
      .filter((name) => !BUILT_IN.test(name));
    expect([...new Set(used)].toSorted()).toEqual(known.toSorted());
  });
});

describe('dashboard', () => {
  const panelOf = (width: number) =>
    stat({ title: 'A', description: 'B.', unit: 'short', queries: [['up', '']], width });
  const pageOf = (...widths: number[]) =>
    dashboard({ uid: 'u', title: 'Page', description: '', rows: [{ title: 'Row', panels: widths.map(panelOf) }] });

  it('two lines in a row – below each other', () => {
    expect(pageOf(12, 12, 24).panels.map((panel) => (panel as PanelModel).gridPos)).toEqual([
      { h: 1, w: 24, x: 0, y: 0 },
      { h: 4, w: 12, x: 0, y: 1 },
      { h: 4, w: 12, x: 12, y: 1 },
      { h: 4, w: 24, x: 0, y: 5 },
    ]);
  });

  it('a line that is too wide, or not full – RangeError', () => {
    expect(() => pageOf(16, 12)).toThrow(/Page: "A" does not fit/);
    expect(() => pageOf(24, 12)).toThrow(/the last line of "Row" has 12 of 24/);
  });
});
