/** `npm test`: from a fresh clone to one line that counts every check. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkNode, chromium, install, runTool, say } from './steps.mjs';

const total = { passed: 0, failed: 0, skipped: 0 };
const folder = mkdtempSync(join(tmpdir(), 'statistyle-test-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

/** Tells one check's result and adds its counts; what a failed one printed is shown whole. */
function tell(
  name,
  { ok, output, seconds },
  counts = { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 },
) {
  const { passed, skipped } = counts;
  const failed = ok ? counts.failed : Math.max(1, counts.failed); // it may have died before it counted
  total.passed += passed;
  total.failed += failed;
  total.skipped += skipped;
  if (!ok) say(`\n${output.trim()}\n`);
  const tests =
    passed + failed + skipped > 1 ? ` (${passed} passed, ${failed} failed, ${skipped} skipped)` : '';
  say(`${name}: ${ok ? 'passed' : 'FAILED'}${tests}, ${seconds.toFixed(0)} s`);
}

function skip(name, count, reason) {
  total.skipped += count;
  say(`${name}: skipped (${count}). ${reason}`);
}

function finish() {
  say(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
  process.exit(total.failed > 0 ? 1 : 0);
}

function json(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined; // the tool died before it wrote its report
  }
}

async function unitTests(env) {
  const report = join(folder, 'unit.json');
  const args = ['run', '--reporter=verbose', '--reporter=json', `--outputFile.json=${report}`];
  const result = await runTool('vitest', args, { minutes: 15, env });
  const counted = json(report);
  const skipped = (counted?.testResults ?? []).flatMap(({ assertionResults }) =>
    assertionResults.filter(({ status }) => status !== 'passed' && status !== 'failed'),
  );
  tell('unit tests', result, {
    passed: counted?.numPassedTests ?? 0,
    failed: counted?.numFailedTests ?? 0,
    skipped: skipped.length,
  });
  const reasons = result.output.split('\n').filter((line) => line.trimStart().startsWith('↓'));
  for (const line of result.ok ? reasons : []) say(`  skipped: ${line.replace(/^[\s↓]+/, '')}`);
}

async function endToEndTests(browser) {
  const name = 'end-to-end tests';
  if ('missing' in browser) {
    const { output } = await runTool('@playwright/test', ['test', '--list'], {}, 'playwright');
    const [, count = '1'] = /Total: (\d+) tests?/.exec(output) ?? [];
    return skip(name, Number(count), browser.missing);
  }
  const report = join(folder, 'e2e.json');
  const env = { CHROMIUM_PATH: browser.path, PLAYWRIGHT_JSON_OUTPUT_FILE: report };
  const args = ['test', '--reporter=list,json'];
  const result = await runTool('@playwright/test', args, { minutes: 20, env }, 'playwright');
  const { expected = 0, flaky = 0, unexpected = 0, skipped = 0 } = json(report)?.stats ?? {};
  tell(name, result, { passed: expected + flaky, failed: unexpected, skipped });
}

checkNode();
const installing = performance.now();
const installation = await install();
if (!installation.ok) {
  tell('packages', { ...installation, seconds: (performance.now() - installing) / 1000 });
  say('The packages could not be installed (see above); is the npm registry reachable?');
  finish();
}
const browser = await chromium();
if ('missing' in browser) say(browser.missing);

tell('types', await runTool('typescript', ['-p', 'tsconfig.json'], {}, 'tsc'));
tell('types of the core', await runTool('typescript', ['-p', 'tsconfig.core.json'], {}, 'tsc'));
tell('lint', await runTool('eslint', ['.', '--max-warnings', '0']));
tell('format', await runTool('prettier', ['--check', '--log-level', 'warn', '.']));
await unitTests('path' in browser ? { CHROMIUM_PATH: browser.path } : {});
tell('build', await runTool('vite', ['build', '--logLevel', 'warn']));
await endToEndTests(browser);
finish();
