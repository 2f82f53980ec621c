import { BadInput } from './bad-input';
import { parseOptions } from './options';
import { checkOnePhoto, jobsOf } from './places';
import { checkPresets, listPresets } from './presets';
import type { Streams } from './reports';
import { NotWritten } from './whole-file';

/**
 * The whole command: what heavy work needs is loaded only when the arguments and the files are in order.
 * @param args what follows `cli/main.ts`
 * @returns the exit code; never rejects
 */
export async function run(args: readonly string[], streams: Streams, signal: AbortSignal): Promise<number> {
  try {
    const parsed = parseOptions(args);
    if (parsed.kind === 'help') {
      streams.stdout.write(parsed.text);
      return 0;
    }
    if (parsed.kind === 'list-presets') {
      for (const { id, artist, title, year } of await listPresets()) {
        streams.stdout.write(`${id}\t${artist}\t${title}${year === undefined ? '' : `, ${year}`}\n`);
      }
      return 0;
    }
    const { styles } = parsed.options;
    await checkPresets(styles.flatMap((style) => (style.kind === 'preset' ? [style.id] : [])));
    const jobs = await jobsOf(parsed.options);
    if (parsed.kind === 'compare') {
      await checkOnePhoto(parsed.options, jobs);
      const { compare } = await import('./compare');
      await compare(parsed.options, streams, signal);
      return 0;
    }
    const { stylize } = await import('./stylize');
    return (await stylize(parsed.options, jobs, streams, signal)) ? 0 : 1;
  } catch (error) {
    if (error instanceof BadInput) {
      streams.stderr.write(`${error.message}\n`);
      return 2;
    }
    if (error instanceof NotWritten) {
      streams.stderr.write(`${error.message}\n`);
      return 1;
    }
    const { failureOf } = await import('../src/pipeline/failure');
    const { exitCodeOf, sentenceOf } = await import('./sentences');
    const failure = failureOf(error);
    streams.stderr.write(`${sentenceOf(failure)}\n`);
    return exitCodeOf(failure);
  }
}
