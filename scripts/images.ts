// `npm run images`: copies the screenshots that the last e2e run took into docs/images, where the README shows them.
import { copyFile } from 'node:fs/promises';
import path from 'node:path';
import { say } from './process';
import { root } from './root';

const IMAGES: Readonly<Record<string, string>> = {
  'first-run/01-found.png': 'first-run.png',
  'review/04-diff-with-two-hunks.png': 'review.png',
  'engines/07-estimate.png': 'estimate.png',
  'entrances/02-review-all.png': 'review-all.png',
  'recall/04-preview.png': 'connect.png',
  'recall/05-loaded.png': 'loaded.png',
};

for (const [from, to] of Object.entries(IMAGES)) {
  await copyFile(path.join(root, 'test-results/screenshots', from), path.join(root, 'docs/images', to));
  say(`docs/images/${to}`);
}
