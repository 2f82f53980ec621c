import { existsSync } from 'node:fs';
import { chromium } from 'playwright';

/** The browser's program: the one that is named, Debian's, or Playwright's own. */
export function chromiumPath(): string | undefined {
  const known = [process.env['CHROMIUM_PATH'], '/usr/bin/chromium', chromium.executablePath()];
  return known.find((path) => path && existsSync(path));
}
