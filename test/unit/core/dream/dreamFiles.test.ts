import { describe, expect, it } from 'vitest';
import { listDreams, readDreams, readProposal, writeRecord } from '../../../../src/core/dream/dreamFiles';
import { parseProposal, parseRecord } from '../../../../src/core/dream/dreamSchema';
import type { DreamRecord } from '../../../../src/core/dream/dream';
import type { DreamId } from '../../../../src/core/review/proposal';
import { createFakePorts } from '../../../fakes/fakePorts';

const id = '00000000000000000000000001' as DreamId;
const record: DreamRecord = {
  format: 1,
  id,
  status: 'completed',
  engine: 'offline',
  createdAt: '2026-11-21T09:00:00.000Z',
  sessions: ['s1'],
  trigger: 'command',
  costUsd: 0,
};
const dreamPath = `.local/dreams/${id}/dream.json`;
const proposalPath = `.local/dreams/${id}/proposal.json`;

describe('dreams on disk', () => {
  it('come back as they were written, newest first', async () => {
    const ports = createFakePorts();
    const later = { ...record, id: '00000000000000000000000002' as DreamId, createdAt: '2026-11-22T09:00:00.000Z' };
    await writeRecord(ports, record);
    await writeRecord(ports, later);
    expect(await listDreams(ports)).toEqual([later, record]);
  });

  it.each([
    ['is not JSON', '{"format":1'],
    ['status: Invalid option', JSON.stringify({ ...record, status: 'asleep' })],
    ['names another dream', JSON.stringify({ ...record, id: '00000000000000000000000009' })],
  ])('a record that %s is set aside, with its reason', async (reason, text) => {
    const ports = createFakePorts({ [dreamPath]: text });
    const { dreams, problems } = await readDreams(ports);
    expect(dreams).toEqual([]);
    expect(problems).toHaveLength(1);
    expect(problems[0]?.reason).toContain(reason.split(':')[0]);
    expect(problems[0]?.movedTo).toMatch(/dream\.json\.broken-\d+$/u);
    expect(await ports.files.read(dreamPath)).toBeUndefined();
    expect(ports.logger.lines).toHaveLength(1);
  });

  it('a record that cannot be set aside is reported all the same', async () => {
    const ports = createFakePorts({ [dreamPath]: 'x' });
    const readOnly = {
      ...ports,
      files: { ...ports.files, rename: async () => Promise.reject(new Error('read-only')) },
    };
    const { problems } = await readDreams(readOnly);
    expect(problems).toEqual([{ path: dreamPath, reason: 'is not JSON' }]);
  });

  it('a folder without a record is no dream', async () => {
    const ports = createFakePorts({ [`.local/dreams/${id}/review.json`]: '{}', '.local/dreams/stray.txt': '' });
    expect(await readDreams(ports)).toEqual({ dreams: [], problems: [] });
  });
});

describe('proposals on disk', () => {
  const change = {
    id: '00000000000000000000000003',
    kind: 'add',
    title: 'Use pnpm',
    rationale: 'said',
    files: [{ path: 'conventions/use-pnpm.md', before: null, after: 'text' }],
    evidence: [{ kind: 'quote', session: 's1', entry: 'e', by: 'user', quote: 'use pnpm', at: '' }],
    trust: 'user',
    risk: 'low',
    warnings: [],
    fingerprint: 'f',
  };
  const proposal = { format: 1, id, createdAt: '', changes: [change], dismissed: [] };

  it('come back as they were written', async () => {
    const ports = createFakePorts({ [proposalPath]: JSON.stringify(proposal) });
    expect(await readProposal(ports, id)).toEqual(proposal);
  });

  it('a missing one is undefined', async () => {
    expect(await readProposal(createFakePorts(), id)).toBeUndefined();
  });

  it.each([
    ['a way out of the store', { ...change, files: [{ path: '../../etc/passwd', before: null, after: '' }] }],
    ['an absolute path', { ...change, files: [{ path: '/etc/passwd', before: null, after: '' }] }],
    ['no file', { ...change, files: [] }],
    ['no evidence', { ...change, evidence: [] }],
    ['an unknown kind', { ...change, kind: 'obliterate' }],
    [
      'a score past one',
      { ...change, score: { recurrence: 2, spread: 0, outcome: 0, speaker: 0, specificity: 0, total: 0 } },
    ],
  ])('%s makes it broken', async (_, bad) => {
    const ports = createFakePorts({ [proposalPath]: JSON.stringify({ ...proposal, changes: [bad] }) });
    expect(await readProposal(ports, id)).toBeUndefined();
    expect(await ports.files.read(proposalPath)).toBeUndefined();
  });

  it('one that names another dream is set aside', async () => {
    const ports = createFakePorts({
      [proposalPath]: JSON.stringify({ ...proposal, id: '00000000000000000000000009' }),
    });
    expect(await readProposal(ports, id)).toBeUndefined();
    expect(ports.logger.lines[0]?.message).toContain('names another dream');
  });

  it('every kind of evidence is known', () => {
    const evidence = [
      { kind: 'event', session: 's', entry: 'e', event: 'failed', quote: 'q', at: '' },
      { kind: 'check', subject: 'a', verdict: 'gone', detail: 'd', at: '' },
      { kind: 'memory', path: 'a/b.md', sha256: 'x', quote: 'q' },
      { kind: 'by-hand', at: '' },
    ];
    expect(typeof parseProposal(JSON.stringify({ ...proposal, changes: [{ ...change, evidence }] }))).toBe('object');
    expect(parseRecord('null')).toMatch(/the file|record|object/iu);
  });
});
