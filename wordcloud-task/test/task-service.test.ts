import { DEFAULT_OPTIONS } from '@wordcloud/contracts';
import { type Migration, openDatabase } from '@wordcloud/storage';
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { findMariaDb } from '../../scripts/test-servers/test-servers.ts';
import { migrations, type TaskRow, type TaskSchema } from '../src/infra/schema.ts';
import { LEASE_MS, MAX_ATTEMPTS, newTask, OUTCOME, sqliteFiles, startInstance, type TaskService } from './harness.ts';

const sqlite = await sqliteFiles();
const mariaDb = await findMariaDb();
afterAll(() => sqlite.remove());

const databases = [
  { name: 'SQLite', skipped: false, freshUrl: () => sqlite.freshUrl() },
  { name: `MariaDB${mariaDb.note}`, skipped: mariaDb.missing, freshUrl: () => mariaDb.freshUrl() },
];
const ADA = { ownerId: 'ada' };

const rowOf = (id: string): TaskRow => ({
  ...{ id, owner_id: 'ada', title: 'old', folded_title: 'old', state: 'waiting', queue_seq: 1, created_seq: 1 },
  ...{ attempt: 0, attempts: 0, due_at: null, stage: 'queued', percent: 0, lang: null, options: '{}' },
  ...{ source_key: 's', source_bytes: 1, encoding: null, mask_key: null, result: null, stats: null, error: null },
  ...{
    created_at: 1,
    updated_at: 1,
    finished_at: null,
    trace: null,
    preview_key: null,
    compare_key: null,
    compare_title: null,
  },
});

