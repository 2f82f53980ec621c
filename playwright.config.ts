import { defineConfig } from '@playwright/test';

/** Not the one of `npm start`: a running page is left alone. Two checkouts tested at once need two. */
const PORT = Number(process.env['E2E_PORT'] ?? 4186);

/** Debian's Chromium with a WebGPU device in software; see "Tests in a browser" in docs/page.md. */
const FLAGS = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--enable-unsafe-webgpu',
  '--use-vulkan=swiftshader',
  '--enable-features=Vulkan',
  '--use-angle=swiftshader',
  '--font-render-hinting=none',
];

export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results',
  snapshotPathTemplate: '{testDir}/snapshots/{arg}{ext}',
  timeout: 180_000,
  workers: 2,
  fullyParallel: true,
  reporter: [['list']],
  expect: {
    timeout: 90_000, // two busy cores
    toHaveScreenshot: { maxDiffPixelRatio: 0.01, animations: 'disabled', caret: 'hide' },
  },
  use: {
    baseURL: `http://localhost:${PORT}`,
    viewport: { width: 1440, height: 900 },
    launchOptions: {
      executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
      args: FLAGS,
      timeout: 60_000,
    },
  },
  webServer: {
    command: `npx vite build --logLevel warn && npx vite preview --port ${PORT} --strictPort`,
    url: `http://localhost:${PORT}`,
    timeout: 120_000,
    reuseExistingServer: !process.env['CI'],
  },
});
