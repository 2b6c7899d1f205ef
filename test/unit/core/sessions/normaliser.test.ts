import { describe, expect, it } from 'vitest';
import type { Draft } from '../../../../src/core/sessions/draft';
import { at, line, reader } from './logReader';

const user = (content: unknown, more: Record<string, unknown> = {}): Record<string, unknown> =>
  line('user', { message: { role: 'user', content }, ...more });
const assistant = (content: unknown, more: Record<string, unknown> = {}): Record<string, unknown> =>
  line('assistant', { message: { id: 'msg_1', role: 'assistant', model: 'claude-opus-5-5', content, ...more } });
const call = (name: string, input: unknown, callId = 'toolu_1'): Record<string, unknown> =>
  assistant([{ type: 'tool_use', id: callId, name, input }]);
const result = (content: unknown, more: Record<string, unknown> = {}, record: Record<string, unknown> = {}) =>
  user([{ type: 'tool_result', tool_use_id: 'toolu_1', content, ...more }], record);
const queue = (operation: string, content?: unknown): Record<string, unknown> => ({
  type: 'queue-operation',
  operation,
  timestamp: at,
  ...(content === undefined ? {} : { content }),
});
const kinds = (drafts: readonly Draft[]): readonly string[] => drafts.map((draft) => draft.kind);
const textsOf = (drafts: readonly Draft[]): readonly string[] =>
  drafts.map((draft) =>
    draft.kind === 'prompt' ? draft.parts.map((part) => part.text).join('') : 'text' in draft ? draft.text : '',
  );

describe('prompts', () => {
  it('are what people typed, by the fields of new clients and the prefixes of old ones', () => {
    const { read } = reader();
    expect(kinds(read(user('fix it', { promptSource: 'typed', origin: { kind: 'human' } })))).toEqual(['prompt']);
    expect(kinds(read(user('fix it too')))).toEqual(['prompt']);
    expect(kinds(read(user([{ type: 'text', text: 'with blocks' }])))).toEqual(['prompt']);
  });

  it.each([
    [{ isMeta: true }, 'meta'],
    [{ isCompactSummary: true }, 'compaction-summary'],
    [{ origin: { kind: 'task-notification' } }, 'task-notification'],
    [{ isSidechain: true }, 'agent-task'],
  ])('are not what %j marks', (fields, label) => {
    expect(reader().read(user('looks like a prompt', fields))).toMatchObject([{ kind: 'machine', label }]);
  });

  it('give way to an interrupt', () => {
    expect(kinds(reader().read(user([{ type: 'text', text: '[Request interrupted by user]' }])))).toEqual([
      'interrupt',
    ]);
  });

  it('count once when they were queued and then delivered', () => {
    const drafts = reader().read(queue('enqueue', 'also the docs'), queue('dequeue'), user('also the docs'));
    expect(drafts).toMatchObject([{ kind: 'prompt', queued: true }]);
  });

  it('count once when a tool result or an attachment delivers them', () => {
    const { read } = reader();
    read(call('Bash', { command: 'ls' }), queue('enqueue', 'mind the gap'));
    const delivered = user([
      { type: 'tool_result', tool_use_id: 'toolu_1', content: 'ok' },
      { type: 'text', text: 'mind the gap' },
    ]);
    expect(kinds(read(delivered))).toEqual(['result']);
    read(queue('enqueue', 'and this'));
    expect(read(line('attachment', { attachment: { type: 'queued_command', prompt: 'and this' } }))).toEqual([]);
  });

  it('count when they were abandoned in the queue', () => {
    expect(textsOf(reader().read(queue('enqueue', 'never mind'), queue('popAll')))).toEqual(['never mind']);
  });

  it('count when only an attachment has them', () => {
    const attachment = { type: 'queued_command', prompt: 'typed meanwhile', commandMode: 'prompt' };
    expect(reader().read(line('attachment', { attachment }))).toMatchObject([{ kind: 'prompt', queued: true }]);
  });

  it('are neither slash commands nor notifications in the queue', () => {
    const { read } = reader();
    expect(read(queue('enqueue', '/compact keep it short'))).toMatchObject([{ kind: 'machine', label: 'command' }]);
    expect(read(queue('enqueue', '<task-notification>done</task-notification>'))).toEqual([]);
    expect(read(queue('shuffle', 'x'))).toEqual([]);
    const attachment = { type: 'queued_command', prompt: 'agent finished', origin: { kind: 'task-notification' } };
    expect(read(line('attachment', { attachment }))).toMatchObject([{ kind: 'machine', label: 'task-notification' }]);
  });
});

