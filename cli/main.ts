import { run } from './run';

// npm runs scripts in the repository: paths are meant from where the user stands.
if (process.env['npm_lifecycle_event'] === 'cli') process.chdir(process.env['INIT_CWD'] ?? '.');

process.stdout.on('error', () => process.exit(1)); // its reader has gone: `| head`

const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    if (stop.signal.aborted) process.exit(130); // asked twice: at once
    stop.abort();
  });
}
const code = await run(process.argv.slice(2), process, stop.signal);
process.stdout.write('', () => process.exit(code)); // threads and a GPU device keep Node alive otherwise
