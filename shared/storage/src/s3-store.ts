/** Objects on an S3 server, through MinIO's client. */
import { type Readable, Transform } from 'node:stream';
import { Client } from 'minio';
import { ObjectNotFoundError, StorageUnavailableError } from './errors.ts';
import { checkKey, checkPrefix, type ObjectStore, readAll, type StoredObject } from './object-store.ts';

export interface S3Settings {
  /** `http://host:port` or `https://host`. */
  endpoint: string;
  region: string;
  /** Made when it is missing. */
  bucket: string;
  accessKey: string;
  secretKey: string;
  /** The bucket in the path, not in the host name. */
  pathStyle: boolean;
}

/** A stream of unknown length is sent in parts of this size; each upload holds one in memory. */
const PART_BYTES = 8 * 1024 * 1024;

/** @throws StorageUnavailableError when the server does not answer or refuses the keys */
export async function openS3Store(settings: S3Settings): Promise<ObjectStore> {
  const { bucket, region, accessKey, secretKey, pathStyle } = settings;
  const url = new URL(settings.endpoint);
  const client = new Client({
    endPoint: url.hostname,
    ...(url.port && { port: Number(url.port) }),
    useSSL: url.protocol === 'https:',
    accessKey,
    secretKey,
    region,
    pathStyle,
    partSize: PART_BYTES,
  });
  const where = `the S3 server at ${url.host}`;
  const failWith = (key: string) => (cause: unknown) => {
    throw translate(cause, key, where);
  };
  await ensureBucket(client, bucket, region).catch(failWith(bucket));

  const get = async (key: string): Promise<StoredObject> => {
    const { size, etag } = await client.statObject(bucket, checkKey(key)).catch(failWith(key));
    const body = await client.getObject(bucket, key).catch(failWith(key));
    return { body, bytes: size, etag };
  };

  return {
    async put(key, body, { contentType = 'application/octet-stream', signal } = {}) {
      checkKey(key);
      signal?.throwIfAborted();
      const headers = { 'Content-Type': contentType };
      if (body instanceof Uint8Array) {
        const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
        await client.putObject(bucket, key, bytes, bytes.length, headers).catch(failWith(key));
        return { bytes: bytes.length };
      }
      const counted = countBytes(body);
      const abort = () => counted.stream.destroy(signal?.reason);
      signal?.addEventListener('abort', abort, { once: true });
      try {
        await client.putObject(bucket, key, counted.stream, undefined, headers);
        return { bytes: counted.bytes() };
      } catch (error) {
        throw counted.failure() ?? translate(error, key, where);
      } finally {
        signal?.removeEventListener('abort', abort);
      }
    },
    get,
    async getBytes(key, { maxBytes = Number.POSITIVE_INFINITY } = {}) {
      return readAll(key, await get(key), maxBytes);
    },
    async deletePrefix(prefix) {
      const names: string[] = [];
      try {
        for await (const { name } of client.listObjectsV2(bucket, checkPrefix(prefix), true))
          if (name) names.push(name);
        if (names.length > 0) await client.removeObjects(bucket, names);
      } catch (error) {
        throw translate(error, prefix, where);
      }
    },
    async check() {
      await client.bucketExists(bucket).catch(failWith(bucket));
    },
    close: async () => {},
  };
}

/** Several processes may start at once: who comes second finds it made. */
async function ensureBucket(client: Client, bucket: string, region: string): Promise<void> {
  if (await client.bucketExists(bucket)) return;
  await client.makeBucket(bucket, region).catch((error: { code?: string }) => {
    if (error.code !== 'BucketAlreadyOwnedByYou' && error.code !== 'BucketAlreadyExists') throw error;
  });
}

/** Counts what passes, and remembers why the source failed: the client would hide that. */
function countBytes(source: Readable) {
  let bytes = 0;
  let failure: Error | undefined;
  const stream = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      done(null, chunk);
    },
  });
  stream.once('error', (error) => {
    failure = error;
    source.destroy();
  });
  source.once('error', (error) => stream.destroy(error));
  source.pipe(stream);
  return { stream, bytes: () => bytes, failure: () => failure };
}

function translate(error: unknown, key: string, where: string): Error {
  const { code, message } = error as { code?: string; message?: string };
  if (code === 'NoSuchKey' || code === 'NotFound') return new ObjectNotFoundError(key, { cause: error });
  return new StorageUnavailableError(`${where} does not do what it should (${code ?? message ?? 'no answer'}).`, {
    cause: error,
  });
}
