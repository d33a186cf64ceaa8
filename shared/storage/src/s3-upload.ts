/**
 * Sends a stream of unknown length to S3: in one request while it fits into one part, else as a multipart upload.
 *
 * Not the client's own way: that continues any unfinished upload of the same key, so two writers could mix, and leaves
 * the parts behind when the stream fails.
 */
import type { Readable } from 'node:stream';
import { PART_BYTES, type S3Client } from './s3-client.ts';

export interface Upload {
  s3: S3Client;
  bucket: string;
  key: string;
  headers: Record<string, string>;
  signal: AbortSignal | undefined;
}

/**
 * @throws BodyError when the body fails, else the error of the request; nothing is left on the server
 */
export async function uploadStream(upload: Upload, body: Readable): Promise<{ bytes: number; etag: string }> {
  const parts = inParts(body, upload.signal);
  try {
    const first = await parts.next();
    const head = first.value ?? Buffer.alloc(0);
    const second = first.done ? first : await parts.next();
    if (second.done) return await uploadBytes(upload, head);
    return await uploadParts(upload, head, second.value, parts);
  } finally {
    await parts.return(undefined);
    body.destroy();
  }
}

/** In one request. More than a part the client would send in its own way. */
export async function uploadBytes(upload: Upload, bytes: Buffer): Promise<{ bytes: number; etag: string }> {
  const { s3, bucket, key, headers, signal } = upload;
  const { etag } = await s3.send(signal, (client) => client.putObject(bucket, key, bytes, bytes.length, headers));
  return { bytes: bytes.length, etag };
}

async function uploadParts(upload: Upload, first: Buffer, second: Buffer, rest: AsyncIterable<Buffer>) {
  const { s3, bucket, key, headers, signal } = upload;
  const id = await s3.send(signal, (client) => client.initiateNewMultipartUpload(bucket, key, headers));
  try {
    const etags: { part: number; etag: string }[] = [];
    let bytes = 0;
    const sendPart = async (payload: Buffer) => {
      const part = { bucketName: bucket, objectName: key, uploadID: id, partNumber: etags.length + 1, headers: {} };
      const { etag } = await s3.send(signal, (client) => client.uploadPart(part, payload));
      etags.push({ part: part.partNumber, etag });
      bytes += payload.length;
    };
    await sendPart(first);
    await sendPart(second);
    for await (const payload of rest) await sendPart(payload);
    const { etag } = await s3.send(signal, (client) => client.completeMultipartUpload(bucket, key, id, etags));
    return { bytes, etag };
  } catch (error) {
    // Without the signal, which may be the reason. If this fails, too, the server's own rules remove the parts some day.
    await s3.send(undefined, (client) => client.abortMultipartUpload(bucket, key, id)).catch(() => undefined);
    throw error;
  }
}

/** The stream failed, not the store. */
export class BodyError extends Error {
  override readonly name = 'BodyError';
}

/** Chunks put together to parts of equal size; the last may be smaller. */
async function* inParts(body: Readable, signal: AbortSignal | undefined): AsyncGenerator<Buffer, undefined> {
  let chunks: Buffer[] = [];
  let length = 0;
  const stop = () => body.destroy(signal?.reason);
  signal?.addEventListener('abort', stop, { once: true });
  try {
    for await (const chunk of body) {
      // A stream of text gives strings, as a file takes them, too.
      let left = typeof chunk === 'string' ? Buffer.from(chunk) : (chunk as Buffer);
      while (length + left.length >= PART_BYTES) {
        const taken = PART_BYTES - length;
        yield Buffer.concat([...chunks, left.subarray(0, taken)]);
        left = left.subarray(taken);
        chunks = [];
        length = 0;
      }
      chunks.push(left);
      length += left.length;
    }
  } catch (cause) {
    throw new BodyError('The body failed.', { cause });
  } finally {
    signal?.removeEventListener('abort', stop);
  }
  if (length > 0) yield Buffer.concat(chunks);
  return undefined;
}
