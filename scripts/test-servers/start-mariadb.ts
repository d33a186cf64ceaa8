/** A MariaDB server of the tests' own: new data, a free port, no durability, a certificate that nobody has to trust. */
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createConnection } from 'mysql2/promise';
import { type ChildServer, freePort, startChild, temporaryFolder } from './child-server.ts';
import { findProgram, MissingServerError } from './find-program.ts';

export interface MariaDb extends ChildServer {
  /** `mysql://user:password@127.0.0.1:port`, of a user that may do everything. */
  url: string;
}

/** With characters that a URL must escape. */
const PASSWORD = 'p@ss/w:rd';

/** @throws MissingServerError when MariaDB is not installed */
export async function startMariaDb(): Promise<MariaDb> {
  const server = findProgram('mariadbd');
  const install = findProgram('mariadb-install-db');
  if (server === undefined || install === undefined) {
    throw new MissingServerError(
      'MariaDB is missing: install mariadb-server (Debian: sudo sh scripts/test-servers/install.sh) or set TEST_MYSQL_URL',
    );
  }
  const folder = await temporaryFolder('mariadb');
  const { username } = userInfo();
  const data = [`--datadir=${join(folder, 'data')}`, `--user=${username}`];
  await promisify(execFile)(install, [
    '--no-defaults',
    ...data,
    '--auth-root-authentication-method=normal',
    '--skip-test-db',
  ]);
  const users = join(folder, 'users.sql');
  // One statement a line.
  await writeFile(
    users,
    `create user 'tests'@'%' identified by '${PASSWORD}';\ngrant all on *.* to 'tests'@'%' with grant option;\n`,
  );
  const certificate = [
    '-subj',
    '/CN=127.0.0.1',
    '-keyout',
    join(folder, 'key.pem'),
    '-out',
    join(folder, 'certificate.pem'),
  ];
  await promisify(execFile)('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', ...certificate]);
  const port = await freePort();
  const url = `mysql://tests:${encodeURIComponent(PASSWORD)}@127.0.0.1:${port}`;
  const command = [
    server,
    '--no-defaults',
    ...data,
    `--socket=${join(folder, 'socket')}`,
    `--pid-file=${join(folder, 'pid')}`,
    `--port=${port}`,
    '--bind-address=127.0.0.1',
    '--skip-name-resolve',
    `--ssl-cert=${join(folder, 'certificate.pem')}`,
    `--ssl-key=${join(folder, 'key.pem')}`,
    `--init-file=${users}`,
    '--character-set-server=utf8mb4',
    '--max-connections=500',
    '--innodb-flush-log-at-trx-commit=0',
    '--innodb-flush-method=nosync',
    '--innodb-doublewrite=0',
    '--innodb-buffer-pool-size=64M',
  ];
  const child = await startChild(command, folder, async () => {
    const connection = await createConnection({ uri: url, connectTimeout: 2_000 });
    await connection.end();
  });
  return { url, stop: child.stop };
}