describe('calls and results', () => {
  it('keep the input as text and pair by the call id', () => {
    const drafts = reader().read(call('Edit', { file_path: '/a', replace_all: false, edits: [1] }), result('done'));
    expect(drafts).toMatchObject([
      { kind: 'call', callId: 'toolu_1', tool: 'Edit', input: { file_path: '/a', replace_all: 'false', edits: '[1]' } },
      { kind: 'result', callId: 'toolu_1', ok: true, text: 'done' },
    ]);
  });

  it('know failures, with the exit code where there is one', () => {
    const { read } = reader();
    read(call('Bash', { command: 'make' }));
    expect(read(result('Exit code 2\nno rule', { is_error: true }))).toMatchObject([{ ok: false, exitCode: 2 }]);
    expect(read(result('<tool_use_error>no such file</tool_use_error>'))).toMatchObject([{ ok: false }]);
  });

  it('know what the user refused, and their words', () => {
    const { read } = reader();
    read(call('Bash', { command: 'rm -rf src' }));
    const refusal = "The user doesn't want to proceed with this tool use. The tool use was rejected.";
    const silent = result(
      `${refusal} STOP what you are doing.`,
      { is_error: true },
      { toolDenialKind: 'user-rejected' },
    );
    expect(read(silent)).toMatchObject([{ ok: false, denied: { reason: '' } }]);
    const spoken = result(`${refusal} To tell you how to proceed, the user said:\nuse git rm`, { is_error: true });
    expect(read(spoken)).toMatchObject([{ denied: { reason: 'use git rm' } }]);
    const older = `${refusal} The user provided the following reason for the rejection:  too slow`;
    expect(read(result(older, { is_error: true }))).toMatchObject([{ denied: { reason: 'too slow' } }]);
    const byHook = result('blocked by a hook', { is_error: true }, { toolDenialKind: 'hook' });
    const [blocked] = read(byHook);
    expect(blocked).toMatchObject({ ok: false });
    expect(blocked).not.toHaveProperty('denied');
  });

  it('do not take a plan handed on, or a question to clarify, for a refusal', () => {
    const { read } = reader();
    const refusal = "The user doesn't want to proceed with this tool use.";
    read(call('ExitPlanMode', { plan: 'x' }));
    expect(read(result(`${refusal} STOP.`, { is_error: true }))).toMatchObject([{ ok: true }]);
    const feedback = `${refusal} To tell you how to proceed, the user said:\nname it differently`;
    expect(read(result(feedback, { is_error: true }))).toMatchObject([{ denied: { reason: 'name it differently' } }]);
    read(call('AskUserQuestion', {}));
    const clarify = `${refusal} the user said:\nThe user wants to clarify these questions.`;
    expect(read(result(clarify, { is_error: true }))).toMatchObject([{ ok: true }]);
  });

  it('describe what is no text', () => {
    const content = [{ type: 'text', text: 'seen' }, { type: 'image', source: { data: 'AAAA' } }, 'bare', null];
    expect(textsOf(reader().read(result(content)))).toEqual(['seen\n[image]\nbare\n']);
    expect(textsOf(reader().read(user([{ type: 'tool_result', text: 'old shape' }])))).toEqual(['old shape']);
    expect(textsOf(reader().read(result([{ type: 'tool_reference', tool_name: 'Grep' }])))).toEqual(['Grep']);
  });
});

