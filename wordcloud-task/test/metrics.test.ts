/** What the queue tells of tasks in a real database. */

import { openDatabase } from '@wordcloud/storage';
import { expect, it, onTestFinished } from 'vitest';
import type { QueueEvent } from '../src/domain/queue.ts';
import { createQueue } from '../src/domain/queue.ts';
import { createTasks } from '../src/domain/tasks.ts';
import { migrations, type TaskSchema } from '../src/infra/schema.ts';
import { createTaskRepository } from '../src/infra/task-repository.ts';
import { newTask, OUTCOME, sqliteFiles } from './harness.ts';

async function openQueue(maxAttempts: number) {
  const files = await sqliteFiles();
  const database = await openDatabase<TaskSchema>({ url: files.freshUrl(), migrations });
  onTestFinished(async () => {
    await database.close();
    await files.remove();
  });
  const clock = { now: 1_000_000 };
  const events: QueueEvent[] = [];
  const repository = createTaskRepository(database);
  const now = () => clock.now;
  const observe = (event: QueueEvent) => void events.push(event);
  const queue = createQueue({ tasks: repository, maxAttempts, leaseMs: 10_000, now, random: () => 1, observe });
  return { clock, queue, tasks: createTasks(repository, now), told: () => events.splice(0) };
}

it('a task is made – how long it waited, and how long it took in all', async () => {
  const { clock, queue, tasks, told } = await openQueue(3);
  const { task } = await tasks.create({ ...newTask(), trace: null });
  clock.now += 2_000;
  await queue.lease(1);
  clock.now += 3_000;
  await queue.succeed(task.id, 1, OUTCOME);
  await queue.succeed(task.id, 1, OUTCOME);
  expect(told()).toEqual([
    { kind: 'leased', firstAfterMs: 2_000 },
    { kind: 'succeeded', afterMs: 5_000 },
  ]);
});

it('its owner has it made once more, days later – counted, but no time', async () => {
  const { clock, queue, tasks, told } = await openQueue(3);
  const { task } = await tasks.create({ ...newTask(), trace: null });
  await queue.lease(1);
  await queue.fail(task.id, 1, { code: 'EMPTY_TEXT', detail: 'empty' }, 'never');
  expect(told().at(-1)).toEqual({ kind: 'failed', code: 'EMPTY_TEXT', afterMs: 0 });
  clock.now += 3 * 24 * 3_600_000;
  await tasks.retry(task.id, 'ada', {}, null);
  await queue.lease(1);
  await queue.succeed(task.id, 2, OUTCOME);
  expect(told()).toEqual([{ kind: 'leased' }, { kind: 'succeeded' }]);
});

it('attempts fail and leases end – told once each, and at last the task as given up', async () => {
  const { clock, queue, tasks, told } = await openQueue(2);
  const { task } = await tasks.create({ ...newTask(), trace: null });
  await queue.lease(1);
  await queue.fail(task.id, 1, { code: 'UNAVAILABLE', detail: 'away' }, 'later');
  await queue.fail(task.id, 1, { code: 'UNAVAILABLE', detail: 'away' }, 'later');
  clock.now += 60_000;
  await queue.sweep();
  await queue.lease(1);
  clock.now += 60_000;
  await queue.sweep();
  await queue.sweep();
  expect(told()).toEqual([
    { kind: 'leased', firstAfterMs: 0 },
    { kind: 'parked' },
    { kind: 'leased' },
    { kind: 'lease-expired' },
    { kind: 'failed', code: 'GAVE_UP', afterMs: 120_000 },
  ]);
});
