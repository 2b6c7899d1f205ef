// The licences of everything that is bundled, for the package: most of them ask to be shipped along.
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

/** The package folder that an esbuild input belongs to, or undefined for our own sources. */
function packageFolder(input) {
  const match = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input);
  return match?.[1];
}

function licenceText(folder) {
  const file = readdirSync(folder).find((name) => /^(licen[cs]e|copying)(\.|-|$)/i.test(name));
  return file ? readFileSync(path.join(folder, file), 'utf8').trim() : '';
}

/** One section a package, in name order; throws where a bundled package has no licence at all. */
export function thirdPartyNotices(root, inputs) {
  const folders = [...new Set(inputs.map(packageFolder).filter(Boolean))].sort();
  const sections = folders.map((folder) => {
    const manifest = JSON.parse(readFileSync(path.join(root, folder, 'package.json'), 'utf8'));
    const text = licenceText(path.join(root, folder));
    if (!text && !manifest.license) throw new Error(`${manifest.name} is bundled and names no licence`);
    return `${manifest.name} ${manifest.version} (${manifest.license})\n\n${text || `Licence: ${manifest.license}`}\n`;
  });
  return `Agent Dreams includes these packages.\n\n${sections.join('\n----\n\n')}`;
}