describe('what the agent says', () => {
  it('is its text; thinking, placeholders and empty blocks are left out', () => {
    const blocks = [
      { type: 'thinking', thinking: 'secret plan' },
      { type: 'text', text: 'Done.' },
      { type: 'text', text: ' ' },
      { type: 'text', text: '(no content)' },
    ];
    expect(reader().read(assistant(blocks))).toMatchObject([{ kind: 'assistant', text: 'Done.', messageId: 'msg_1' }]);
    expect(textsOf(reader().read(assistant('plain string')))).toEqual(['plain string']);
  });

  it('is no speech if it is an error of the API', () => {
    const error = { ...assistant([{ type: 'text', text: 'API Error: 401' }]), isApiErrorMessage: true };
    expect(reader().read(error)).toMatchObject([{ kind: 'machine', label: 'api-error' }]);
  });

  it('gives the usage of each message once, at its highest', () => {
    const { read, context } = reader();
    read(assistant([], { usage: { input_tokens: 10, output_tokens: 1 } }));
    read(assistant([], { usage: { input_tokens: 10, output_tokens: 30, cache_read_input_tokens: 5 } }));
    expect([...context.facts.usage.values()]).toEqual([{ input: 10, output: 30, cacheRead: 5, cacheWrite: 0 }]);
  });
});

describe('subagents', () => {
  it('are named by the call that started them when an old client logs them in place', () => {
    const { read } = reader();
    read(call('Task', { prompt: 'look around', subagent_type: 'Explore' }));
    const first = user('look around', { isSidechain: true });
    const next = { ...assistant([{ type: 'text', text: 'looking' }]), isSidechain: true, parentUuid: first['uuid'] };
    expect(read(first, next)).toMatchObject([
      { kind: 'machine', label: 'agent-task', agent: 'Explore' },
      { kind: 'assistant', agent: 'Explore' },
    ]);
  });

  it('are named by their transcript, or not at all', () => {
    expect(reader('agent', 'reviewer').read(user('go'))).toMatchObject([{ agent: 'reviewer', label: 'agent-task' }]);
    expect(reader('agent').read(user('go', { attributionAgent: 'Plan' }))).toMatchObject([{ agent: 'Plan' }]);
    expect(reader('agent').read(user('go'))).toMatchObject([{ agent: 'subagent' }]);
  });
});

