// Draws media/icon.png from media/icon.svg with an installed Chromium: `node build/renderIcon.mjs [path of the browser]`.
// The PNG is committed; run this after changing the SVG.
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const size = 256;
const media = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', 'media');
const svg = await readFile(path.join(media, 'icon.svg'), 'utf8');
const browser = await chromium.launch({
  executablePath: process.argv[2] ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
});
try {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  await page.setContent(`<style>body{margin:0}svg{display:block}</style>${svg}`);
  const png = await page.screenshot({ omitBackground: true });
  await writeFile(path.join(media, 'icon.png'), png);
  process.stdout.write(`media/icon.png  ${png.length} bytes\n`);
} finally {
  await browser.close();
}
