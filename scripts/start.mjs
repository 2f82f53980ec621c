/** `npm start`: from a fresh clone to the page in the browser. */
import { checkNode, install, ROOT, say } from './steps.mjs';

const FIRST_PORT = 4173; // the next free one is taken

checkNode();
const { ok, output } = await install();
if (!ok) {
  say(output);
  say('The packages could not be installed (see above); is the npm registry reachable?');
  process.exit(1);
}

const { build, preview } = await import('vite');
try {
  say('Building the page ...');
  await build({ root: ROOT, logLevel: 'error' });
  const server = await preview({ root: ROOT, logLevel: 'warn', preview: { port: FIRST_PORT } });
  say(`Statistyle is at ${server.resolvedUrls?.local[0]} (Ctrl-C stops it)`);
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  say('The page could not be built or served (see above).');
  process.exit(1);
}
