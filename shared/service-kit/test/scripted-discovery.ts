/** For the tests: a real `Discovery` over a registry that says what the test says. */
import { Discovery, type Driver, type ServiceInstance } from '@wordcloud/discovery';

export const makeInstance = (id: string, more: Partial<ServiceInstance> = {}): ServiceInstance => ({
  id,
  service: 'seg',
  baseUrl: `http://${id}:6060`,
  version: '1.2.3',
  weight: 1,
  zone: '',
  startedAt: 0,
  status: 'up',
  data: {},
  mode: 'scripted',
  ...more,
});

export interface ScriptedDiscovery {
  readonly discovery: Discovery;
  /** Replaces what the registry knows, or breaks the connection to it. Resolves when discovery has heard it. */
  say(word: readonly ServiceInstance[] | Error): Promise<void>;
}

/** To be closed by the test. Starts with no instances. */
export async function scriptedDiscovery(others: readonly Driver[] = []): Promise<ScriptedDiscovery> {
  const words: (readonly ServiceInstance[] | Error)[] = [[]];
  let wake = () => {};
  let taken = () => {};
  const driver: Driver = {
    mode: 'scripted',
    async *watch(signal) {
      signal.addEventListener('abort', () => wake());
      while (!signal.aborted) {
        const word = words.shift();
        if (word instanceof Error) throw word;
        if (word) yield word;
        else {
          // Whoever comes back for more has dealt with the last word.
          taken();
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        }
      }
    },
    close: async () => {},
  };
  const nextTick = () => new Promise<void>((resolve) => setImmediate(resolve));
  const discovery = new Discovery([driver, ...others], { delay: nextTick });
  await discovery.ready();
  return {
    discovery,
    async say(word) {
      const heard = Promise.withResolvers<void>();
      taken = heard.resolve;
      words.push(word);
      wake();
      await heard.promise;
    },
  };
}
