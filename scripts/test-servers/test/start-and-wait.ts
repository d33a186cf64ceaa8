/** Starts a server that does nothing, tells the parent its folder and process id, and waits to be killed. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startChild, temporaryFolder } from '../child-server.ts';

const folder = await temporaryFolder('child');
const pidFile = join(folder, 'pid');
await startChild(['sh', '-c', 'echo $$ >"$1"; exec sleep 600', 'sh', pidFile], folder, async () => {
  const pid = Number(await readFile(pidFile, 'utf8'));
  if (!pid) throw new Error('no process id yet');
  process.send?.({ folder, pid });
});
setInterval(() => {}, 60_000);
