import { describe, expect, it } from 'vitest';
import { nodesOf } from './nodes.ts';
import { CARD_HEIGHT, layOutPicture, lineWidth } from './picture-layout.ts';
import { makeInstance, makeLink, makeView } from './view-fixture.ts';

const NAMES = ['bff-1', 'user-1', 'task-1', 'maker-1', 'maker-2', 'seg-1', 'seg-2'];
const LINKS = [
  ...['user-1', 'task-1', 'maker-1', 'maker-2'].map((to) => makeLink(`bff-1 ${to}`)),
  ...['maker-1', 'maker-2'].flatMap((from) => ['task-1', 'seg-1', 'seg-2'].map((to) => makeLink(`${from} ${to}`))),
];
const view = makeView({ instances: NAMES.map((name) => makeInstance(name)), links: LINKS });

function layOut(width: number) {
  const picture = layOutPicture(nodesOf(view, 0), LINKS, width);
  const box = (name: string) => picture.boxes.get(makeInstance(name).id)!;
  const line = (names: string) => picture.lines.find(({ link }) => link.from + link.to === pair(names))!;
  return { ...picture, box, line };
}
const pair = (names: string) => {
  const { from, to } = makeLink(names);
  return from + to;
};

describe('layOutPicture', () => {
  it.each([720, 1_000, 1_600])('%i pixels – nothing overlaps or leaves the frame, columns are centred', (width) => {
    const { boxes, height, box } = layOut(width);
    const all = [...boxes.values()];
    for (const one of all) {
      expect(one.x).toBeGreaterThanOrEqual(0);
      expect(one.x + one.width).toBeLessThanOrEqual(width);
      expect(one.y + one.height).toBeLessThanOrEqual(height);
      const others = all.filter((other) => other !== one && other.x === one.x);
      for (const other of others) expect(Math.abs(other.y - one.y)).toBeGreaterThan(CARD_HEIGHT);
    }
    expect(box('user-1').x - (box('bff-1').x + box('bff-1').width)).toBeGreaterThanOrEqual(99);
    expect(box('bff-1').y + CARD_HEIGHT / 2).toBe(height / 2);
  });

  it('lines – from the right edge of the caller to the left edge of the called, or its right in the same column', () => {
    const { box, line } = layOut(1_000);
    const ends = (names: string) =>
      line(names)
        .path.match(/-?[\d.]+/g)!
        .map(Number);
    const [bff, task, maker, seg] = [box('bff-1'), box('task-1'), box('maker-1'), box('seg-2')];
    expect(ends('bff-1 task-1')[0]).toBe(bff.x + bff.width);
    expect(ends('bff-1 task-1').at(-2)).toBe(task.x);
    expect(ends('maker-1 task-1')[0]).toBe(maker.x + maker.width);
    expect(ends('maker-1 task-1').at(-2)).toBe(task.x + task.width);
    const y = ends('maker-1 seg-2').at(-1)!;
    expect(y).toBeGreaterThan(seg.y);
    expect(y).toBeLessThan(seg.y + seg.height);
  });

  it('marks – no two of them cover each other', () => {
    const { lines } = layOut(760);
    expect(lines).toHaveLength(LINKS.length);
    for (const { key, mark } of lines) {
      const others = lines.filter((other) => other.key !== key);
      for (const other of others) {
        expect(Math.hypot(other.mark.x - mark.x, other.mark.y - mark.y), `${key}, ${other.key}`).toBeGreaterThan(12);
      }
    }
  });

  it('a line to who is not shown, or one instance alone – no line', () => {
    const nodes = nodesOf(makeView({ instances: [makeInstance('bff-1')] }), 0);
    expect(layOutPicture(nodes, LINKS, 1_000)).toMatchObject({ lines: [], height: CARD_HEIGHT });
  });
});

it('lineWidth – grows with the rate, up to an end', () => {
  const widths = [0, 1, 10, 100, 1_000, 1e6].map(lineWidth);
  expect(widths).toEqual(widths.toSorted((a, b) => a - b));
  expect(widths[0]).toBeGreaterThan(1);
  expect(widths.at(-1)).toBe(9);
});
