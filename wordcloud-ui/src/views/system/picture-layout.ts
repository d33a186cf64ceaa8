/** Where cards and lines of the picture are. */
import type { SystemLink } from '@wordcloud/contracts';
import type { SystemNode } from './nodes.ts';

export const CARD_HEIGHT = 120;
const ROW_GAP = 16;
/** A column is at most so wide; what is left is for the lines. */
const MOST_CARD_WIDTH = 268;
const LEAST_LINE_SPACE = 100;
/** How far a line within a column bulges out. */
const BULGE = 44;
/** Share of a line's way at which its mark stands. */
const MARK_AT = 0.64;
/** Of the height of a card, for the ends of lines. */
const PORTS = 0.6;

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface Line {
  key: string;
  link: SystemLink;
  /** SVG path. */
  path: string;
  /** Where a mark on it stands: near who is called, where lines are apart. */
  mark: { x: number; y: number };
}

export interface Picture {
  width: number;
  height: number;
  boxes: ReadonlyMap<string, Box>;
  lines: readonly Line[];
}

/** @param width of the whole, in pixels */
export function layOutPicture(nodes: readonly SystemNode[], links: readonly SystemLink[], width: number): Picture {
  const columns = [...Map.groupBy(nodes, ({ column }) => column)].toSorted(([a], [b]) => a - b).map(([, all]) => all);
  const gaps = Math.max(0, columns.length - 1);
  const cardWidth = Math.min(MOST_CARD_WIDTH, (width - gaps * LEAST_LINE_SPACE) / Math.max(1, columns.length));
  const step = gaps === 0 ? 0 : (width - cardWidth) / gaps;
  const heightOf = (count: number) => count * CARD_HEIGHT + (count - 1) * ROW_GAP;
  const height = Math.max(0, ...columns.map(({ length }) => heightOf(length)));
  const boxes = new Map<string, Box>();
  for (const [index, column] of columns.entries()) {
    const top = (height - heightOf(column.length)) / 2;
    for (const [row, { id }] of column.entries()) {
      const y = top + row * (CARD_HEIGHT + ROW_GAP);
      boxes.set(id, { x: index * step, y, width: cardWidth, height: CARD_HEIGHT });
    }
  }
  return { width, height, boxes, lines: drawLines(boxes, links) };
}

function drawLines(boxes: ReadonlyMap<string, Box>, links: readonly SystemLink[]): Line[] {
  const shown = links.filter(({ from, to }) => boxes.has(from) && boxes.has(to) && from !== to);
  const heightAt = (id: string) => boxes.get(id)!.y;
  return shown.map((link) => {
    const [from, to] = [boxes.get(link.from)!, boxes.get(link.to)!];
    const isInColumn = from.x === to.x;
    // Ends are spread along the edge of the card in the order of what they lead to, so that lines cross little.
    const leaving = shown.filter((one) => one.from === link.from).toSorted((a, b) => heightAt(a.to) - heightAt(b.to));
    const side = (one: SystemLink) => boxes.get(one.from)!.x === to.x;
    const arriving = shown
      .filter((one) => one.to === link.to && side(one) === isInColumn)
      .toSorted((a, b) => heightAt(a.from) - heightAt(b.from));
    const start = { x: from.x + from.width, y: portAt(from, leaving.indexOf(link), leaving.length) };
    const end = { x: isInColumn ? to.x + to.width : to.x, y: portAt(to, arriving.indexOf(link), arriving.length) };
    const key = `${link.from} → ${link.to}`;
    return { key, link, ...curve(start, end, isInColumn) };
  });
}

interface Point {
  x: number;
  y: number;
}

function curve(start: Point, end: Point, isInColumn: boolean): { path: string; mark: Point } {
  const bend = isInColumn ? BULGE : (end.x - start.x) / 2;
  const handles = [start.x + bend, isInColumn ? end.x + bend : end.x - bend] as const;
  const path = `M${start.x} ${start.y}C${handles[0]} ${start.y} ${handles[1]} ${end.y} ${end.x} ${end.y}`;
  const t = isInColumn ? 0.5 : MARK_AT;
  const mark = {
    x: cubicBezier(t, start.x, ...handles, end.x),
    y: cubicBezier(t, start.y, start.y, end.y, end.y),
  };
  return { path, mark };
}

function cubicBezier(t: number, p0: number, p1: number, p2: number, p3: number): number {
  const u = 1 - t;
  return u ** 3 * p0 + 3 * u ** 2 * t * p1 + 3 * u * t ** 2 * p2 + t ** 3 * p3;
}

function portAt({ y, height }: Box, index: number, count: number): number {
  const share = count === 1 ? 0.5 : (1 - PORTS) / 2 + (PORTS * index) / (count - 1);
  return y + height * share;
}

/** Width of a line in pixels: each tenfold rate is three pixels more. */
export function lineWidth(rate: number): number {
  return Math.min(9, 1.25 + 3 * Math.log10(1 + rate));
}
