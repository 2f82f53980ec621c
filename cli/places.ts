import { constants } from 'node:fs';
import { access, mkdir, readdir, stat } from 'node:fs/promises';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { BadInput } from './bad-input';
import type { CompareOptions } from './compare-options';
import type { StylizeOptions } from './options';

/** One photo and the file it becomes. */
export interface Job {
  readonly content: string;
  readonly out: string;
}

/** What can be written, by the ending of the name. */
export const FORMATS = ['.png', '.jpg', '.jpeg', '.webp', '.avif'] as const;
export type Format = (typeof FORMATS)[number];

/** A way to a stream, such as /dev/stdout, though it may lead to a file. */
export function isDevice(path: string): boolean {
  return /^\/(dev|proc)\//.test(resolve(path));
}

/** Files of a folder that are taken for photos. */
const PHOTO = /^[^.].*\.(jpe?g|png|webp|avif|tiff?|gif)$/i;

export function formatOf(path: string): Format | undefined {
  const extension = extname(path).toLowerCase();
  return FORMATS.find((format) => format === extension);
}

/**
 * Which files are read and which are written; nothing is made yet.
 * @throws BadInput for whatever the file system can say before a picture is opened
 */
export async function jobsOf({
  content,
  out,
  styles,
  mask,
}: Pick<StylizeOptions, 'content' | 'out' | 'styles' | 'mask'>): Promise<readonly Job[]> {
  const inputs = styles.flatMap((style) => (style.kind === 'file' ? [style.path] : []));
  if (mask !== undefined) inputs.push(mask);
  for (const path of inputs) {
    if ((await kindOf(path)) === 'folder') throw new BadInput(`${path} is a folder; give one picture file.`);
  }
  const whole = (await kindOf(content)) === 'folder';
  const photos = whole ? await photosIn(content) : [content];
  const intoFolder = whole || /[/\\]$/.test(out) || (await existing(out))?.isDirectory() === true;
  if (!intoFolder && !formatOf(out)) {
    throw new BadInput(`The name ${out} does not end in ${FORMATS.join(', ')}; choose one of these formats.`);
  }
  if (intoFolder && (await existing(out))?.isFile()) {
    throw new BadInput(`${out} is a file, and a folder of photos needs a folder; give another --out.`);
  }
  const jobs = intoFolder ? namesIn(out, photos) : [{ content, out }];
  await refuseOverwriting([...photos, ...inputs], jobs);
  await checkWritable(intoFolder ? out : dirname(out));
  return jobs;
}

/**
 * For a wall: one photo, one file to write it to, and tables that go over no picture.
 * @throws BadInput
 */
export async function checkOnePhoto(
  { content, out, styles, json, csv }: CompareOptions,
  jobs: readonly Job[],
): Promise<void> {
  if (jobs.length !== 1 || jobs[0]?.out !== out) {
    throw new BadInput('compare takes one photo, and one file for its --out.');
  }
  const inputs = [content, ...styles.flatMap((style) => (style.kind === 'file' ? [style.path] : []))];
  const tables = [json, csv].flatMap((path) => (path === undefined ? [] : [path]));
  for (const path of tables) {
    if (
      tables.filter((other) => resolve(other) === resolve(path)).length > 1 ||
      resolve(path) === resolve(out)
    ) {
      throw new BadInput(
        `${path} cannot be two files at once; give --out, --json and --csv different names.`,
      );
    }
    if ((await existing(path))?.isDirectory()) throw new BadInput(`${path} is a folder; give a file.`);
    if (!isDevice(path)) await checkWritable(dirname(path));
  }
  await refuseOverwriting(
    inputs,
    tables.map((path) => ({ content, out: path })),
  );
}

/** Makes the folders that the results go to. */
export async function makeFolders(jobs: readonly Job[]): Promise<void> {
  for (const folder of new Set(jobs.map(({ out }) => dirname(out)))) {
    await mkdir(folder, { recursive: true }).catch((error: unknown) => {
      throw new BadInput(`The folder ${folder} cannot be made (${reasonOf(error)}); give another --out.`);
    });
  }
}

/** Why the file system refused, in its short code: "ENOSPC". */
export function reasonOf(error: unknown): string {
  if (error instanceof Error) return 'code' in error ? String(error.code) : error.message;
  return String(error);
}

async function existing(path: string) {
  return stat(path).catch(() => undefined);
}

async function kindOf(path: string): Promise<'file' | 'folder'> {
  const found = await existing(path);
  if (!found) throw new BadInput(`There is no file ${path}; check the path.`);
  return found.isDirectory() ? 'folder' : 'file';
}

async function photosIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    throw new BadInput(`The folder ${folder} cannot be read (${reasonOf(error)}); check its permissions.`);
  });
  const photos = entries
    .filter((entry) => !entry.isDirectory() && PHOTO.test(entry.name))
    .map(({ name }) => name)
    .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  if (photos.length === 0) {
    throw new BadInput(
      `The folder ${folder} holds no photos; give one with PNG, JPEG, WebP, AVIF, TIFF or GIF files.`,
    );
  }
  return photos.map((name) => join(folder, name));
}

/** A photo keeps its name; one whose format cannot be written gets `.png` after it. */
function namesIn(folder: string, photos: readonly string[]): Job[] {
  const sources = new Map<string, string>();
  return photos.map((content) => {
    const name = basename(content);
    const out = join(folder, formatOf(name) ? name : `${name}.png`);
    const other = sources.get(out);
    if (other !== undefined) {
      throw new BadInput(`${other} and ${content} would both be written to ${out}; rename one of them.`);
    }
    sources.set(out, content);
    return { content, out };
  });
}

/** Compares files, not names: links and `./` do not hide that two paths are one file. */
async function refuseOverwriting(inputs: readonly string[], jobs: readonly Job[]): Promise<void> {
  const identity = async (path: string): Promise<string | undefined> => {
    const found = await existing(path);
    return found && `${found.dev}:${found.ino}`;
  };
  const read = new Set(await Promise.all(inputs.map(identity)));
  for (const { out } of jobs) {
    const target = await identity(out);
    if (target !== undefined && read.has(target)) {
      throw new BadInput(`${out} would be written over an input; give another --out.`);
    }
  }
}

/** The nearest folder that exists must be one, and open for writing. */
async function checkWritable(folder: string): Promise<void> {
  const found = await existing(folder);
  if (!found && dirname(folder) !== folder) return checkWritable(dirname(folder));
  if (!found?.isDirectory()) throw new BadInput(`${folder} is not a folder; give another --out.`);
  await access(folder, constants.W_OK).catch(() => {
    throw new BadInput(
      `The folder ${folder} cannot be written to; give another --out, or change its permissions.`,
    );
  });
}
