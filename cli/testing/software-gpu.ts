import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { chromium } from 'playwright';

const BROWSERS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/**
 * Chromium brings a Vulkan loader and SwiftShader, a GPU in software: with these two variables, Dawn finds
 * a device on a machine without a GPU. Undefined without Chromium.
 */
export function softwareGpu():
  { readonly LD_LIBRARY_PATH: string; readonly VK_ICD_FILENAMES: string } | undefined {
  for (const folder of chromiumFolders()) {
    const icd = join(folder, 'vk_swiftshader_icd.json');
    if (existsSync(icd) && readdirSync(folder).some((name) => name.startsWith('libvulkan.so'))) {
      return { LD_LIBRARY_PATH: folder, VK_ICD_FILENAMES: icd };
    }
  }
  return undefined;
}

function chromiumFolders(): string[] {
  const onPath = (process.env['PATH'] ?? '')
    .split(delimiter)
    .flatMap((folder) => BROWSERS.map((name) => join(folder, name)));
  const programs = [process.env['CHROMIUM_PATH'] ?? '', ...onPath, chromium.executablePath()].filter(
    existsSync,
  );
  // What lies on the PATH is often a small script; the packages' own folders are known.
  return [
    ...programs.map((program) => dirname(realpathSync(program))),
    '/usr/lib/chromium',
    '/opt/google/chrome',
  ];
}
