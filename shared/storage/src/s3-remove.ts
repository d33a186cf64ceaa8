/** Removes all objects below a prefix from S3, also while others store and remove there. */
import type { S3Client } from './s3-client.ts';

/** What the client gives for an object that was not removed; its types say otherwise. */
interface Failure {
  Code: string;
}

/** @returns how many were removed */
export async function removeObjects(s3: S3Client, bucket: string, prefix: string): Promise<number> {
  let removed = 0;
  await s3.send(undefined, async (client) => {
    const names: string[] = [];
    for await (const { name } of client.listObjectsV2(bucket, prefix, true)) if (name) names.push(name);
    // The answer is 200 even when some could not be removed; those are listed in it.
    const failures = (await client.removeObjects(bucket, names)) as unknown as Failure[];
    removed += names.length - failures.length;
    // Gone already: somebody else was faster.
    const [first, ...more] = failures.filter(({ Code }) => Code !== 'NoSuchKey');
    if (first === undefined) return;
    // With its code, so that what may pass is tried again, and only with what is still there.
    const message = `${1 + more.length} of ${names.length} objects could not be removed`;
    throw Object.assign(new Error(message), { code: first.Code });
  });
  return removed;
}
