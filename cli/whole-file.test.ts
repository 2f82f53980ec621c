import { mkdir, mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
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

test('a device is written to, and stays one', async () => {
  await writeWhole('/dev/null', 'x');
  await expect(writeWhole('/dev/full', 'x')).rejects.toThrow(
    '/dev/full cannot be written (ENOSPC); make room',
  );
  for (const path of ['/dev/null', '/dev/full']) expect((await stat(path)).isCharacterDevice()).toBe(true);
});
