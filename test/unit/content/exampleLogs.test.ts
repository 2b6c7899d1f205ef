import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '../../..');
const examples = path.join(root, 'examples/claude-home/projects');
const fixtures = path.join(root, 'test/fixtures/claude-code-2.1.329');

type Line = Readonly<Record<string, unknown>>;

/** Lines that a file of our own writes; no validation needed beyond JSON. */
function readLines(folder: string): readonly Line[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.jsonl') && name !== 'hook-inputs.jsonl')
    .flatMap((name) => readFileSync(path.join(folder, name), 'utf8').split('\n'))
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Line);
}

/** What decides the shape of a line: its type and the subtype it has. */
function kindOf(line: Line): string {
  const attachment = line['attachment'] as Line | undefined;
  return [line['type'], line['subtype'] ?? attachment?.['type'] ?? line['operation']].filter(Boolean).join(' ');
}

function keysByKind(lines: readonly Line[]): ReadonlyMap<string, ReadonlySet<string>> {
  const keys = new Map<string, Set<string>>();
  for (const line of lines) {
    const seen = keys.get(kindOf(line)) ?? new Set<string>();
    for (const key of Object.keys(line)) seen.add(key);
    keys.set(kindOf(line), seen);
  }
  return keys;
}

/** The first timestamp of a log. */
function firstTimestamp(file: string): string {
  return /"timestamp":"([^"]+)"/.exec(readFileSync(file, 'utf8'))?.[1] ?? '';
}

describe('the example logs', () => {
  it('are what the script writes from the story', () => {
    const run = (): Buffer => execFileSync(process.execPath, ['examples/makeLogs.mjs', '--check'], { cwd: root });

    expect(run).not.toThrow();
  });

  it('have only lines and fields that the genuine client writes', () => {
    const genuine = keysByKind(readLines(fixtures));

    for (const [kind, keys] of keysByKind(readLines(examples))) {
      expect([...genuine.keys()], 'line kinds of the client').toContain(kind);
      expect([...(genuine.get(kind) ?? [])], kind).toEqual(expect.arrayContaining([...keys]));
    }
  });

  it('tell at least twelve sessions of the example project, over weeks', () => {
    const project = path.join(examples, '-home-dev-orders-service');
    const logs = readdirSync(project).filter((name) => name.endsWith('.jsonl'));
    const months = new Set(logs.map((name) => firstTimestamp(path.join(project, name)).slice(0, 7)));

    expect(logs.length).toBeGreaterThanOrEqual(12);
    expect(months.size).toBeGreaterThan(1);
  });

  it('hold nothing that is shaped like a token', () => {
    const texts = readdirSync(examples, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.jsonl?$/.test(name))
      .map((name) => readFileSync(path.join(examples, name), 'utf8'));

    for (const text of texts) expect(text).not.toMatch(/gh[pousr]_\w{20}|sk-[\w-]{20}|AKIA\w{12}|-----BEGIN/);
  });
});
