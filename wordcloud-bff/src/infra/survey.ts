/** What only the instances themselves know: whom the makers call, and which faults were injected. */
import type { SystemFault, SystemLink } from '@wordcloud/contracts';
import type { InstanceClients } from './instance-clients.ts';

/** However many look at the page, each instance is asked so often at most; less than the second at which pages refresh. */
const KEPT_MS = 900;

/** The only internal service that calls others. */
const CALLER = 'wordcloud-maker';

export interface Survey {
  links: SystemLink[];
  faults: SystemFault[];
}

export interface SurveyOptions {
  clients: Pick<InstanceClients, 'instances' | 'of'>;
  /** Ask for faults, too? */
  asksFaults: boolean;
  /** Milliseconds since 1970. */
  now: () => number;
}

/**
 * @returns a function that asks all instances at once, or gives what it has when that is less than a second old. Who does not answer within
 *   300 ms is left out. It never rejects.
 */
export function createSurvey({ clients, asksFaults, now }: SurveyOptions): () => Promise<Survey> {
  let latest: Promise<Survey> | undefined;
  let askedAt = Number.NEGATIVE_INFINITY;

  const askLinks = async (id: string): Promise<SystemLink[]> => {
    const { links } = await clients.of(id).getLinks({});
    const at = new Date(now()).toISOString();
    return links.map((link) => ({ from: id, ...link, at }));
  };
  const askFaults = async (id: string): Promise<SystemFault[]> => {
    const { active } = await clients.of(id).getFaults({});
    return active.map((fault) => ({ instance: id, ...fault }));
  };
  const ask = async (): Promise<Survey> => {
    const instances = clients.instances();
    const callers = instances.filter(({ service }) => service === CALLER);
    const [links, faults] = await Promise.all([
      Promise.all(callers.map(({ id }) => askLinks(id).catch(() => []))),
      Promise.all(asksFaults ? instances.map(({ id }) => askFaults(id).catch(() => [])) : []),
    ]);
    return { links: links.flat(), faults: faults.flat() };
  };

  return () => {
    if (latest === undefined || now() - askedAt >= KEPT_MS) {
      askedAt = now();
      latest = ask();
    }
    return latest;
  };
}
