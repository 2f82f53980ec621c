import { lstat, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { NotWritten, writeWhole } from './whole-file';

let folder = '';
beforeAll(async () => (folder = await mkdtemp(join(tmpdir(), 'statistyle-whole-'))));
afterAll(() => rm(folder, { recursive: true }));

test('a file is replaced, and nothing else is left', async () => {
  const path = join(folder, 'table.csv');
  await writeWhole(path, 'first');
  await writeWhole(path, 'second');
  expect(await readFile(path, 'utf8')).toBe('second');
  expect(await readdir(folder)).toEqual(['table.csv']);
});

test('what cannot be written is told in a sentence and leaves nothing behind', async () => {
  await mkdir(join(folder, 'taken'));
  await expect(writeWhole(join(folder, 'taken'), 'x')).rejects.toThrow(/taken cannot be written \(EISDIR\)/);
  await expect(writeWhole(join(folder, 'none', 'x.csv'), 'x')).rejects.toBeInstanceOf(NotWritten);
  expect(await readdir(folder)).toEqual(['table.csv', 'taken']);
});

test('a link stays one, and what it leads to is written', async () => {
  await writeFile(join(folder, 'far.csv'), 'old');
  await symlink(join(folder, 'far.csv'), join(folder, 'near.csv'));
  await writeWhole(join(folder, 'near.csv'), 'new');
  expect((await lstat(join(folder, 'near.csv'))).isSymbolicLink()).toBe(true);
  expect(await readFile(join(folder, 'far.csv'), 'utf8')).toBe('new');
});

test('a device is written to, and stays one', async () => {
  await writeWhole('/dev/null', 'x');
  await expect(writeWhole('/dev/full', 'x')).rejects.toThrow(
    '/dev/full cannot be written (ENOSPC); make room',
  );
  for (const path of ['/dev/null', '/dev/full']) expect((await stat(path)).isCharacterDevice()).toBe(true);
});