for (const { name, skipped, freshUrl } of databases) {
  describe.skipIf(skipped)(`the task service on ${name}`, () => {
    let clock: { now: number };
    let url: string;
    let service: TaskService;
    const others: TaskService[] = [];

    beforeEach(async () => {
      clock = { now: Date.parse('2026-11-20T12:00:00Z') };
      url = freshUrl();
      service = await startInstance(url, clock);
    });
    afterEach(async () => {
      for (const one of [service, ...others.splice(0)]) await one.close();
    });
    const secondInstance = async () => {
      const other = await startInstance(url, clock);
      others.push(other);
      return other;
    };
    const create = async (changes: Parameters<typeof newTask>[0] = {}) =>
      (await service.client.createTask({ body: newTask(changes) })).task;
    const lease = async (limit = 1, { client } = service) =>
      (await client.leaseTasks({ body: { dispatcher: 'test', limit, waitMs: 0 } })).leases;
    const get = async (taskId: string) => (await service.client.getTask({ params: { taskId }, query: ADA })).task;
    const fail = (taskId: string, attempt: number, retry: 'never' | 'later' | 'uncounted', code = 'INTERNAL') =>
      service.client.failTask({ params: { taskId, attempt }, body: { error: { code, detail: 'Because.' }, retry } });
    const complete = (taskId: string, attempt: number) =>
      service.client.completeTask({ params: { taskId, attempt }, body: OUTCOME });

    it('a task – from the queue to success', async () => {
      const created = await create();
      expect(created).toMatchObject({
        status: 'waiting',
        progress: { stage: 'queued', percent: 0 },
        attempts: 0,
        lang: null,
      });
      const [leased] = await lease();
      expect(leased).toMatchObject({ attempt: 1, task: { id: created.id, status: 'processing', attempts: 1 } });
      const params = { taskId: created.id, attempt: 1 };
      await service.client.reportProgress({ params, body: { progress: { stage: 'layout', percent: 50 } } });
      await service.client.reportProgress({ params, body: { progress: { stage: 'reading', percent: 90 } } });
      expect((await get(created.id)).progress).toEqual({ stage: 'layout', percent: 50 });
      clock.now += 5;
      await complete(created.id, 1);
      await complete(created.id, 1);
      expect(await get(created.id)).toMatchObject({
        status: 'succeeded',
        progress: { stage: 'done', percent: 100 },
        lang: 'en',
        source: { encoding: 'utf-8' },
        result: OUTCOME.result,
        stats: OUTCOME.stats,
        error: null,
        finishedAt: '2026-11-20T12:00:00.005Z',
      });
    });

    it('another owner – get, delete, retry – the task does not exist', async () => {
      const { id: taskId } = await create();
      const query = { ownerId: 'eve' };
      const { client } = service;
      await expect(client.getTask({ params: { taskId }, query })).rejects.toMatchObject({ code: 'NOT_FOUND' });
      await expect(client.deleteTask({ params: { taskId }, query })).rejects.toMatchObject({ code: 'NOT_FOUND' });
      const retry = client.retryTask({ params: { taskId }, query, body: { options: {} } });
      await expect(retry).rejects.toMatchObject({ code: 'NOT_FOUND' });
      expect((await client.listTasks({ query: { ...query, page: 1, pageSize: 10 } })).items).toEqual([]);
    });

    it('idempotency – the same key within a day, also at once – the same task; later a new one', async () => {
      const key = { idempotencyKey: 'abc' };
      const made = await Promise.all(Array.from({ length: 5 }, () => create(key)));
      expect(new Set(made.map(({ id }) => id)).size).toBe(1);
      expect((await create({ ...key, ownerId: 'eve' })).id).not.toBe(made[0]!.id);
      clock.now += 24 * 3_600_000 + 1;
      expect((await create(key)).id).not.toBe(made[0]!.id);
    });

    it('idempotency – the same id again – the same task; of another owner – refused', async () => {
      const { id } = await create();
      const again = await service.client.createTask({ body: newTask({ id }) });
      expect(again).toMatchObject({ created: false, task: { id } });
      await expect(create({ id, ownerId: 'eve' })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    });

    it('leasing – in order of arrival, never more than asked for', async () => {
      const ids = [];
      for (let i = 0; i < 5; i++) ids.push((await create()).id);
      expect((await lease(3)).map(({ task }) => task.id)).toEqual(ids.slice(0, 3));
      expect((await lease(3)).map(({ task }) => task.id)).toEqual(ids.slice(3));
      expect(await lease(3)).toEqual([]);
    });

    it('leasing – four dispatchers on two instances at once – each task goes to one of them', async () => {
      const other = await secondInstance();
      for (let i = 0; i < 20; i++) await create();
      const instances = [service, other, service, other];
      const leased: string[] = [];
      const work = async (instance: TaskService) => {
        for (let round = 0; round < 20; round++) leased.push(...(await lease(2, instance)).map(({ task }) => task.id));
      };
      await Promise.all(instances.map(work));
      expect(leased).toHaveLength(20);
      expect(new Set(leased).size).toBe(20);
    });

    it('leasing – nothing there yet – waits, and gets what comes', async () => {
      const waiting = service.client.leaseTasks({ body: { dispatcher: 'test', limit: 1, waitMs: 10_000 } });
      const { id } = await create();
      expect((await waiting).leases.map(({ task }) => task.id)).toEqual([id]);
    });

    it('leasing – the dispatcher goes while it waits – what comes then is not handed to it', async () => {
      const gone = new AbortController();
      const looks = vi.spyOn(service.tasks, 'lease');
      const body = { dispatcher: 'gone', limit: 1, waitMs: 10_000 };
      const waiting = service.client.leaseTasks({ body }, { signal: gone.signal });
      await vi.waitFor(() => expect(looks).toHaveBeenCalled());
      gone.abort(new Error('the dispatcher dies'));
      await expect(waiting).rejects.toThrow('the dispatcher dies');
      await create();
      expect(await lease()).toMatchObject([{ attempt: 1, task: { attempts: 1 } }]);
    });

    it('leasing – the dispatcher goes while it is handed a task – the next one gets it, and nothing is counted', async () => {
      const { id } = await create();
      const gone = new AbortController();
      const ended = Promise.withResolvers<void>();
      service.server.server.once('request', (_, response) => response.once('close', ended.resolve));
      const { lease: take } = service.tasks;
      vi.spyOn(service.tasks, 'lease').mockImplementationOnce(async (...args) => {
        const taken = await take(...args);
        gone.abort(new Error('the dispatcher dies'));
        await ended.promise;
        return taken;
      });
      const body = { dispatcher: 'gone', limit: 1, waitMs: 0 };
      await expect(service.client.leaseTasks({ body }, { signal: gone.signal })).rejects.toThrow('the dispatcher dies');
      await vi.waitFor(async () => expect(await get(id)).toMatchObject({ status: 'waiting', attempts: 0 }));
      expect(await lease()).toMatchObject([{ attempt: 2, task: { id, attempts: 1 } }]);
    });

    it('a lease that ends – the task goes back, the old attempt is refused, and at last it fails', async () => {
      const { id } = await create();
      for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
        expect(await lease()).toMatchObject([{ attempt, task: { attempts: attempt } }]);
        clock.now += LEASE_MS - 1;
        await service.queue.sweep();
        expect((await get(id)).status).toBe('processing');
        clock.now += 1;
        await service.queue.sweep();
        await expect(complete(id, attempt)).rejects.toMatchObject({ code: 'STALE_ATTEMPT', status: 409 });
      }
      expect(await get(id)).toMatchObject({ status: 'failed', error: { code: 'GAVE_UP' } });
    });

    it('progress – renews the lease', async () => {
      const { id } = await create();
      await lease();
      clock.now += LEASE_MS - 1;
      await service.client.reportProgress({
        params: { taskId: id, attempt: 1 },
        body: { progress: { stage: 'layout', percent: 1 } },
      });
      clock.now += LEASE_MS - 1;
      await service.queue.sweep();
      await expect(complete(id, 1)).resolves.toBeUndefined();
    });

    it('failure – never again – failed with its reason', async () => {
      const { id } = await create();
      await lease();
      await fail(id, 1, 'never', 'EMPTY_TEXT');
      await fail(id, 1, 'never', 'EMPTY_TEXT');
      expect(await get(id)).toMatchObject({
        status: 'failed',
        error: { code: 'EMPTY_TEXT', detail: 'Because.' },
        attempts: 1,
      });
    });

    it('failure – later – pauses, shown as waiting, and keeps its place; at last it fails', async () => {
      const { id } = await create();
      await create();
      for (let attempt = 1; attempt < MAX_ATTEMPTS; attempt++) {
        expect(await lease()).toMatchObject([{ attempt, task: { id } }]);
        await fail(id, attempt, 'later');
        expect(await get(id)).toMatchObject({ status: 'waiting', error: null });
        clock.now += 500 * 2 ** (attempt - 1);
        await service.queue.sweep();
      }
      await lease();
      await fail(id, MAX_ATTEMPTS, 'later');
      expect(await get(id)).toMatchObject({ status: 'failed', error: { code: 'INTERNAL' }, attempts: MAX_ATTEMPTS });
    });

    it('failure – uncounted – any number of times, the attempt number grows all the same', async () => {
      const { id } = await create();
      for (let attempt = 1; attempt <= MAX_ATTEMPTS + 3; attempt++) {
        expect(await lease()).toMatchObject([{ attempt, task: { attempts: 1 } }]);
        await fail(id, attempt, 'uncounted');
        clock.now += 1_000;
        await service.queue.sweep();
      }
      expect(await get(id)).toMatchObject({ status: 'waiting', attempts: 0 });
    });

    it('retry – of what is finished – begins anew with changed options at the end of the queue', async () => {
      const { id } = await create();
      await lease();
      const retry = () =>
        service.client.retryTask({ params: { taskId: id }, query: ADA, body: { options: { top: 7 } } });
      await expect(retry()).rejects.toMatchObject({ code: 'NOT_RETRYABLE' });
      await complete(id, 1);
      const other = await create();
      const { task } = await retry();
      expect(task).toMatchObject({
        status: 'waiting',
        options: { top: 7, width: 1200 },
        attempts: 0,
        result: null,
        finishedAt: null,
      });
      expect((await lease(2)).map(({ task, attempt }) => [task.id, attempt])).toEqual([
        [other.id, 1],
        [id, 2],
      ]);
    });

    it('options that do not fit each other – refused, at once and with a retry', async () => {
      const wrong = { code: 'INVALID_INPUT', errors: [{ field: 'colorBy', value: 'image' }] };
      await expect(create({ options: { ...DEFAULT_OPTIONS, colorBy: 'image' } })).rejects.toMatchObject(wrong);
      const { id: taskId } = await create();
      await lease();
      await complete(taskId, 1);
      const retry = service.client.retryTask({
        params: { taskId },
        query: ADA,
        body: { options: { colorBy: 'image' } },
      });
      await expect(retry).rejects.toMatchObject(wrong);
      expect(await get(taskId)).toMatchObject({ status: 'succeeded', options: { colorBy: 'random' } });
      const masked = await create({ options: { ...DEFAULT_OPTIONS, colorBy: 'image' }, maskKey: 'tasks/x/mask' });
      expect(masked.options.colorBy).toBe('image');
    });

    it('a second text – kept with its name, through every attempt and retry', async () => {
      const { id, ...task } = await create({ compare: { key: 'tasks/t/compare', title: 'b.txt' } });
      const second = { compareKey: 'tasks/t/compare', comparedWith: 'b.txt' };
      expect(task).toMatchObject(second);
      expect(await lease()).toMatchObject([{ task: second }]);
      await complete(id, 1);
      const retry = { params: { taskId: id }, query: ADA, body: { options: {} } };
      expect(await service.client.retryTask(retry)).toMatchObject({ task: second });
      expect(await create()).toMatchObject({ compareKey: null, comparedWith: null });
    });

    it('pictures from before layouts were kept – tell that they have none', async () => {
      const { id } = await create();
      await lease();
      const { layout: _layout, ...result } = OUTCOME.result;
      await service.client.completeTask({ params: { taskId: id, attempt: 1 }, body: { ...OUTCOME, result } });
      expect(await get(id)).toMatchObject({ result: { ...result, layout: null } });
    });

    it('a preview – shown while the attempt that has it lasts', async () => {
      const { id } = await create();
      await lease();
      const report = (attempt: number, stage: 'layout' | 'drawing', previewKey?: string) =>
        service.client.reportProgress({
          params: { taskId: id, attempt },
          body: { progress: { stage, percent: 80 }, ...(previewKey && { previewKey }) },
        });
      await report(1, 'layout');
      expect(await get(id)).toMatchObject({ previewKey: null });
      await report(1, 'layout', 'tasks/t/1/preview.png');
      await report(1, 'drawing');
      expect(await get(id)).toMatchObject({ status: 'processing', previewKey: 'tasks/t/1/preview.png' });
      await fail(id, 1, 'later');
      expect(await get(id)).toMatchObject({ status: 'waiting', previewKey: null });
      clock.now += 60_000;
      await service.queue.sweep();
      expect(await lease()).toMatchObject([{ attempt: 2, task: { previewKey: null } }]);
      expect(await get(id)).toMatchObject({ status: 'processing', previewKey: null });
      await expect(report(1, 'layout', 'tasks/t/1/preview.png')).rejects.toMatchObject({ code: 'STALE_ATTEMPT' });
      await report(2, 'layout', 'tasks/t/2/preview.png');
      await complete(id, 2);
      expect(await get(id)).toMatchObject({ status: 'succeeded', previewKey: null });
    });

    it('a recorded request – told to whoever leases, with each attempt; not to owners', async () => {
      const [trace, other] = ['a', 'b'].map((digit) => `00-${digit.repeat(32)}-${'c'.repeat(16)}-01`);
      const { id } = await create({ trace: trace! });
      const [first] = await lease();
      expect(first!.trace).toBe(trace);
      expect(JSON.stringify(await get(id))).not.toContain(trace);
      await fail(id, 1, 'later');
      clock.now += 60_000;
      await service.queue.sweep();
      expect((await lease())[0]!.trace).toBe(trace);
      await complete(id, 2);
      const retry = { params: { taskId: id }, query: ADA };
      await service.client.retryTask({ ...retry, body: { options: {}, trace: other! } });
      expect((await lease())[0]!.trace).toBe(other);
      await complete(id, 3);
      await service.client.retryTask({ ...retry, body: { options: {} } });
      expect((await lease())[0]).not.toHaveProperty('trace');
    });

    it('a request that is not recorded – nothing is told; one that is none – refused', async () => {
      await create();
      expect((await lease())[0]).not.toHaveProperty('trace');
      for (const trace of ['', 'x', `00-${'a'.repeat(32)}-${'c'.repeat(16)}-00`]) {
        await expect(create({ trace })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
      }
    });

    it('tasks from before traces and some options were kept – still there, with defaults, and made', async () => {
      const before = freshUrl();
      const [[name, first]] = Object.entries(migrations) as [[string, Migration]];
      const database = await openDatabase<TaskSchema>({ url: before, migrations: { [name]: first } });
      const {
        trace: _trace,
        preview_key: _preview,
        compare_key: _key,
        compare_title: _title,
        ...row
      } = rowOf('018f0000-0000-7000-8000-000000000001');
      row.options = JSON.stringify({ top: 9, seed: 3 });
      await database.db
        .insertInto('task')
        .values(row as TaskRow)
        .execute();
      await database.close();
      const instance = await startInstance(before, clock);
      others.push(instance);
      expect(await lease(1, instance)).toMatchObject([
        {
          attempt: 1,
          task: {
            id: row.id,
            title: 'old',
            compareKey: null,
            comparedWith: null,
            options: { ...DEFAULT_OPTIONS, top: 9, seed: 3 },
          },
        },
      ]);
    });

    it('deletion – while it is being worked on – later writes find nothing', async () => {
      const { id } = await create();
      await lease();
      await service.client.deleteTask({ params: { taskId: id }, query: ADA });
      await expect(complete(id, 1)).rejects.toMatchObject({ code: 'NOT_FOUND' });
      await expect(get(id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    });

    it('listing – newest first, pages without overlap, filters, titles in any script', async () => {
      const titles = ['Alpha 1%', 'alpha_2', '呐喊', 'Straße', 'beta'];
      for (const title of titles) await create({ title });
      await lease();
      const list = async (query: object) =>
        (await service.client.listTasks({ query: { ...ADA, page: 1, pageSize: 10, ...query } })) as {
          items: { title: string }[];
          total: number;
        };
      const titlesOf = async (query: object) => (await list(query)).items.map(({ title }) => title);
      expect(await titlesOf({})).toEqual(titles.toReversed());
      expect(await titlesOf({ page: 2, pageSize: 2 })).toEqual(['呐喊', 'alpha_2']);
      expect(await list({ page: 9, pageSize: 2 })).toMatchObject({ items: [], total: 5, page: 9 });
      expect(await titlesOf({ q: 'ALPHA' })).toEqual(['alpha_2', 'Alpha 1%']);
      expect(await titlesOf({ q: '%' })).toEqual(['Alpha 1%']);
      expect(await titlesOf({ q: '_' })).toEqual(['alpha_2']);
      expect(await titlesOf({ q: '喊' })).toEqual(['呐喊']);
      expect(await titlesOf({ status: 'processing' })).toEqual(['Alpha 1%']);
    });

    it('changes – in order, each task once with its state of now, by owner if wished', async () => {
      const { client } = service;
      const { cursor: start } = await client.listChanges({ query: { limit: 10, waitMs: 0 } });
      const mine = await create();
      const theirs = await create({ ownerId: 'eve' });
      await lease();
      await client.deleteTask({ params: { taskId: theirs.id }, query: { ownerId: 'eve' } });
      const all = await client.listChanges({ query: { after: start, limit: 10, waitMs: 0 } });
      expect(all.changes.map(({ taskId, task }) => [taskId, task?.status])).toEqual([
        [mine.id, 'processing'],
        [theirs.id, undefined],
      ]);
      const own = await client.listChanges({ query: { after: start, limit: 10, waitMs: 0, ownerId: 'ada' } });
      expect(own.changes.map(({ taskId }) => taskId)).toEqual([mine.id]);
      expect(own.cursor).toBe(all.cursor);
    });

    it('changes – under eight writers on two instances – a follower misses none', async () => {
      const other = await secondInstance();
      const created: string[] = [];
      const write = async ({ client }: TaskService) => {
        for (let i = 0; i < 5; i++) created.push((await client.createTask({ body: newTask() })).task.id);
      };
      const seen: number[] = [];
      const ids = new Set<string>();
      const writing = Promise.all([service, other, service, other, service, other, service, other].map(write));
      let cursor = 0;
      while (ids.size < 40) {
        const page = await service.client.listChanges({ query: { after: cursor, limit: 3, waitMs: 5_000 } });
        for (const change of page.changes) {
          seen.push(change.cursor);
          ids.add(change.taskId);
        }
        cursor = page.cursor;
      }
      await writing;
      expect(ids).toEqual(new Set(created));
      expect(seen).toEqual(seen.toSorted((a, b) => a - b));
    });

    it('changes – forgotten ones – a reader who comes too late is told', async () => {
      await create();
      clock.now += 1000;
      await service.tasks.forgetChanges(clock.now);
      await create();
      const read = (after: number) => service.client.listChanges({ query: { after, limit: 10, waitMs: 0 } });
      expect(await read(0)).toMatchObject({ gap: true, changes: [{ cursor: 2 }] });
      expect(await read(1)).toMatchObject({ gap: false, changes: [{ cursor: 2 }] });
    });

    it('closing – long polls are under way – they end at once', async () => {
      const lease = (waitMs: number) => service.client.leaseTasks({ body: { dispatcher: 'test', limit: 1, waitMs } });
      await lease(0);
      const waiting = lease(20_000);
      await fetch(`${service.origin}/healthz`);
      await service.server.close();
      await expect(waiting).resolves.toMatchObject({ leases: [] });
    });
  });
}
