/** An S3 server of the tests' own: Versity's S3 gateway over a new folder, on a free port. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type ChildServer, freePort, startChild, temporaryFolder } from './child-server.ts';
import { findProgram, MissingServerError } from './find-program.ts';

export interface S3Address {
  /** `http://127.0.0.1:port` */
  endpoint: string;
  accessKey: string;
  secretKey: string;
}

/** Where install.sh puts what it builds. */
const BUILT = join(import.meta.dirname, '../../.cache/test-servers');

/** @throws MissingServerError when the server has not been built */
export async function startS3(): Promise<S3Address & ChildServer> {
  const server = findProgram('versitygw', [BUILT]) ?? findProgram('versitygw');
  if (server === undefined) {
    throw new MissingServerError(
      'the S3 server versitygw is missing: install Go and run sh scripts/test-servers/install.sh, or set TEST_S3_ENDPOINT',
    );
  }
  const folder = await temporaryFolder('s3');
  const [buckets, sidecar] = [join(folder, 'buckets'), join(folder, 'sidecar')];
  await Promise.all([mkdir(buckets), mkdir(sidecar)]);
  const port = await freePort();
  const endpoint = `http://127.0.0.1:${port}`;
  const [accessKey, secretKey] = ['tests', 'tests-secret-key'];
  const command = [server, '--quiet', '--port', `127.0.0.1:${port}`, '--access', accessKey, '--secret', secretKey];
  // A sidecar, since a temporary folder may lie on a file system without extended attributes.
  const child = await startChild([...command, 'posix', '--sidecar', sidecar, buckets], folder, async () => {
    await fetch(endpoint);
  });
  return { endpoint, accessKey, secretKey, stop: child.stop };
}
