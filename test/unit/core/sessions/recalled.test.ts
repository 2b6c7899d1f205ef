import { describe, expect, it } from 'vitest';
import { createMemoryUse } from '../../../../src/core/sessions/memoryUse';
import { openedMemories } from '../../../../src/core/sessions/openedMemories';
import { parseHeader, renderLine } from '../../../../src/core/sessions/sessionCodec';
import type { CallEntry, SessionEntry } from '../../../../src/core/sessions/session';
import { buildSession } from '../../../fakes/sessionBuilder';

const header = buildSession('a', '2026-11-20T10:00:00.000Z').says('hello').end().header;
const base = { id: 'x', at: '' };
const call = (tool: string, input: Record<string, string>): CallEntry => ({
  ...base,
  kind: 'call',
  callId: 'c',
  tool,
  input,
});
const says = (text: string): SessionEntry => ({ ...base, kind: 'assistant', text });

describe('the header of a session', () => {
  it('says nothing of recall where it was captured before that existed', () => {
    const old: Record<string, unknown> = { ...header };
    delete old['recalled'];
    delete old['memoryUse'];
    expect(parseHeader(JSON.stringify(old))).toEqual(header);
  });

  it('keeps what was recalled', () => {
    const full = {
      ...header,
      recalled: [{ at: '', channel: 'rules' as const, agent: 'reviewer', marker: '00000000', entries: ['m-1111'] }],
      memoryUse: [{ memory: 'm-1111', read: 1, cited: 0, success: 1, corrected: 0 }],
    };
    expect(parseHeader(renderLine(full))).toEqual(full);
    expect(parseHeader(JSON.stringify({ ...header, recalled: [{ channel: 'else' }] }))).toBeUndefined();
  });
});

describe('turning to a memory', () => {
  it('counts reads by call, citations by beat, and how those beats ended', () => {
    const use = createMemoryUse();
    const read = call('Read', { file_path: '/w/.agent-memory/facts/port.md' });
    for (const entry of [read, read, says('As [m-1111] says.'), says('m-1111 again')]) use.add(entry);
    use.endBeat('corrected');
    use.add(says('See m-1111.'));
    use.endBeat('success');
    use.endBeat('success');
    use.add(read);
    expect(use.soFar('failed')).toEqual([
      { memory: '/w/.agent-memory/facts/port.md', read: 3, cited: 0, success: 0, corrected: 1 },
      { memory: 'm-1111', read: 0, cited: 2, success: 1, corrected: 1 },
    ]);
  });

  it('is bounded', () => {
    const use = createMemoryUse();
    const ids = (from: number) =>
      Array.from({ length: 250 }, (_, index) => `m-${(from + index).toString(16)}`).join(' ');
    use.add(says(ids(0x1000)));
    use.add(says(ids(0x2000)));
    use.endBeat('success');
    use.add(says(ids(0x3000)));
    expect(use.soFar('success')).toHaveLength(300);
  });

  it('may be a call of our own server', () => {
    expect(openedMemories(call('mcp__agent-dreams__read_memory', { path: 'facts/port.md' }))).toEqual([
      'facts/port.md',
    ]);
    expect(openedMemories(call('mcp__agent-dreams__read_memory', { id: 'm-1111' }))).toEqual(['m-1111']);
    expect(openedMemories(call('mcp__agent-dreams__read_memory', {}))).toEqual([]);
    expect(openedMemories(call('mcp__agent-dreams__search_memory', { query: 'x' }))).toEqual([]);
  });
});
