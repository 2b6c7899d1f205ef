import { describe, expect, it } from 'vitest';
import { proofOf, sessionInProof, type ProofInput, type ProofSession } from '../../../../src/core/recall/proof';
import type { Recalled } from '../../../../src/core/sessions/session';

const SINCE = '2026-11-20T10:00:00.000Z';
const connected: ProofInput['connection'] = {
  ...{ kind: 'connected', channel: 'hooks', since: SINCE, root: '/w', problems: [] },
};
const got = (more: Partial<Recalled> = {}): Recalled => ({
  ...{ at: '2026-11-20T11:00:01.000Z', channel: 'hook', marker: 'aaaaaaaa', entries: ['m-1111'] },
  ...more,
});
const session = (id: string, startedAt: string, more: Partial<ProofSession> = {}): ProofSession => ({
  ...{ id, startedAt, cwd: '/w', recalled: [], lineTypes: {} },
  counts: { prompts: 1, toolCalls: 0, failedToolCalls: 0, rejections: 0, corrections: 0, redactions: 0 },
  ...more,
});
const later = '2026-11-20T11:00:00.000Z';
const prove = (more: Partial<ProofInput>) =>
  proofOf({ connection: connected, markers: ['aaaaaaaa'], sessions: [], ...more });
const causes = (more: Partial<ProofInput>): readonly string[] => {
  const proof = prove(more);
  return proof.kind === 'not-loaded' ? proof.likely.map(({ kind }) => kind) : [proof.kind];
};

describe('the proof that memory arrives', () => {
  it('has nothing to say before it is connected, before a session, and without a memory', () => {
    expect(prove({ connection: { kind: 'none' } })).toEqual({ kind: 'not-connected' });
    expect(prove({ sessions: [session('old', '2026-11-20T09:00:00.000Z')] })).toEqual({ kind: 'waiting' });
    expect(prove({ markers: [], sessions: [session('a', later)] })).toEqual({ kind: 'nothing-to-load' });
  });

  it('is the marker in the newest session since', () => {
    const older = session('older', '2026-11-20T10:30:00.000Z');
    expect(prove({ sessions: [older, session('a', later, { recalled: [got()] })] })).toEqual({
      ...{ kind: 'loaded', session: 'a', at: '2026-11-20T11:00:01.000Z', marker: 'aaaaaaaa', stale: false },
    });
    expect(prove({ sessions: [session('a', later, { recalled: [got({ at: '' })] })] })).toMatchObject({ at: later });
  });

  it('says when another text was loaded than there is now', () => {
    const sessions = [session('a', later, { recalled: [got({ marker: 'bbbbbbbb' })] })];
    expect(prove({ sessions })).toMatchObject({ kind: 'loaded', stale: true });
    expect(prove({ sessions, markers: [] })).toMatchObject({ kind: 'loaded', stale: true });
  });

  it('is not what a subagent or one path got', () => {
    const some = session('a', later, { recalled: [got({ agent: 'reviewer' }), got({ marker: '', channel: 'rules' })] });
    expect(prove({ sessions: [some] })).toMatchObject({ kind: 'not-loaded', session: 'a' });
  });

  it('is not a mark that came by another way, such as one in a CLAUDE.md', () => {
    for (const channel of ['import', 'rules'] as const)
      expect(prove({ sessions: [session('a', later, { recalled: [got({ channel })] })] })).toMatchObject({
        ...{ kind: 'not-loaded', session: 'a' },
      });
    const rules: ProofInput['connection'] = { ...connected, kind: 'connected', channel: 'rules' };
    const kindOf = (channel: Recalled['channel']): string =>
      prove({ connection: rules, sessions: [session('a', later, { recalled: [got({ channel })] })] }).kind;
    expect([kindOf('rules'), kindOf('import'), kindOf('hook')]).toEqual(['loaded', 'loaded', 'not-loaded']);
  });

  it('leaves out forks and logs without a prompt', () => {
    const none = { prompts: 0, toolCalls: 0, failedToolCalls: 0, rejections: 0, corrections: 0, redactions: 0 };
    const sessions = [session('fork', later, { forkedFrom: 'x' }), session('empty', later, { counts: none })];
    expect(sessionInProof(SINCE, sessions)).toBeUndefined();
    expect(prove({ sessions })).toEqual({ kind: 'waiting' });
  });
});

describe('why a session got nothing', () => {
  const bare = session('a', later);

  it('is a hook of ours that failed, in its words', () => {
    const ours = 'cat: /w/.agent-memory/.local/recall/session-start.json: No such file or directory';
    expect(prove({ sessions: [bare], hookErrors: ['somebody else failed', ours] })).toMatchObject({
      likely: [{ kind: 'hook-error', text: ours }],
    });
  });

  it('is what is known to be wrong, and nothing else then', () => {
    const broken: ProofInput['connection'] = { ...connected, kind: 'connected', problems: ['The hooks are gone.'] };
    expect(causes({ sessions: [bare], connection: broken })).toEqual(['connection']);
    expect(causes({ sessions: [bare], switches: { disableAllHooks: true } })).toEqual(['hooks-disabled']);
    expect(causes({ sessions: [bare], switches: { trusted: false, allowManagedHooksOnly: true } })).toEqual([
      'managed-hooks-only',
      'trust-not-given',
    ]);
  });

  it('is guessed where nothing is known, the likeliest first', () => {
    const all = ['trust-not-given', 'bare', 'safe-mode', 'hooks-disabled', 'managed-hooks-only'];
    expect(causes({ sessions: [bare] })).toEqual(all);
    expect(causes({ sessions: [session('a', later, { entrypoint: 'sdk-cli' })] })).toEqual(all.slice(1));
    expect(causes({ sessions: [session('a', later, { cwd: '/w/sub' })] })).toEqual(['started-elsewhere', ...all]);
    const known = { disableAllHooks: false, allowManagedHooksOnly: false, trusted: true };
    expect(causes({ sessions: [bare], switches: known })).toEqual(['bare', 'safe-mode']);
  });

  it('is told from what the log has and has not', () => {
    const started = { 'attachment/session_context': 1, 'attachment/date': 1 };
    expect(causes({ sessions: [session('a', later, { lineTypes: started, cwd: '/w/sub' })] })).toEqual(['bare']);
    const whole = { ...started, 'attachment/environment': 1 };
    const known = { disableAllHooks: false, allowManagedHooksOnly: false, trusted: true };
    const sessions = [session('a', later, { lineTypes: whole })];
    expect(causes({ sessions, switches: known })).toEqual(['safe-mode']);
  });

  it('is no lack of trust where no dialog asks for it', () => {
    const sessions = [session('a', later, { entrypoint: 'sdk-cli' })];
    expect(causes({ sessions, switches: { trusted: false } })).not.toContain('trust-not-given');
  });

  it('is nothing that stops all hooks where others ran', () => {
    const ran = session('a', later, { lineTypes: { 'attachment/hook_success': 2 }, cwd: '/w/sub' });
    expect(causes({ sessions: [ran] })).toEqual(['started-elsewhere']);
    expect(causes({ sessions: [session('a', later, { lineTypes: { 'attachment/hook_success': 2 } })] })).toEqual([]);
  });

  it('has nothing to do with hooks where rules carry it', () => {
    const rules: ProofInput['connection'] = { ...connected, kind: 'connected', channel: 'rules' };
    expect(causes({ sessions: [bare], connection: rules })).toEqual([]);
    expect(causes({ sessions: [session('a', later, { cwd: '/x' })], connection: rules })).toEqual([
      'started-elsewhere',
    ]);
  });
});
