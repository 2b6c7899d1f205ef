import { mkdtemp, readFile, readdir, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { copyExample } from '../../../scripts/start/example';
import { headlessDream } from '../../../src/cli/headlessDream';
import type { Proposal } from '../../../src/core/review/proposal';

/** What a stranger sees first: a dream over the bundled example, through the adapters that the editor uses. */
interface Printed {
  readonly capture: {
    readonly captured: number;
    readonly prompts: number;
    readonly redactions: Readonly<Record<string, number>>;
  };
  readonly proposal: Proposal;
}

describe('a dream over the example project', () => {
  let folder = '';
  let workspace = '';
  let printed: Printed;

  beforeAll(async () => {
    folder = await realpath(await mkdtemp(path.join(tmpdir(), 'agent-dreams-example-')));
    const config = path.join(folder, 'claude');
    workspace = await copyExample(folder, config);
    let out = '';
    const terminal = { cwd: folder, env: {}, out: (text: string) => (out += text), err: () => undefined };
    const code = await headlessDream([workspace, '--config-dir', config, '--json'], terminal, { aborted: false });
    expect(code).toBe(0);
    printed = JSON.parse(out) as Printed;
  });

  afterAll(() => rm(folder, { recursive: true, force: true }));

  const proposed = (): string => printed.proposal.changes.flatMap(({ files }) => files.map((f) => f.after)).join('\n');

  it('captures the sessions of this project only, with every prompt, and redacts the token', () => {
    expect(printed.capture).toMatchObject({ captured: 14, prompts: 34 });
    expect(Object.values(printed.capture.redactions)).toEqual([1]);
  });

  it.each([
    ['the database that has to run', /docker compose up -d db/],
    ['the types that have to be generated', /pnpm generate/],
    ['the package manager', /Use pnpm here, never npm/],
    ['the clock that is passed and not mocked', /mock the clock/],
    ['migrations that are added and not edited', /Never edit an existing migration/],
    ['where releases are cut', /release branch, never from main/],
  ])('finds %s', (_what, words) => {
    expect(proposed()).toMatch(words);
  });

  it.each([
    ['what one ticket asked for', /voucher|12 characters/],
    ['what the README of another project says', /npm ci|--no-verify/],
    ['what a file tells agents to do', /copy of every invoice/],
    ['what a compaction summary says', /short sentences/],
    ['what another project does', /yarn/],
    ['what was put off until tomorrow', /retries/],
  ])('leaves alone %s', (_what, words) => {
    expect(JSON.stringify(printed.proposal.changes)).not.toMatch(words);
  });

  it('quotes only what stands in the captured sessions, word for word', async () => {
    const sessions = path.join(workspace, '.agent-memory/.local/sessions');
    const names = (await readdir(sessions)).filter((name) => name.endsWith('.jsonl'));
    const captured = new Map<string, string>();
    for (const name of names) {
      const lines = (await readFile(path.join(sessions, name), 'utf8')).trim().split('\n');
      captured.set(
        name.slice(0, -'.jsonl'.length),
        lines.map((line) => JSON.stringify(strings(JSON.parse(line)))).join(),
      );
    }
    const quotes = printed.proposal.changes
      .flatMap(({ evidence }) => evidence)
      .filter((one) => one.kind === 'quote' || one.kind === 'event');

    expect(quotes.length).toBeGreaterThan(10);
    for (const { session, quote } of quotes) {
      expect(captured.get(session)).toContain(JSON.stringify(oneSpace(quote)).slice(1, -1));
    }
  });
});

const oneSpace = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();

/** Every text inside a parsed line, white space made even. */
function strings(value: unknown): readonly string[] {
  if (typeof value === 'string') return [oneSpace(value)];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(strings) : [];
}
