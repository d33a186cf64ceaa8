import { describe, expect, it } from 'vitest';
import { parseDatabaseUrl } from './database-url.ts';
import { StorageUnavailableError } from './errors.ts';

describe('parseDatabaseUrl', () => {
  it.each([
    ['sqlite:/data/task.db', '/data/task.db'],
    ['sqlite:./task.db', './task.db'],
    ['sqlite::memory:', ':memory:'],
  ])('%s – is SQLite', (url, path) => {
    expect(parseDatabaseUrl(url)).toEqual({ kind: 'sqlite', path, name: `the database ${path}` });
  });

  it('a MySQL URL – is named without user and password', () => {
    const address = parseDatabaseUrl('mysql://jack:s3cret@db.example:3307/tasks');
    expect(address).toMatchObject({ kind: 'mysql', name: 'the database tasks at db.example:3307' });
  });

  it.each([
    ['', 'DISABLED'],
    ['?ssl-mode=DISABLED', 'DISABLED'],
    ['?ssl-mode=REQUIRED', 'REQUIRED'],
    ['?ssl-mode=VERIFY_IDENTITY', 'VERIFY_IDENTITY'],
  ])('a MySQL URL that ends with "%s" – encrypted as that says', (end, tls) => {
    expect(parseDatabaseUrl(`mysql://jack@db/tasks${end}`)).toMatchObject({ tls });
  });

  it.each([
    '',
    'sqlite:',
    'mysql:',
    'mysql://jack:s3cret@db',
    'mysql://jack:s3cret@db/',
    'mysql://jack:s3cret@db/a/b',
    'mysql://jack:s3cret@db/tasks?ssl=true',
    'mysql://jack:s3cret@db/tasks?ssl-mode=PREFERRED',
    'mysql://jack:s3cret@db/tasks?ssl-mode=REQUIRED&ssl=false',
    'mysql://jack:s3cret@db/tasks#x',
    'mysql://jack:s3cret%zz@db/tasks',
    'mysql://jack:s3cret@db/tasks%zz',
    'postgres://jack:s3cret@db/x',
    'jack:s3cret@db/tasks',
  ])('a wrong URL "%s" – is refused without repeating it', (url) => {
    expect(() => parseDatabaseUrl(url)).toThrow(StorageUnavailableError);
    expect(() => parseDatabaseUrl(url)).toThrow(/^((?!s3cret).)*must be like((?!s3cret).)*$/);
  });
});
