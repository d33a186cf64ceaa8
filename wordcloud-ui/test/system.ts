/** The real system, the page's server before it, and a browser: started once for all browser tests. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { type Browser, chromium } from 'playwright-core';
import { type LocalSystem, startLocalSystem } from '../../e2e/local-system.ts';

const root = resolve(import.meta.dirname, '../..');
const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];
/** The tests together ask more often than people do. */
const PLENTY = { RATE_LIMIT_ADDRESS: '10000-S', RATE_LIMIT_USER: '10000-S' };

export interface UiSystem {
  /** Where the page is. */
  origin: string;
  system: LocalSystem;
  browser: Browser;
  stop(): Promise<void>;
}

/** The browser that the environment names in `CHROMIUM`, else one of `PATH`; undefined when there is none. */
export function findChromium(env = process.env): string | undefined {
  if (env.CHROMIUM) return env.CHROMIUM;
  const folders = (env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  return NAMES.flatMap((name) => folders.map((folder) => resolve(folder, name))).find((path) => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** @param executablePath the browser. @throws Error when something does not start; nothing is left running then */
export async function startUiSystem(executablePath: string): Promise<UiSystem> {
  const stops: (() => Promise<unknown>)[] = [];
  const stop = async () => {
    for (const one of stops.splice(0).reverse()) await one();
  };
  try {
    const [system] = await Promise.all([
      startLocalSystem({ MAKER_WORKERS: '1', SEG_WORKERS: '1', ...PLENTY }).then((started) => {
        stops.push(started.stop);
        return started;
      }),
      buildPage(),
    ]);
    const server = await startServer(system.api);
    stops.push(server.stop);
    // Root, as in a container, cannot have Chromium's sandbox; the pages are our own.
    const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    const browser = await chromium.launch({ executablePath, args });
    stops.push(() => browser.close());
    return { origin: server.origin, system, browser, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

const environment = (extra: Record<string, string>) => ({ PATH: process.env.PATH, ...extra });

async function buildPage(): Promise<void> {
  // A process of its own: within a test run Vite would build for tests.
  const script = `
    import { buildPage, isPageStale } from './wordcloud-ui/server/build.ts';
    if (await isPageStale()) await buildPage();`;
  const args = ['--input-type=module', '--eval', script];
  await promisify(execFile)(process.execPath, args, { cwd: root, env: environment({}) });
}

async function startServer(bff: string): Promise<{ origin: string; stop: () => Promise<void> }> {
  const child = spawn(process.execPath, ['wordcloud-ui/server/main.ts'], {
    cwd: root,
    env: environment({ GDD_PORT: '0', BFFSVC: bff }),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const gone = new Promise<void>((done) => child.once('close', () => done()));
  const stop = async () => {
    child.kill('SIGTERM');
    await gone;
  };
  // Said by name, as a page of this machine may be.
  const address = await addressOf(child);
  return { origin: `http://localhost:${new URL(address).port}`, stop };
}

/** The line of the log that says where it listens. @throws Error when it ends before that */
function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((found, failed) => {
    child.once('close', (code) => failed(new Error(`The page's server ended with status ${code}.`)));
    createInterface({ input: child.stdout! }).on('line', (line) => {
      const { msg, address } = JSON.parse(line) as { msg?: string; address?: string };
      if (msg === 'ready' && address) found(address);
    });
  });
}
