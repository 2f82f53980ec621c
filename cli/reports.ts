import cliProgress from 'cli-progress';
import type { NormId, StageTimes } from '../src/pipeline/request';
import type { CliBackend } from './option-values';
import type { Job } from './places';

/** What `--json` prints of a written picture. */
export interface Written extends Job {
  readonly width: number; // px
  readonly height: number;
  readonly norm: NormId;
  readonly strength: number;
  readonly backend: CliBackend;
  /** Milliseconds; `total` includes reading and writing the files. Stages answered from memory took none. */
  readonly ms: StageTimes & { readonly total: number };
}

/** How the work is told: results on stdout, progress and failures on stderr. */
export interface Report {
  /** `done` is the number of pictures finished, with the share of the one in work. */
  progress(done: number, content: string): void;
  written(result: Written): void;
  failed(sentence: string): void;
  end(): void;
}

/** Where things are printed. */
export interface Streams {
  readonly stdout: NodeJS.WritableStream;
  readonly stderr: NodeJS.WritableStream & { readonly isTTY?: boolean };
}

export function createReport(
  { stdout, stderr }: Streams,
  { json, total }: { readonly json: boolean; readonly total: number },
): Report {
  const print = (text: string): void => void stdout.write(`${text}\n`);
  if (!json && stderr.isTTY) return barReport(stderr, total, print);
  return {
    progress: () => undefined,
    written: (result) => print(json ? JSON.stringify(result) : line(result)),
    failed: (sentence) => void stderr.write(`${sentence}\n`),
    end: () => undefined,
  };
}

/** A bar while the work goes on; what was written and what failed is listed when it is gone. */
function barReport(stream: NodeJS.WritableStream, total: number, print: (text: string) => void): Report {
  const bar = new cliProgress.SingleBar({
    stream,
    format: '{bar} {percentage} % | {finished}/{total} | {content}',
    hideCursor: false,
    clearOnComplete: true,
    gracefulExit: false, // Ctrl-C is ours
  });
  bar.start(total, 0, { finished: 0, content: '' });
  const told: (() => void)[] = [];
  return {
    progress: (done, content) => bar.update(done, { finished: Math.floor(done), content }),
    written: (result) => told.push(() => print(line(result))),
    failed: (sentence) => told.push(() => void stream.write(`${sentence}\n`)),
    end: () => {
      bar.stop();
      for (const tell of told) tell();
    },
  };
}

function line({ content, out, width, height, norm, ms }: Written): string {
  return `${content} -> ${out} (${width} x ${height}, ${norm}, ${(ms.total / 1000).toFixed(1)} s)`;
}
