import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '../../..');

function documents(): readonly string[] {
  const inDocs = readdirSync(path.join(root, 'docs'), { recursive: true, encoding: 'utf8' });
  const walkthrough = readdirSync(path.join(root, 'media/walkthrough')).map((name) => `media/walkthrough/${name}`);
  return ['README.md', 'CHANGELOG.md', 'examples/README.md', ...inDocs.map((name) => `docs/${name}`), ...walkthrough]
    .filter((name) => name.endsWith('.md'))
    .map((name) => name.replaceAll(path.sep, '/'));
}

/** Targets of links and images that stay in the repository, without their fragment. */
function localLinks(markdown: string): readonly string[] {
  const prose = markdown.replaceAll(/^```[\s\S]*?^```/gm, '');
  return [...prose.matchAll(/\]\(([^)\s#]+)(?:#[^)\s]*)?\)/g)]
    .map(([, target]) => target ?? '')
    .filter((target) => !/^[a-z]+:/.test(target));
}

describe('the documents', () => {
  it.each(documents())('%s links only to what exists', (document) => {
    const folder = path.dirname(path.join(root, document));
    const links = localLinks(readFileSync(path.join(root, document), 'utf8'));

    expect(links.filter((target) => !existsSync(path.join(folder, target)))).toEqual([]);
  });

  it('every package has its line in the list of dependencies, and no other has one', () => {
    const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
      readonly dependencies?: Readonly<Record<string, string>>;
      readonly devDependencies: Readonly<Record<string, string>>;
    };
    const rows = readFileSync(path.join(root, 'docs/dependencies.md'), 'utf8').matchAll(/^\| (`[^|]+) \|/gm);
    const listed = [...rows].flatMap(([, cell]) => [...(cell ?? '').matchAll(/`([^`]+)`/g)].map(([, name]) => name));
    const known = Object.keys({ ...manifest.dependencies, ...manifest.devDependencies });

    expect(listed.filter((name) => name !== 'zod/mini').sort()).toEqual(known.sort());
  });

  it('the reference is what package.json declares', () => {
    const run = (): Buffer => execFileSync(process.execPath, ['build/makeReference.mjs', '--check'], { cwd: root });

    expect(run).not.toThrow();
  });
});
