import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { plainTranslate } from '../../../../src/vscode/translate';
import { doctorReport } from '../../../../src/vscode/doctor/doctorReport';
import { healthyWorkspace, type Workspace } from '../../../doctor/workspace';

let workspace: Workspace;
beforeAll(async () => {
  workspace = await healthyWorkspace();
}, 60_000);
afterAll(() => workspace.dispose());

describe('the doctor in an untrusted workspace', () => {
  it('runs nothing of it, and says in one finding what it could not look at', async () => {
    const facts = await workspace.facts({ trusted: false });
    const findings = await workspace.check({ trusted: false });

    expect(facts.hooks.known).toBe(false);
    expect(findings).toMatchObject([{ kind: 'unknown', severity: 'unknown', fix: { id: 'trust' } }]);
    expect(String(findings[0]?.about['checks']).split(' ')).toEqual(['connection', 'schedule', 'waiting']);
  }, 60_000);
});

describe('the report of a setup', () => {
  it('says that everything is as it should be, and what was looked at', async () => {
    const checked = { name: 'shop', facts: await workspace.facts(), findings: await workspace.check() };

    const report = doctorReport([checked], { t: plainTranslate, time: (iso) => iso });

    expect(report).toContain('Everything is as it should be.');
    expect(report).toContain('- ✓ **How long logs are kept**: 365 days');
    expect(report).toContain('- ✓ **Connection to Claude Code**: by hooks');
    expect(report.match(/^- ✓/gmu)).toHaveLength(17);
  }, 60_000);
});
