/** What `npm start` and `npm test` share. Plain Node: it runs before anything is installed. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('..', import.meta.url));
const NODE = [20, 19];
const MINUTE = 60_000;

export function say(text) {
  process.stdout.write(`${text}\n`);
}

/** Ends the process with a sentence when Node is too old for the tools. */
export function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > NODE[0] || (major === NODE[0] && minor >= NODE[1])) return;
  say(
    `Statistyle needs Node ${NODE.join('.')} or newer, and this is ${process.versions.node}: please update Node.`,
  );
  process.exit(1);
}

/**
 * Runs a program to its end; what it prints is kept, not shown. One that takes too long is ended with
 * everything it started.
 * @returns {Promise<{ ok: boolean, output: string, seconds: number }>}
 */
export function runProgram(program, args, { minutes = 5, env = {} } = {}) {
  const start = performance.now();
  return new Promise((resolve) => {
    let output = '';
    let late = false;
    const ownGroup = process.platform !== 'win32';
    const child = spawn(program, args, {
      cwd: ROOT,
      env: { ...process.env, NO_COLOR: '1', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: ownGroup,
    });
    const end = () => {
      try {
        process.kill(ownGroup ? -child.pid : child.pid, 'SIGKILL');
      } catch {
        child.kill('SIGKILL'); // the group has gone already
      }
    };
    const stopped = () => {
      end();
      process.exit(130);
    };
    process.once('SIGINT', stopped).once('SIGTERM', stopped);
    const timer = setTimeout(() => {
      late = true;
      end();
    }, minutes * MINUTE);
    const finish = (ok, more = '') => {
      clearTimeout(timer);
      process.off('SIGINT', stopped).off('SIGTERM', stopped);
      if (late) more += `\nEnded after ${minutes} minutes.`;
      resolve({ ok: ok && !late, output: output + more, seconds: (performance.now() - start) / 1000 });
    };
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => (output += text));
    }
    child.on('error', (error) => finish(false, `${program}: ${error.message}`));
    child.on('close', (code) => finish(code === 0));
  });
}

/** Runs a tool from node_modules by the name of its package and of its command. */
export function runTool(name, args, options = {}, command = name) {
  const require = createRequire(join(ROOT, 'package.json'));
  const manifest = join(ROOT, 'node_modules', name, 'package.json');
  const { bin } = require(manifest);
  const script = join(ROOT, 'node_modules', name, typeof bin === 'string' ? bin : bin[command]);
  return runProgram(process.execPath, [script, ...args], options);
}

/**
 * `npm ci`, unless node_modules holds just what the lock file asks for.
 * @returns {Promise<{ ok: boolean, output: string }>}
 */
export async function install() {
  if (installed()) return { ok: true, output: '' };
  say('Installing the packages (npm ci) ...');
  const cli = process.env.npm_execpath ?? '';
  const args = ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
  const [program, first] = cli.endsWith('.js') ? [process.execPath, [cli]] : ['npm', []];
  return runProgram(program, [...first, ...args], { minutes: 10 });
}

function installed() {
  try {
    const packagesIn = (path) => JSON.parse(readFileSync(join(ROOT, path), 'utf8')).packages;
    const have = packagesIn('node_modules/.package-lock.json');
    return Object.entries(packagesIn('package-lock.json')).every(
      ([path, { version, optional }]) => path === '' || optional || have[path]?.version === version,
    );
  } catch {
    return false; // nothing is there yet
  }
}

const BROWSERS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const CHROMIUM_HINT =
  'install it (Debian: apt-get install chromium; elsewhere: npx playwright install chromium), or name one in CHROMIUM_PATH';

/**
 * A Chromium that starts: from CHROMIUM_PATH, the PATH or Playwright's own store; as root on Debian it is
 * installed when there is none.
 * @returns {Promise<{ path: string } | { missing: string }>} `missing` is a sentence
 */
export async function chromium() {
  const named = process.env.CHROMIUM_PATH;
  if (named) {
    return (await starts(named))
      ? { path: named }
      : { missing: `CHROMIUM_PATH names ${named}, which does not start.` };
  }
  const found = await firstThatStarts();
  if (found) return { path: found };
  const root = process.getuid?.() === 0;
  if (!root || spawnSync('apt-get', ['--version']).status !== 0) {
    return { missing: `No Chromium was found: ${CHROMIUM_HINT}.` };
  }
  say('Installing Chromium (apt-get) ...');
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  await runProgram('apt-get', ['update', '-qq'], { minutes: 5, env });
  const { ok, output } = await runProgram(
    'apt-get',
    ['install', '-y', '-qq', '--no-install-recommends', 'chromium'],
    {
      minutes: 10,
      env,
    },
  );
  const installed = ok ? await firstThatStarts() : undefined;
  if (installed) return { path: installed };
  if (!ok) say(output.trim().split('\n').slice(-5).join('\n'));
  return { missing: `Chromium could not be installed: ${CHROMIUM_HINT}.` };
}

async function firstThatStarts() {
  const { chromium: own } = await import('playwright');
  const folders = (process.env.PATH ?? '').split(delimiter);
  const onPath = BROWSERS.flatMap((name) => folders.map((folder) => join(folder, name)));
  for (const path of [...onPath, own.executablePath()]) {
    if (existsSync(path) && (await starts(path))) return path;
  }
  return undefined;
}

/** Some distributions put a script there that only says how to get the browser. */
async function starts(path) {
  return (await runProgram(path, ['--version'], { minutes: 1 })).ok;
}
