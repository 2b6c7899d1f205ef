import { describe, expect, it } from 'vitest';
import { textsOfRecord } from '../../../../src/core/secretReport/logTexts';
import { groupSightings, renderSecretReport } from '../../../../src/core/secretReport/secretReport';

const seen = { rule: 'github-token', fingerprint: '0badcafe', where: 'prompt' };
const report = {
  workspace: '/w',
  at: '2026-11-21T10:00:00.000Z',
  files: [],
  scanned: { files: 2, bytes: 1_500_000 },
  unread: [],
  canceled: false,
};

describe('the report of Find Secrets', () => {
  it('says so where nothing was found', () => {
    expect(renderSecretReport(report)).toContain('**Nothing was found** in 2 files, 1.5 MB.');
  });

  it('has a row for each secret and place, with its count and lines', () => {
    const groups = groupSightings([
      { ...seen, line: 9 },
      { ...seen, line: 3 },
      { ...seen, line: 3, where: 'output of Bash' },
    ]);
    const text = renderSecretReport({ ...report, files: [{ kind: 'log', file: '/l.jsonl', groups }] });
    expect(text).toContain('| 3, 9 | `github-token` | `0badcafe` | `prompt` | 2 |');
    expect(text).toContain('| 3 | `github-token` | `0badcafe` | `output of Bash` | 1 |');
    expect(text).toContain('**Rotate**');
  });

  it('lets no name of a file or tool become Markdown', () => {
    const groups = groupSightings([{ ...seen, line: 1, where: 'x` [a](command:evil) | <b>' }]);
    const files = [{ kind: 'memory' as const, file: '`` [x](command:evil)\n# title', groups }];
    const text = renderSecretReport({ ...report, files, unread: ['a`b'], canceled: true });
    for (const line of text.split('\n').filter((one) => one.includes('command:'))) {
      expect(line).toMatch(/`[^`]*\[[ax]\]\(command:evil\)[^`]*`/u);
    }
    expect(text).not.toMatch(/^# title/mu);
    expect(text).toContain('was **cancelled**');
  });
});

describe('the texts of a log line', () => {
  it('are told with who said them', () => {
    const tools = new Map<string, string>();
    const call = {
      type: 'assistant',
      message: { content: [{ type: 'tool_use', id: 't1', name: 'Bash', input: { command: 'run it all' } }] },
    };
    const result = {
      type: 'user',
      message: { content: [{ type: 'tool_result', tool_use_id: 't1', content: 'the output' }] },
    };
    const prompt = { type: 'user', isSidechain: true, message: { content: 'a whole prompt' } };
    const places = [call, result, prompt].flatMap((line) => textsOfRecord(line, tools));
    expect(places).toContainEqual({ text: 'command: run it all', where: 'input of Bash' });
    expect(places).toContainEqual({ text: 'the output', where: 'output of Bash' });
    expect(places).toContainEqual({ text: 'a whole prompt', where: 'prompt of a subagent' });
  });
});
