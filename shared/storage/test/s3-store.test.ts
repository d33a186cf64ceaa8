/** What only the S3 store does: the bucket, parts, a server that is away, refuses or hangs. */
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { Client } from 'minio';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { FreshS3Settings } from '../../../scripts/test-servers/test-servers.ts';
import { openObjectStore, StorageUnavailableError } from '../src/index.ts';
import { openS3Store } from '../src/s3-store.ts';
import { freshS3Store, s3 } from './stores.ts';

/** A server that answers as the test wants. */
async function fakeServer(answer: RequestListener): Promise<FreshS3Settings> {
  const server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const keys = { accessKey: 'jack', secretKey: 's3cret-key' };
  return { kind: 's3', endpoint, region: 'us-east-1', bucket: 'test', pathStyle: true, ...keys };
}

describe.skipIf(s3.missing)(`S3 store${s3.note}`, () => {
  it('several processes start at once – all find the bucket', async () => {
    const settings = s3.freshSettings();
    const stores = await Promise.all(Array.from({ length: 8 }, () => openObjectStore(settings)));
    await stores[0]!.put('a', Buffer.from('x'));
    expect(await stores[7]!.getBytes('a')).toHaveLength(1);
    await Promise.all(stores.map((store) => store.close()));
  });

  it('a large upload that fails – leaves no parts on the server', async () => {
    const settings = s3.freshSettings();
    const store = await openObjectStore(settings);
    const client = clientOf(settings);
    async function* broken() {
      yield Buffer.alloc(17 * 1024 * 1024);
      await expect.poll(() => incompleteUploads(client, settings.bucket)).toEqual(['tasks/1/source']);
      throw new Error('the sender hung up');
    }
    await expect(store.put('tasks/1/source', Readable.from(broken()))).rejects.toThrow('the sender hung up');
    expect(await incompleteUploads(client, settings.bucket)).toEqual([]);
  });

  it.each([
    ['bytes', (bytes: Buffer) => bytes],
    ['a stream', (bytes: Buffer) => Readable.from([bytes])],
  ])('%s for the key of an unfinished upload – does not take it over', async (_, bodyOf) => {
    const settings = s3.freshSettings();
    const store = await openObjectStore(settings);
    const client = clientOf(settings);
    await client.initiateNewMultipartUpload(settings.bucket, 'a', {});
    await store.put('a', bodyOf(Buffer.alloc(9 * 1024 * 1024)));
    expect(await incompleteUploads(client, settings.bucket)).toEqual(['a']);
  });

  it('wrong keys – refused at once, in words without the secret', async () => {
    const opening = openObjectStore({ ...s3.freshSettings(), secretKey: 'wrong-s3cret' });
    await expect(opening).rejects.toThrow(StorageUnavailableError);
    await expect(opening).rejects.toThrow(/^the S3 server at http:\/\/127.0.0.1:\d+ refuses: ((?!s3cret).)*$/);
  });

  it('the bucket is removed – check says so', async () => {
    const settings = s3.freshSettings();
    const store = await openObjectStore(settings);
    await clientOf(settings).removeBucket(settings.bucket);
    await expect(store.check()).rejects.toThrow(/bucket .* is gone/);
  });

  it('more than a thousand objects under a prefix – all are removed', async () => {
    const store = await freshS3Store();
    const keys = Array.from({ length: 1_010 }, (_, n) => `tasks/1/${n}`);
    for (let start = 0; start < keys.length; start += 50) {
      await Promise.all(keys.slice(start, start + 50).map((key) => store.put(key, Buffer.from('x'))));
    }
    expect(await store.deletePrefix('tasks/')).toBe(1_010);
    expect(await store.deletePrefix('tasks/')).toBe(0);
  });
});

