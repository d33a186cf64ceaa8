/** What every object store does: the same tests against a folder and an S3 server. */
import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer, text } from 'node:stream/consumers';
import { setImmediate as tick } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { InvalidKeyError, ObjectNotFoundError, ObjectTooLargeError } from '../src/index.ts';
import { freshFolderStore, freshS3Store, s3 } from './stores.ts';

/** More than two parts of a multipart upload, not a multiple of one. */
const LARGE = randomBytes(20 * 1024 * 1024 + 7);

function* inChunks(bytes: Buffer, size = 65_536 - 1) {
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size);
}

const stores = [
  { name: 'folder', fresh: freshFolderStore, missing: false },
  { name: `S3${s3.note}`, fresh: freshS3Store, missing: s3.missing },
];

describe.for(stores)('object store on $name', ({ fresh, missing }) => {
  describe.skipIf(missing)('contract', () => {
    it('put bytes – get – the same with size, type and tag', async () => {
      const store = await fresh();
      const put = await store.put('tasks/1/image.png', Buffer.from('picture'), { contentType: 'image/png' });
      const { body, ...rest } = await store.get('tasks/1/image.png');
      expect(await text(body)).toBe('picture');
      expect(rest).toEqual({ bytes: 7, contentType: 'image/png', etag: put.etag });
      expect(put).toEqual({ bytes: 7, etag: expect.stringMatching(/^[\w-]+$/) });
    });

    it('put without a type – get – says that it is bytes', async () => {
      const store = await fresh();
      await store.put('tasks/1/source', Buffer.from('x'));
      const { body, contentType } = await store.get('tasks/1/source');
      body.destroy();
      expect(contentType).toBe('application/octet-stream');
    });

    it.for([0, 1, 65_536, 8 * 1024 * 1024, 8 * 1024 * 1024 + 1, LARGE.length])(
      'put a stream of %i bytes – getBytes – the same bytes',
      async (size) => {
        const store = await fresh();
        const bytes = LARGE.subarray(0, size);
        const put = await store.put('a', Readable.from(inChunks(bytes)));
        expect(put.bytes).toBe(size);
        expect((await store.get('a').then(({ body }) => buffer(body))).equals(bytes)).toBe(true);
        expect(Buffer.from(await store.getBytes('a')).equals(bytes)).toBe(true);
      },
    );

    it('put more bytes than fit into one part – getBytes – the same bytes', async () => {
      const store = await fresh();
      expect((await store.put('a', new Uint8Array(LARGE))).bytes).toBe(LARGE.length);
      expect(Buffer.from(await store.getBytes('a')).equals(LARGE)).toBe(true);
    });

    it('put a stream of text – stores it as UTF-8', async () => {
      const store = await fresh();
      expect(await store.put('a', Readable.from(['词', '云']))).toMatchObject({ bytes: 6 });
      expect(await text((await store.get('a')).body)).toBe('词云');
    });

    it('put a view of a larger buffer – stores only the view', async () => {
      const store = await fresh();
      await store.put('a', new Uint8Array(Buffer.from('0123456789').buffer, 0, 0));
      await store.put('b', new TextEncoder().encode('0123456789').subarray(2, 5));
      expect(await text((await store.get('a')).body)).toBe('');
      expect(await text((await store.get('b')).body)).toBe('234');
    });

    it('put twice – the second replaces the first, with another tag', async () => {
      const store = await fresh();
      const first = await store.put('a/b', Buffer.from('one'));
      const second = await store.put('a/b', Buffer.from('two'));
      expect(await text((await store.get('a/b')).body)).toBe('two');
      expect(second.etag).not.toBe(first.etag);
    });

    it('many writers and readers of one key – every reader sees one whole object', async () => {
      const store = await fresh();
      const versions = [...'abcdefgh'].map((letter) => Buffer.alloc(300_000, letter));
      await store.put('a', versions[0]!);
      const writes = versions.map((version) => store.put('a', Readable.from(inChunks(version))));
      const reads = Array.from({ length: 16 }, async () => Buffer.from(await store.getBytes('a')));
      await Promise.all(writes);
      for (const read of await Promise.all(reads)) {
        expect(versions.some((version) => version.equals(read))).toBe(true);
      }
    });

    it('large streams to one key at once – one of them is stored, not a mixture', async () => {
      const store = await fresh();
      const versions = ['x', 'y'].map((letter) => Buffer.alloc(9 * 1024 * 1024, letter));
      await Promise.all(versions.map((version) => store.put('a', Readable.from(inChunks(version)))));
      const stored = Buffer.from(await store.getBytes('a'));
      expect(versions.some((version) => version.equals(stored))).toBe(true);
    });

    it.for([100, 10 * 1024 * 1024])(
      'a stream that fails after %i bytes – its own error, and nothing is stored',
      async (size) => {
        const store = await fresh();
        async function* broken() {
          yield LARGE.subarray(0, size);
          await tick();
          throw new Error('the sender hung up');
        }
        await expect(store.put('tasks/1/source', Readable.from(broken()))).rejects.toThrow('the sender hung up');
        await expect(store.get('tasks/1/source')).rejects.toThrow(ObjectNotFoundError);
        expect(await store.deletePrefix('tasks/')).toBe(0);
      },
    );

    it('a stream that fails over an object – the object stays', async () => {
      const store = await fresh();
      await store.put('a', Buffer.from('before'));
      await expect(store.put('a', Readable.from(failing()))).rejects.toThrow('broken');
      expect(await text((await store.get('a')).body)).toBe('before');
    });

    it.for([100, 10 * 1024 * 1024])('aborted after %i bytes – the reason, and nothing is stored', async (size) => {
      const store = await fresh();
      const aborting = new AbortController();
      const reason = new Error('the client left');
      const body = new Readable({ read() {} });
      const putting = store.put('tasks/1/source', body, { signal: aborting.signal });
      body.push(LARGE.subarray(0, size));
      await tick();
      aborting.abort(reason);
      await expect(putting).rejects.toBe(reason);
      expect(body.destroyed).toBe(true);
      await expect(store.get('tasks/1/source')).rejects.toThrow(ObjectNotFoundError);
    });

    it('a signal that is aborted already – nothing is done', async () => {
      const store = await fresh();
      const signal = AbortSignal.abort(new Error('too late'));
      await store.put('a', Buffer.from('x'));
      await expect(store.put('b', Buffer.from('x'), { signal })).rejects.toThrow('too late');
      await expect(store.put('b', Readable.from(inChunks(LARGE)), { signal })).rejects.toThrow('too late');
      await expect(store.get('a', { signal })).rejects.toThrow('too late');
      await expect(store.getBytes('a', { signal })).rejects.toThrow('too late');
      await expect(store.get('b')).rejects.toThrow(ObjectNotFoundError);
    });

    it('a body whose reading is aborted – ends with an error', async () => {
      const store = await fresh();
      await store.put('a', LARGE);
      const aborting = new AbortController();
      const { body } = await store.get('a', { signal: aborting.signal });
      const reading = buffer(body);
      aborting.abort();
      await expect(reading).rejects.toThrow();
    });

    it('a missing object – get and getBytes – ObjectNotFoundError with the key', async () => {
      const store = await fresh();
      await expect(store.get('tasks/1/none')).rejects.toThrow(new ObjectNotFoundError('tasks/1/none'));
      await expect(store.getBytes('tasks/1/none')).rejects.toMatchObject({ code: 'OBJECT_NOT_FOUND' });
    });

    it('a folder of objects – is no object', async () => {
      const store = await fresh();
      await store.put('tasks/1/a', Buffer.from('x'));
      await expect(store.getBytes('tasks/1')).rejects.toThrow(ObjectNotFoundError);
    });

    it('getBytes with a bound – at the bound it reads, above it ObjectTooLargeError', async () => {
      const store = await fresh();
      await store.put('a', Buffer.from('12345'));
      expect(await store.getBytes('a', { maxBytes: 5 })).toHaveLength(5);
      await expect(store.getBytes('a', { maxBytes: 4 })).rejects.toThrow(ObjectTooLargeError);
    });

    it('deletePrefix – removes what is below and counts it, leaves the neighbours, can be repeated', async () => {
      const store = await fresh();
      const keys = [
        'tasks/1/source',
        'tasks/1/2/image.png',
        'tasks/1/2/image.svg',
        'tasks/10/source',
        'tasks/2/source',
      ];
      for (const key of keys) await store.put(key, Buffer.from(key));
      expect(await store.deletePrefix('tasks/1/')).toBe(3);
      expect(await store.deletePrefix('tasks/1/')).toBe(0);
      await expect(store.get('tasks/1/source')).rejects.toThrow(ObjectNotFoundError);
      expect(await text((await store.get('tasks/10/source')).body)).toBe('tasks/10/source');
      expect(await store.deletePrefix('tasks/')).toBe(2);
    });

    it('putting while the prefix is being removed – works', async () => {
      const store = await fresh();
      const putting = Array.from({ length: 20 }, (_, n) => store.put(`tasks/1/${n}`, Buffer.from('x')));
      const removing = Array.from({ length: 20 }, () => store.deletePrefix('tasks/1/'));
      await Promise.all([...putting, ...removing]);
      await store.deletePrefix('tasks/1/');
      expect(await store.deletePrefix('tasks/')).toBe(0);
    });

    it.for(['', '/a', '../a', 'a/../../b', 'a b', 'a/'])('the key "%s" – is refused everywhere', async (key) => {
      const store = await fresh();
      await expect(store.put(key, Buffer.from('x'))).rejects.toThrow(InvalidKeyError);
      await expect(store.get(key)).rejects.toThrow(InvalidKeyError);
      await expect(store.getBytes(key)).rejects.toThrow(InvalidKeyError);
      await expect(store.deletePrefix(`${key}/`)).rejects.toThrow(InvalidKeyError);
    });

    it('check – a store in order – says nothing', async () => {
      const store = await fresh();
      await expect(store.check()).resolves.toBeUndefined();
    });
  });
});

// biome-ignore lint/correctness/useYield: it fails before
async function* failing() {
  await tick();
  throw new Error('broken');
}
