import type { Driver } from '../driver.ts';
import type { ServiceInstance } from '../instance.ts';

/**
 * Instances that never change, from settings: for tests, for one machine, and for services outside of any registry.
 *
 * @param addresses base URLs of each service; a slash at the end does not matter
 */
export function createStaticDriver(addresses: Readonly<Record<string, readonly string[]>>): Driver {
  const instances: ServiceInstance[] = Object.entries(addresses).flatMap(([service, urls]) =>
    urls.map((url) => ({
      id: `${service}@${url}`,
      service,
      baseUrl: url.replace(/\/+$/, ''),
      version: '',
      weight: 1,
      zone: '',
      startedAt: 0,
      status: 'up',
      data: {},
      mode: 'static',
    })),
  );
  return {
    mode: 'static',
    async *watch(signal) {
      yield instances;
      await aborted(signal);
    },
    close: async () => {},
  };
}

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((done) => {
    if (signal.aborted) done();
    else signal.addEventListener('abort', () => done(), { once: true });
  });
