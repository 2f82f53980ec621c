import { test as base, expect } from '@playwright/test';
import { Studio } from './studio';

export { expect };

interface Fixtures {
  readonly studio: Studio;
  /** Console errors a test provokes on purpose. */
  readonly expectedErrors: RegExp[];
}

/** Every test also checks that nothing is logged as an error and that nothing leaves for another host. */
export const test = base.extend<Fixtures>({
  expectedErrors: async ({}, use) => use([]),
  studio: async ({ page, baseURL, expectedErrors }, use) => {
    const errors: string[] = [];
    const foreign: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error') errors.push(message.text());
    });
    page.on('pageerror', (error) => errors.push(error.message));
    page.on('request', (request) => {
      const url = new URL(request.url());
      if (url.protocol.startsWith('http') && url.origin !== baseURL) foreign.push(request.url());
    });
    await use(new Studio(page));
    expect(
      errors.filter((text) => !expectedErrors.some((known) => known.test(text))),
      'console errors',
    ).toEqual([]);
    expect(foreign, 'requests to other hosts').toEqual([]);
  },
});
