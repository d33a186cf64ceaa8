/** Two networks of the test's own (Linux network namespaces) with a switch between them that can be cut: as if its cable had been pulled. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);
const ip = (...args: string[]) => run('ip', args);

export interface TwoNetworks {
  left: { address: string; prefix: string[] };
  right: { address: string; prefix: string[] };
  /** Packets are lost without a word; both sides still see their link up. */
  cut(): Promise<void>;
  heal(): Promise<void>;
  remove(): Promise<void>;
}

/** @returns empty where namespaces can be made, else why not */
export async function whyNoNamespaces(): Promise<string> {
  if (process.platform !== 'linux') return 'needs Linux';
  const name = `wc-probe-${process.pid}`;
  try {
    await ip('netns', 'add', name);
    await ip('-n', name, 'link', 'add', 'name', 'sw', 'type', 'bridge');
    return '';
  } catch (error) {
    const reason = (error as { stderr?: string }).stderr?.trim() || (error as Error).message;
    return `needs root and iproute2: ${reason.split('\n')[0]}`;
  } finally {
    await ip('netns', 'del', name).catch(() => {});
  }
}

/** Each network is a namespace with one address; the switch is a third one, so that cutting it takes nobody's link down. */
export async function createTwoNetworks(): Promise<TwoNetworks> {
  const names = {
    left: `wc-left-${process.pid}`,
    right: `wc-right-${process.pid}`,
    middle: `wc-switch-${process.pid}`,
  };
  const addresses = { left: '10.77.0.1', right: '10.77.0.2' };
  for (const name of Object.values(names)) await ip('netns', 'add', name);
  await ip('-n', names.middle, 'link', 'add', 'name', 'sw', 'type', 'bridge');
  await ip('-n', names.middle, 'link', 'set', 'sw', 'up');
  for (const side of ['left', 'right'] as const) {
    await ip('-n', names[side], 'link', 'add', 'eth', 'type', 'veth', 'peer', 'name', side, 'netns', names.middle);
    await ip('-n', names.middle, 'link', 'set', side, 'master', 'sw', 'up');
    await ip('-n', names[side], 'addr', 'add', `${addresses[side]}/24`, 'dev', 'eth');
    await ip('-n', names[side], 'link', 'set', 'eth', 'up');
    await ip('-n', names[side], 'link', 'set', 'lo', 'up');
  }
  const place = (side: 'left' | 'right') => ({
    address: addresses[side],
    prefix: ['ip', 'netns', 'exec', names[side]],
  });
  return {
    left: place('left'),
    right: place('right'),
    cut: async () => void (await ip('-n', names.middle, 'link', 'set', 'right', 'nomaster')),
    heal: async () => void (await ip('-n', names.middle, 'link', 'set', 'right', 'master', 'sw')),
    async remove() {
      for (const name of Object.values(names)) await ip('netns', 'del', name);
    },
  };
}
