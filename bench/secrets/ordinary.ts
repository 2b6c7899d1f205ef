import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { createSecretScanner } from '../../src/core/secrets/scanner';
import { seeded } from './generate';

const MOST_PER_FILE = 10_000_000;

/** Files below a folder whose names end so, in name order, up to a number of characters. */
function read(folder: string, ending: RegExp, limit: number): readonly string[] {
  const texts: string[] = [];
  let size = 0;
  const visit = (directory: string): void => {
    const entries = readdirSync(directory, { withFileTypes: true });
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const file = path.join(directory, entry.name);
      if (size >= limit) return;
      if (entry.isDirectory()) visit(file);
      else if (entry.isFile() && ending.test(entry.name)) {
        const text = readFileSync(file, 'utf8').slice(0, MOST_PER_FILE);
        texts.push(text);
        size += text.length;
      }
    }
  };
  if (existsSync(folder)) visit(folder);
  return texts;
}

/** Source code and documents that are on any machine where this is built. */
export function ordinaryTexts(root: string): Readonly<Record<string, readonly string[]>> {
  const modules = path.join(root, 'node_modules');
  return {
    'compiler in JavaScript': read(path.join(modules, 'typescript/lib'), /^_?(?:tsc|typescript)\.js$/u, 12e6),
    'type declarations': read(path.join(modules, 'typescript/lib'), /\.d\.ts$/u, 4e6),
    'libraries in TypeScript': read(path.join(modules, '@anthropic-ai'), /\.ts$/u, 4e6),
    'libraries in JavaScript': read(path.join(modules, 'eslint'), /\.js$/u, 6e6),
    'the code of this project': read(path.join(root, 'src'), /\.ts$/u, 4e6),
    'Python, where installed': read('/usr/lib/python3', /\.py$/u, 6e6),
    'read-me files': read(modules, /^readme\.md$/iu, 4e6),
  };
}

/** Identifiers and hashes: they look as random as secrets and are none. */
export function identifiers(count: number): string {
  const random = seeded(7);
  const letters = (alphabet: string, length: number): string =>
    Array.from({ length }, () => alphabet[Math.floor(random() * alphabet.length)]).join('');
  const lower = 'abcdefghijklmnopqrstuvwxyz';
  const alnum = `${lower}${lower.toUpperCase()}0123456789`;
  const lines = Array.from({ length: count }, (_, index) => {
    const hash = (name: string): string => createHash(name).update(String(index)).digest('hex');
    const uuid = hash('md5').replace(/^(.{8})(.{4})(.{4})(.{4})/u, '$1-$2-$3-$4-');
    const integrity = createHash('sha512').update(String(index)).digest('base64');
    return [
      uuid,
      `id: ${hash('md5')}`,
      `commit ${hash('sha1')}`,
      `sha256:${hash('sha256')}`,
      `"integrity": "sha512-${integrity}"`,
      `01${letters('0123456789ABCDEFGHJKMNPQRSTVWXYZ', 24)}`,
      letters(`${alnum}_-`, 21),
      `toolu_01${letters(alnum, 22)}`,
      `index ${hash('sha1').slice(0, 7)}..${hash('md5').slice(0, 7)} 100644`,
    ].join('\n');
  });
  return lines.join('\n');
}

/** Findings, and megabytes looked at. */
export function countFindings(texts: readonly string[]): { readonly findings: number; readonly megabytes: number } {
  const scanner = createSecretScanner();
  const findings = texts.reduce((sum, text) => sum + scanner.scan(text).length, 0);
  return { findings, megabytes: texts.reduce((sum, text) => sum + text.length, 0) / 1e6 };
}
