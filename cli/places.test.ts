import { link, mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { parseOptions } from './options';
import { jobsOf, type Job } from './places';
import { everythingIn, temporaryFolder } from './testing/folder';

const folder = temporaryFolder();
const at = (...names: string[]): string => join(folder, ...names);

beforeAll(async () => {
  for (const name of ['photos', 'photos/folder.png', 'empty', 'twins']) await mkdir(at(name));
  const files = [
    'photo.jpg',
    'style.jpg',
    'photos/10.png',
    'photos/9.JPG',
    'photos/scan.tif',
    'photos/notes.txt',
    'twins/a.gif',
    'twins/a.gif.png',
  ];
  for (const name of [...files, 'photos/.hidden.png']) await writeFile(at(name), name);
  await symlink(at('photo.jpg'), at('symlink.jpg'));
  await link(at('style.jpg'), at('hardlink.jpg'));
});

function jobs(content: string, out: string, ...more: string[]): Promise<readonly Job[]> {
  const args = ['stylize', '--content', at(content), '--out', at(out), '--style', at('style.jpg'), ...more];
  const parsed = parseOptions(args);
  if (parsed.kind !== 'stylize') throw new Error('expected options');
  return jobsOf(parsed.options);
}

test('one photo, one picture', async () => {
  expect(await jobs('photo.jpg', 'out.webp')).toEqual([{ content: at('photo.jpg'), out: at('out.webp') }]);
});

test('into a folder a photo keeps its name', async () => {
  const inside = [{ content: at('photo.jpg'), out: at('empty', 'photo.jpg') }];
  expect(await jobs('photo.jpg', 'empty')).toEqual(inside);
  expect(await jobs('photo.jpg', 'empty/')).toEqual(inside);
});

test("a folder's photos come in the order of their numbers; other files and hidden ones are left alone", async () => {
  expect(await jobs('photos', 'new/deep')).toEqual([
    { content: at('photos', '9.JPG'), out: at('new', 'deep', '9.JPG') },
    { content: at('photos', '10.png'), out: at('new', 'deep', '10.png') },
    { content: at('photos', 'scan.tif'), out: at('new', 'deep', 'scan.tif.png') },
  ]);
});

describe('one sentence refuses', () => {
  const cases: [fact: string, content: string, out: string, sentence: RegExp, ...more: string[]][] = [
    ['a photo that is not there', 'none.jpg', 'out.png', /no file .*none\.jpg/],
    ['a style that is not there', 'photo.jpg', 'out.png', /no file .*none\.jpg/, '--style', at('none.jpg')],
    ['a mask that is not there', 'photo.jpg', 'out.png', /no file .*none\.png/, '--mask', at('none.png')],
    ['a folder for a style', 'photo.jpg', 'out.png', /photos is a folder/, '--style', at('photos')],
    ['a folder without photos', 'empty', 'out', /holds no photos/],
    ['a format that cannot be written', 'photo.jpg', 'out.bmp', /does not end in \.png, \.jpg/],
    [
      'a file for a folder of results',
      'photos',
      'style.jpg',
      /is a file, and a folder of photos needs a folder/,
    ],
    ['two photos for one result', 'twins', 'out', /a\.gif and .*a\.gif\.png would both be written to/],
    ['a result inside a file', 'photo.jpg', 'style.jpg/out.png', /style\.jpg is not a folder/],
    ['the photo as the result', 'photo.jpg', 'photo.jpg', /written over an input/],
    ['the photo as the result, by a symbolic link', 'photo.jpg', 'symlink.jpg', /written over an input/],
    ['the style as the result, by a hard link', 'photo.jpg', 'hardlink.jpg', /written over an input/],
    ['the folder of the photos for the results', 'photos', 'photos', /written over an input/],
  ];
  test.each(cases)('%s', async (_fact, content, out, sentence, ...more) => {
    const before = await everythingIn(folder);
    await expect(jobs(content, out, ...more)).rejects.toThrow(sentence);
    expect(await everythingIn(folder)).toEqual(before);
  });
});
