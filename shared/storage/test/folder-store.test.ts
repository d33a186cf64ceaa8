/** What only the folder store does: files, links, what dead processes left. */
import { mkdir, readdir, readFile, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { ObjectNotFoundError, openObjectStore, StorageUnavailableError } from '../src/index.ts';
import { freshFolder } from './stores.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

async function freshStore() {
  const folder = await freshFolder();
  return { folder, store: await openObjectStore({ kind: 'folder', folder }) };
}

/** All files and folders but those that are always there. */
const contents = async (folder: string) =>
  (await readdir(folder, { recursive: true })).filter((name) => name !== '~unfinished').sort();

describe('folder store', () => {
  it('put – the object is a plain file under its key, and nothing else is left', async () => {
    const { folder, store } = await freshStore();
    await store.put('tasks/1/image.svg', Readable.from([Buffer.from('<svg/>')]));
    expect(await contents(folder)).toEqual(['tasks', 'tasks/1', 'tasks/1/image.svg']);
    expect(await readFile(join(folder, 'tasks/1/image.svg'), 'utf8')).toBe('<svg/>');
    const { body, contentType } = await store.get('tasks/1/image.svg');
    body.destroy();
    expect(contentType).toBe('image/svg+xml');
  });

  it('while a stream is being stored – no file under the key', async () => {
    const { folder, store } = await freshStore();
    const body = new Readable({ read() {} });
    const putting = store.put('a', body);
    body.push('first half');
    await expect.poll(() => readdir(join(folder, '~unfinished'))).toHaveLength(1);
    await expect(store.get('a')).rejects.toThrow(ObjectNotFoundError);
    body.push(null);
    await putting;
    expect(await contents(folder)).toEqual(['a']);
  });

  it('a stream that fails – no file at all', async () => {
    const { folder, store } = await freshStore();
    const body = new Readable({ read() {} });
    const putting = store.put('tasks/1/a', body);
    body.push('first half');
    body.destroy(new Error('broken'));
    await expect(putting).rejects.toThrow('broken');
    expect(await readdir(folder, { recursive: true })).toEqual(['~unfinished']);
  });

  it('deletePrefix – removes emptied folders, keeps the others', async () => {
    const { folder, store } = await freshStore();
    await store.put('tasks/1/2/a', Buffer.from('x'));
    await store.put('masks/1/a', Buffer.from('x'));
    await store.deletePrefix('tasks/1/2/');
    expect(await contents(folder)).toEqual(['masks', 'masks/1', 'masks/1/a']);
  });

  it('opened again – the objects are still there', async () => {
    const { folder, store } = await freshStore();
    const { etag } = await store.put('a', Buffer.from('kept'));
    await store.close();
    const again = await openObjectStore({ kind: 'folder', folder });
    const stored = await again.get('a');
    expect(await text(stored.body)).toBe('kept');
    expect(stored.etag).toBe(etag);
  });

  it('uploads of dead processes – removed after a day, those of living ones stay', async () => {
    const folder = await freshFolder();
    const unfinished = join(folder, '~unfinished');
    await mkdir(unfinished);
    await writeFile(join(unfinished, 'old'), 'x');
    await writeFile(join(unfinished, 'new'), 'x');
    const old = new Date(Date.now() - DAY_MS - 1000);
    await utimes(join(unfinished, 'old'), old, old);
    await openObjectStore({ kind: 'folder', folder });
    expect(await readdir(unfinished)).toEqual(['new']);
  });

  it('a link to a folder outside – is not followed by any operation', async () => {
    const { folder, store } = await freshStore();
    const outside = await freshFolder();
    await mkdir(join(outside, 'deep'));
    await writeFile(join(outside, 'deep/secret'), 'secret');
    await symlink(outside, join(folder, 'tasks'));
    await expect(store.get('tasks/deep/secret')).rejects.toThrow(/symbolic link/);
    await expect(store.put('tasks/deep/new', Buffer.from('x'))).rejects.toThrow(StorageUnavailableError);
    await expect(store.deletePrefix('tasks/deep/')).rejects.toThrow(StorageUnavailableError);
    expect(await contents(outside)).toEqual(['deep', 'deep/secret']);
  });

  it('a link in place of an object or of a folder to remove – what it points to stays', async () => {
    const { folder, store } = await freshStore();
    const outside = await freshFolder();
    await writeFile(join(outside, 'secret'), 'secret');
    await mkdir(join(folder, 'tasks'));
    await symlink(join(outside, 'secret'), join(folder, 'tasks/a'));
    await symlink(outside, join(folder, 'tasks/b'));
    await expect(store.get('tasks/a')).rejects.toThrow(StorageUnavailableError);
    await store.put('tasks/a', Buffer.from('replaced'));
    await store.deletePrefix('tasks/');
    expect(await readFile(join(outside, 'secret'), 'utf8')).toBe('secret');
  });

  it('the folder itself is a link – works', async () => {
    const outside = await freshFolder();
    const folder = join(await freshFolder(), 'link');
    await symlink(outside, folder);
    const store = await openObjectStore({ kind: 'folder', folder });
    await store.put('tasks/a', Buffer.from('x'));
    expect(await text((await store.get('tasks/a')).body)).toBe('x');
    expect(await store.deletePrefix('tasks/')).toBe(1);
  });

  it('an object where a folder is needed – says that the folder cannot do it', async () => {
    const { store } = await freshStore();
    await store.put('a', Buffer.from('x'));
    await expect(store.put('a/b', Buffer.from('x'))).rejects.toThrow(StorageUnavailableError);
    await expect(store.get('a/b')).rejects.toThrow(ObjectNotFoundError);
    expect(await store.deletePrefix('a/')).toBe(0);
  });

  it('a folder that cannot be made – says which and why', async () => {
    const folder = await freshFolder();
    await writeFile(join(folder, 'file'), '');
    const opening = openObjectStore({ kind: 'folder', folder: join(folder, 'file/objects') });
    await expect(opening).rejects.toThrow(/file\/objects, cannot be made: ENOTDIR/);
  });

  it('the folder vanished – check says so', async () => {
    const { folder, store } = await freshStore();
    await rm(folder, { recursive: true });
    await expect(store.check()).rejects.toThrow(StorageUnavailableError);
  });
});
