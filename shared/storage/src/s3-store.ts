/** Objects on an S3 server, through MinIO's client. */
import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { contentTypeOf, DEFAULT_CONTENT_TYPE } from './content-type.ts';
import { StorageUnavailableError } from './errors.ts';
import { checkKey, checkPrefix } from './object-key.ts';
import { type ObjectStore, readAll, type StoredObject } from './object-store.ts';
import { createS3Client, PART_BYTES, type S3Client, type S3Settings } from './s3-client.ts';
import { translate } from './s3-errors.ts';
import { removeObjects } from './s3-remove.ts';
import { BodyError, uploadBytes, uploadStream } from './s3-upload.ts';

export type { S3Settings };

/**
 * @param random 0 to 1, for the pauses between tries
 * @throws StorageUnavailableError when the server does not answer or refuses the keys
 */
export async function openS3Store(settings: S3Settings, random: () => number = Math.random): Promise<ObjectStore> {
  const { bucket, region } = settings;
  const s3 = createS3Client(settings, random);
  const where = `the S3 server at ${new URL(settings.endpoint).host}`;
  /** What a caller gets to see of an error. */
  const seen = (error: unknown, key: string, signal?: AbortSignal) => {
    if (signal?.aborted) return signal.reason;
    return error instanceof BodyError ? error.cause : translate(error, key, where);
  };
  await ensureBucket(s3, bucket, region).catch((error) => {
    s3.close();
    throw seen(error, bucket);
  });

  const get = async (key: string, signal?: AbortSignal): Promise<StoredObject> => {
    checkKey(key);
    try {
      // What comes is the answer to the request; so size and tag are those of this body, with no second request.
      const body = (await s3.send(signal, (client) => client.getObject(bucket, key))) as IncomingMessage;
      const { 'content-length': bytes, 'content-type': contentType = contentTypeOf(key), etag = '' } = body.headers;
      return { body, bytes: Number(bytes), contentType, etag: etag.replaceAll('"', '') };
    } catch (error) {
      throw seen(error, key, signal);
    }
  };

  return {
    async put(key, body, { contentType = DEFAULT_CONTENT_TYPE, signal } = {}) {
      checkKey(key);
      const upload = { s3, bucket, key, headers: { 'Content-Type': contentType }, signal };
      try {
        if (!(body instanceof Uint8Array)) return await uploadStream(upload, body);
        const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
        return await (bytes.length > PART_BYTES
          ? uploadStream(upload, Readable.from([bytes]))
          : uploadBytes(upload, bytes));
      } catch (error) {
        throw seen(error, key, signal);
      }
    },

    get: (key, { signal } = {}) => get(key, signal),

    async getBytes(key, { maxBytes = Number.POSITIVE_INFINITY, signal } = {}) {
      const object = await get(key, signal);
      // Within: the object is too large, or the connection broke.
      return readAll(key, object, maxBytes).catch((error) => {
        throw object.bytes > maxBytes ? error : seen(error, key, signal);
      });
    },

    async deletePrefix(prefix) {
      checkPrefix(prefix);
      try {
        return await removeObjects(s3, bucket, prefix);
      } catch (error) {
        throw seen(error, prefix);
      }
    },

    async check() {
      const isThere = await s3
        .send(undefined, (client) => client.bucketExists(bucket))
        .catch((error) => {
          throw seen(error, bucket);
        });
      if (!isThere) throw new StorageUnavailableError(`The bucket ${bucket} on ${where} is gone.`);
    },
    close: async () => s3.close(),
  };
}

/** Several processes may start at once: who comes second finds it made. */
function ensureBucket(s3: S3Client, bucket: string, region: string): Promise<void> {
  return s3.send(undefined, async (client) => {
    if (await client.bucketExists(bucket)) return;
    await client.makeBucket(bucket, region).catch((error: { code?: string }) => {
      if (error.code !== 'BucketAlreadyOwnedByYou' && error.code !== 'BucketAlreadyExists') throw error;
    });
  });
}
