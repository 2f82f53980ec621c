import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { run } from '../run';

export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The command without a process of its own. */
export async function runInProcess(
  args: readonly string[],
  { signal = new AbortController().signal, terminal = false } = {},
): Promise<Ended> {
  const stdout = new PassThrough();
  const stderr = Object.assign(new PassThrough(), { isTTY: terminal });
  const code = await run(args, { stdout, stderr }, signal);
  stdout.end();
  stderr.end();
  return { code, stdout: await text(stdout), stderr: await text(stderr) };
}
