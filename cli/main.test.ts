import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { beforeAll, expect, test } from 'vitest';
import { painting, photo, read, toSharp } from './testing/draw';
import { everythingIn, temporaryFolder } from './testing/folder';
import { ended, start } from './testing/spawned';

const folder = temporaryFolder();
const at = (...names: string[]): string => join(folder, ...names);
const STYLE = ['--style', at('style.png'), '--style-size', '64'];

beforeAll(async () => {
  await toSharp(photo(80, 60)).jpeg().toFile(at('photo.jpg'));
  await toSharp(painting(64, 64)).png().toFile(at('style.png'));
});

test('a photo and a painting become a picture, and nothing else is said', async () => {
  const args = ['stylize', '--content', at('photo.jpg'), ...STYLE, '--out', at('out.png'), '--json'];
  const { code, stdout, stderr } = await ended(start('cli/main.ts', args));
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(JSON.parse(stdout)).toMatchObject({ width: 80, height: 60, backend: 'wasm' });
  expect(await read(at('out.png'))).toMatchObject({ width: 80, height: 60 });
});

test('run by npm, paths are meant from where the user stands', async () => {
  const args = ['stylize', '--content', 'photo.jpg', '--style', 'none.jpg', '--out', 'here.png'];
  const env = { npm_lifecycle_event: 'cli', INIT_CWD: folder };
  const { code, stderr } = await ended(start('cli/main.ts', args, env));
  expect({ code, stderr }).toEqual({ code: 2, stderr: 'There is no file none.jpg; check the path.\n' });
});

test('Ctrl-C keeps the finished pictures whole and leaves no half one', async () => {
  await mkdir(at('many'));
  for (let i = 0; i < 30; i++)
    await toSharp(photo(200, 150))
      .png()
      .toFile(at('many', `${i}.png`));
  const child = start('cli/main.ts', [
    'stylize',
    '--content',
    at('many'),
    ...STYLE,
    '--out',
    at('done'),
    '--json',
  ]);
  createInterface(child.stdout).once('line', () => child.kill('SIGINT')); // the first picture is written
  const { code, stderr } = await ended(child);
  expect({ code, stderr }).toEqual({ code: 130, stderr: 'Stopped; no half-written file was left.\n' });
  const written = await everythingIn(at('done'));
  expect(written.length).toBeGreaterThan(0);
  expect(written.length).toBeLessThan(30);
  for (const name of written) expect(await read(at('done', name))).toMatchObject({ width: 200, height: 150 });
});