describe('every other line', () => {
  it('becomes an entry where it says something', () => {
    const { read } = reader();
    const compact = { subtype: 'compact_boundary', compactMetadata: { trigger: 'auto' } };
    expect(read(line('system', compact))).toMatchObject([{ kind: 'compaction', trigger: 'auto' }]);
    const error = { subtype: 'api_error', error: { formatted: '529 Overloaded' } };
    expect(textsOf(read(line('system', error)))).toEqual(['529 Overloaded']);
    expect(textsOf(read(line('system', { subtype: 'local_command', content: 'ran' })))).toEqual(['ran']);
    expect(read(line('system', { subtype: 'turn_duration', durationMs: 3 }))).toEqual([]);
    expect(read(line('system', { content: '' }))).toEqual([]);
    const hook = { type: 'hook_additional_context', content: ['from the hook'] };
    expect(read(line('attachment', { attachment: hook }))).toMatchObject([{ label: 'hook', text: 'from the hook' }]);
    const failed = { type: 'hook_blocking_error', stderr: 'no' };
    expect(read(line('attachment', { attachment: failed }))).toMatchObject([{ label: 'hook-error' }]);
    expect(textsOf(read({ type: 'pr-link', prUrl: 'https://example.org/pull/1' }))).toEqual([
      'https://example.org/pull/1',
    ]);
    expect(read({ type: 'pr-link' })).toEqual([]);
  });

  it('names the session: by hand before by machine before by summary', () => {
    const { read, context } = reader();
    const said = assistant([{ type: 'text', text: 'x' }]);
    read(said, { type: 'summary', summary: 'of another session', leafUuid: 'elsewhere' });
    expect(context.facts.title).toBeUndefined();
    read({ type: 'summary', summary: 'of this one', leafUuid: said['uuid'] });
    expect(context.facts.title?.text).toBe('of this one');
    read({ type: 'ai-title', aiTitle: 'by machine' }, { type: 'custom-title', customTitle: 'by hand' });
    read({ type: 'ai-title', aiTitle: 'by machine again' });
    expect(context.facts.title).toEqual({ text: 'by hand', from: 'custom' });
  });

  it('notes the memories that were loaded', () => {
    const { read, context } = reader();
    read(line('attachment', { attachment: { type: 'instructions', files: [{ path: '/w/CLAUDE.md' }, {}] } }));
    read(line('attachment', { attachment: { type: 'nested_memory', path: '/w/sub/CLAUDE.md' } }));
    expect([...context.facts.memoriesLoaded]).toEqual(['/w/CLAUDE.md', '/w/sub/CLAUDE.md']);
  });

  it('is counted by type, whatever it is', () => {
    const { read, context } = reader();
    read(
      { type: 'brand-new' },
      {},
      { type: 'x'.repeat(500) },
      { type: 'progress', uuid: 'p' },
      { type: 'api-request-blob' },
    );
    read(line('attachment', { attachment: { type: 'date' } }), line('attachment', {}));
    expect(Object.fromEntries(context.facts.lineTypes)).toEqual({
      'brand-new': 1,
      untyped: 1,
      other: 1,
      progress: 1,
      'api-request-blob': 1,
      'attachment/date': 1,
      attachment: 1,
    });
  });

  it('counts at most 200 kinds by name', () => {
    const { read, context } = reader();
    for (let i = 0; i < 300; i += 1) read({ type: `kind-${i}` });
    expect(context.facts.lineTypes.get('other')).toBe(100);
  });

  it('never makes reading throw, whatever the fields hold', () => {
    const { read } = reader();
    const odd = [null, 3, 'text', [], {}, [null], [[]], { type: 5 }];
    const types = ['user', 'assistant', 'system', 'attachment', 'queue-operation', 'summary', 'custom-title'];
    for (const type of types) {
      for (const value of odd) {
        read({
          type,
          uuid: value,
          timestamp: value,
          message: value,
          attachment: value,
          content: value,
          operation: value,
        });
        read(
          line(type, {
            message: { content: value, usage: value, id: value },
            content: value,
            error: value,
            parentUuid: value,
          }),
        );
        read(
          line(type, {
            message: { content: [value, { type: 'tool_use', input: value }, { type: 'tool_result', content: value }] },
          }),
        );
      }
    }
  });

  it('is read once: a repeated line gives nothing', () => {
    const { read } = reader();
    const said = user('only once');
    expect(kinds(read(said, said, { ...said, sessionId: 'copy' }))).toEqual(['prompt']);
  });

  it('stands for itself without an id', () => {
    const bare = Object.fromEntries(Object.entries(user('same words')).filter(([name]) => name !== 'uuid'));
    expect(kinds(reader().read(bare, bare))).toEqual(['prompt', 'prompt']);
  });

  it('keeps the first folder and the last branch', () => {
    const { read, context } = reader();
    read(user('a', { cwd: '/w', gitBranch: 'main', version: '2.0.1', entrypoint: 'cli' }));
    read(user('b', { cwd: '/w/sub', gitBranch: 'next', version: '2.1.0', timestamp: '2026-11-20T09:00:00.000Z' }));
    read(user('c', { timestamp: 'yesterday' }));
    expect(context.facts).toMatchObject({ cwd: '/w', branch: 'next', version: '2.1.0', entrypoint: 'cli' });
    expect([context.facts.firstAt, context.facts.lastAt]).toEqual([Date.parse('2026-11-20T09:00:00Z'), Date.parse(at)]);
  });
});
