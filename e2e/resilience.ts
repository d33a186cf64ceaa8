/** Instances come and go under load, and nobody notices. */
import { setTimeout as pause } from 'node:timers/promises';
import { SERVICE_NAMES, type ServiceName, type Task } from '@wordcloud/contracts';
import { afterEach, describe, expect, it, onTestFailed } from 'vitest';
import { logIn } from './api-client.ts';
import { type Load, startLoad } from './load.ts';
import type { LocalSystem } from './local-system.ts';

/** Requests that are answered before and after what happens. */
const SOME = 60;

export function describeResilience(system: () => LocalSystem): void {
  describe('instances come and go under load', () => {
    let load: Load | undefined;
    afterEach(async () => {
      await load?.stop();
      load = undefined;
    });
    const begin = async (username: string) => {
      const { length } = system().lines;
      onTestFailed(() => console.error(system().lines.slice(length).filter(isTelling).join('\n')));
      load = await startLoad(
        [1, 2].map((instance) => system().address('wordcloud-bff', instance)),
        username,
      );
      await load.goOn(SOME);
      return load;
    };
    const finish = async (running: Load, username: string) => {
      await running.goOn(SOME);
      const { failures, ids } = await running.stop();
      expect(failures).toEqual([]);
      expect(ids.length).toBeGreaterThan(0);
      const user = await logIn(system().api, username);
      // One after another: hundreds at once would be held back at the door.
      const tasks: Task[] = [];
      for (const id of ids) tasks.push(await user.finished(id));
      expect(tasks.filter(({ status }) => status !== 'succeeded')).toEqual([]);
      return tasks;
    };

    it.each(['wordcloud-maker', 'wordcloud-seg', 'wordcloud-task'] as const)(
      'kill -9 of one of two: %s – every cloud is made, and no request notices',
      async (service) => {
        const username = service.replace('wordcloud', 'killed');
        const running = await begin(username);
        const restarted = restartOf(system(), service, 2);
        system().runner(service, 2).kill('SIGKILL');
        await finish(running, username);
        await restarted;
      },
      60_000,
    );

    it.each(SERVICE_NAMES)(
      'SIGTERM of one of two: %s – not one request fails, everybody knows within a second',
      async (service) => {
        const username = service.replace('wordcloud', 'leaving');
        const running = await begin(username);
        const restarted = restartOf(system(), service, 2);
        system().runner(service, 2).kill('SIGTERM');
        await running.goOn(SOME);
        const tasks = await finish(running, username);
        expect(tasks.filter(({ attempts }) => attempts > 1)).toEqual([]);
        await restarted;
        const times = tellingTimes(system().lines, `${service}-2`);
        // Nobody calls the bff.
        expect(times.length > 0).toBe(service !== 'wordcloud-bff');
        expect(times.filter(([, ms]) => ms >= 1_000)).toEqual([]);
      },
      60_000,
    );

    it('every instance of everything is restarted, one after another – nothing is lost', async () => {
      const running = await begin('roller');
      for (const instance of [1, 2]) {
        for (const service of SERVICE_NAMES) {
          const restarted = restartOf(system(), service, instance);
          system().runner(service, instance).kill('SIGTERM');
          await restarted;
        }
      }
      await finish(running, 'roller');
    }, 120_000);
  });
}

/** Lines of the log that say why a test failed. */
const isTelling = (line: string) => !line.includes('"msg":"answered"') || line.includes('"status":5');

/** Resolves when the instance is ready once more than now. */
async function restartOf({ lines, address }: LocalSystem, service: ServiceName, instance: number): Promise<void> {
  const starts = () =>
    lines.filter((line) => line.startsWith(`${service}-${instance} `) && line.includes('"msg":"ready"'));
  const before = starts().length;
  while (starts().length === before) await pause(50);
  const isReady = () =>
    fetch(`${address(service, instance)}/readyz`)
      .then(({ ok }) => ok)
      .catch(() => false);
  while (!(await isReady())) await pause(50);
}

/** Milliseconds from the last SIGTERM of an instance until each of those who call it knew, by their logs. */
function tellingTimes(lines: readonly string[], name: string): [who: string, ms: number][] {
  const last = lines.findLastIndex((line) => line.startsWith(`${name} `) && line.includes('stopping: finishing'));
  const timeOf = (line: string) =>
    Number(new Date((JSON.parse(line.slice(line.indexOf('{'))) as { time: string }).time));
  const stoppedAt = timeOf(lines[last]!);
  return lines
    .slice(last)
    .filter(
      (line) =>
        line.includes(`"instance":"${name}/`) &&
        line.includes('"status":"draining"') &&
        line.includes('instance changed'),
    )
    .map((line) => [line.split(' ')[0]!, timeOf(line) - stoppedAt]);
}