describe('S3 store, troubled server', () => {
  it('nobody listens – gives up in the given time', async () => {
    const settings = { ...(await fakeServer(() => {})), endpoint: 'http://127.0.0.1:1' };
    const opening = openObjectStore(settings, { connectTimeoutMs: 100 });
    await expect(opening).rejects.toThrow(/S3 server at http:\/\/127.0.0.1:1 cannot be used .*ECONNREFUSED/);
  });

  it('the server goes away – StorageUnavailableError within two seconds', async () => {
    let isAway = false;
    const settings = await fakeServer((request, response) => {
      if (isAway) request.socket.destroy();
      else response.end();
    });
    const store = await openS3Store(settings);
    isAway = true;
    const startedAt = performance.now();
    await expect(store.check()).rejects.toThrow(StorageUnavailableError);
    await expect(store.put('a', Buffer.from('x'))).rejects.toMatchObject({ code: 'STORAGE_UNAVAILABLE' });
    expect(performance.now() - startedAt).toBeLessThan(4_000);
  });

  it.each([500, 503])('two answers %i, then a good one – the caller notices nothing', async (status) => {
    let requests = 0;
    const settings = await fakeServer((request, response) => {
      request.resume();
      if (request.method === 'PUT' && ++requests < 3) response.statusCode = status;
      response.setHeader('etag', '"tag"');
      response.end();
    });
    const store = await openS3Store(settings, () => 0);
    expect(await store.put('a', Buffer.from('x'))).toEqual({ bytes: 1, etag: 'tag' });
    expect(requests).toBe(3);
  });

  it.each([
    ['NoSuchKey', 1, 1],
    ['InternalError', 2, 2],
  ])('deletePrefix, one of two objects answers %s – removed all the same', async (code, listings, removed) => {
    let left = ['tasks/1', 'tasks/2'];
    let lists = 0;
    const settings = await fakeServer((request, response) => {
      request.resume();
      if (request.url?.includes('list-type=2')) {
        lists++;
        const objects = left.map((key) => `<Contents><Key>${key}</Key><Size>1</Size></Contents>`).join('');
        return response.end(`<ListBucketResult>${objects}</ListBucketResult>`);
      }
      if (request.method !== 'POST') return response.end();
      const failure = left.length === 2 ? `<Error><Key>tasks/2</Key><Code>${code}</Code></Error>` : '';
      left = left.slice(1);
      return response.end(`<DeleteResult>${failure}</DeleteResult>`);
    });
    const store = await openS3Store(settings, () => 0);
    expect(await store.deletePrefix('tasks/')).toBe(removed);
    expect(lists).toBe(listings);
  });

  it('deletePrefix, one of the objects may not be removed – StorageUnavailableError at once', async () => {
    let lists = 0;
    const settings = await fakeServer((request, response) => {
      request.resume();
      if (request.url?.includes('list-type=2')) {
        lists++;
        return response.end(
          '<ListBucketResult><Contents><Key>tasks/1</Key><Size>1</Size></Contents></ListBucketResult>',
        );
      }
      if (request.method !== 'POST') return response.end();
      return response.end('<DeleteResult><Error><Key>tasks/1</Key><Code>AccessDenied</Code></Error></DeleteResult>');
    });
    const store = await openS3Store(settings, () => 0);
    await expect(store.deletePrefix('tasks/')).rejects.toThrow(/AccessDenied: 1 of 1 objects could not be removed/);
    expect(lists).toBe(1);
  });

  it('a connection that breaks in the middle of an object – StorageUnavailableError', async () => {
    const settings = await fakeServer((request, response) => {
      if (request.method !== 'GET') return response.end();
      response.setHeader('content-length', 100);
      response.write('first half');
      return setImmediate(() => response.destroy());
    });
    const store = await openS3Store(settings);
    await expect(store.getBytes('a')).rejects.toThrow(StorageUnavailableError);
  });

  it('a server that hangs – the signal ends the waiting at once', async () => {
    const settings = await fakeServer((request, response) => {
      if (request.method !== 'GET') response.end();
    });
    const store = await openS3Store(settings);
    const reason = new Error('deadline');
    const aborting = new AbortController();
    const reading = store.get('a', { signal: aborting.signal });
    setImmediate(() => aborting.abort(reason));
    await expect(reading).rejects.toBe(reason);
  });
});

function clientOf(settings: FreshS3Settings): Client {
  const { hostname, port } = new URL(settings.endpoint);
  return new Client({ ...settings, endPoint: hostname, port: Number(port), useSSL: false });
}

async function incompleteUploads(client: Client, bucket: string): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of client.listIncompleteUploads(bucket, '', true)) keys.push(key);
  return keys;
}
