/**
 * echarts-wordcloud in headless Chromium as a contender, used as the reference system does: a page for each cloud, sizes from 14 to
 * 80 pixels, a second of waiting, a picture of the canvas. The browser runs already, which is the better case for it.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { findProgram } from '../../scripts/test-servers/find-program.ts';
import { answerJobs, type Made } from './answer.ts';
import type { Job } from './jobs.ts';

const BROWSERS = ['chromium', 'chromium-browser', 'google-chrome'];
const executablePath = BROWSERS.map((name) => findProgram(name)).find((path) => path !== undefined);
if (executablePath === undefined) throw new Error(`none of ${BROWSERS.join(', ')} is installed`);

const { resolve } = createRequire(import.meta.url);
const script = (name: string) => `<script src="${pathToFileURL(resolve(name))}"></script>`;
const SCRIPTS = ['echarts/dist/echarts.min.js', 'echarts-wordcloud/dist/echarts-wordcloud.min.js'].map(script).join('');
/** As long as the reference system sleeps. */
const SLEEP_MS = 1000;

/** What the page finds in its global scope. */
interface InPage {
  chart: { getZr(): { storage: { getDisplayList(): { type: string }[] } } };
}

const args = ['--no-sandbox', '--allow-file-access-from-files', '--disable-gpu'];
const browser = await chromium.launch({ executablePath, args });
async function draw({ width, height, words = [], font, output }: Job): Promise<Made> {
  const path = join(dirname(output), 'echarts.html');
  writeFileSync(path, page(width, height, words, font));
  const tab = await browser.newPage({ viewport: { width, height } });
  try {
    await tab.goto(pathToFileURL(path).href, { waitUntil: 'load' });
    await tab.waitForFunction('globalThis.drawn === true');
    await new Promise((done) => setTimeout(done, SLEEP_MS));
    const png = await tab.locator('canvas').screenshot();
    const placed = await tab.evaluate(
      () =>
        (globalThis as unknown as InPage).chart
          .getZr()
          .storage.getDisplayList()
          .filter(({ type }) => type === 'text' || type === 'tspan').length,
    );
    return { png, placed, asked: words.length };
  } finally {
    await tab.close();
  }
}

await answerJobs(draw, { memory: proportionalMemory });
await browser.close();

function page(width: number, height: number, words: readonly (readonly [string, number])[], font: string): string {
  const data = words.map(([name, value]) => ({ name, value }));
  const series = {
    type: 'wordCloud',
    shape: 'circle',
    sizeRange: [14, 80],
    width: '100%',
    height: '100%',
    textStyle: { fontFamily: 'Contest' },
    data,
  };
  return `<!doctype html><meta charset="utf-8">
<style>@font-face{font-family:Contest;src:url("${pathToFileURL(font)}")}body{margin:0}</style>
<div id="cloud" style="width:${width}px;height:${height}px"></div>${SCRIPTS}
<script>
document.fonts.load('20px Contest').then(() => {
  globalThis.chart = echarts.init(document.getElementById('cloud'), null, { renderer: 'canvas' });
  chart.on('finished', () => { globalThis.drawn = true; });
  chart.setOption(${JSON.stringify({ backgroundColor: '#ffffff', series: [series] }).replaceAll('<', '\\u003c')});
});
</script>`;
}

/** Of the browser's processes, in megabytes: what they share is counted once. */
function proportionalMemory(): number {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    const stat = tryRead(`/proc/${name}/stat`);
    // The name in brackets may hold anything, the parent comes after it.
    const parent = stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[1];
    if (parent !== undefined) parents.set(Number(name), Number(parent));
  }
  const isOurs = (id: number): boolean => {
    const parent = parents.get(id);
    return parent === process.pid || (parent !== undefined && parent > 1 && isOurs(parent));
  };
  const kilobytes = [...parents.keys()]
    .filter(isOurs)
    .map((id) => Number(/^Pss:\s+(\d+)/m.exec(tryRead(`/proc/${id}/smaps_rollup`) ?? '')?.[1] ?? 0));
  return kilobytes.reduce((sum, value) => sum + value, 0) / 1024;
}

function tryRead(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
