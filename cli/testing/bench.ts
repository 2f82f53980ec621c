import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect } from 'vitest';
import { painting, photo, read, toSharp } from './draw';
import { temporaryFolder } from './folder';
import { runInProcess, type Ended } from './run-in-process';

export const PHOTO = photo(96, 64);

/** A folder with `photo.png`, the paintings `a.jpg` and `b.jpg`, and `broken.jpg`; and `stylize` over them. */
export function bench() {
  const folder = temporaryFolder();
  const at = (...names: string[]): string => join(folder, ...names);

  beforeAll(async () => {
    await toSharp(PHOTO).png().toFile(at('photo.png'));
    await toSharp(painting(64, 64)).jpeg({ quality: 95 }).toFile(at('a.jpg'));
    await toSharp(painting(64, 64, 2))
      .jpeg({ quality: 95 })
      .toFile(at('b.jpg'));
    await writeFile(at('broken.jpg'), 'not a picture');
  });

  /** Restyles `photo.png` by `a.jpg`, unless the arguments say otherwise (the last of an option counts). */
  async function stylize(out: string, ...more: string[]): Promise<Ended> {
    const own = ['in', '--style', '--preset'].some((word) => more.includes(word));
    const style = own ? [] : ['--style', at('a.jpg')];
    const sized = ['--content', at('photo.png'), ...style, '--style-size', '64'];
    return runInProcess(['stylize', ...sized, '--out', at(out), ...more]);
  }

  async function styled(out: string, ...more: string[]) {
    expect(await stylize(out, ...more)).toMatchObject({ code: 0, stderr: '' });
    return read(at(out));
  }

  return { folder, at, stylize, styled };
}
