import { expect, it } from 'vitest';
import { ensureClaudeCode } from '../../scripts/rig/claudeCode';
import { isolate } from './rig/isolation';

it('shows the main agent, each kind of subagent and another user what is theirs, and nothing else', async () => {
  const seen = await isolate(await ensureClaudeCode());
  expect(seen.map(({ viewer, subagents }) => `${viewer}, ${subagents}`)).toEqual([
    ...['main', 'reviewer', 'tester', 'general-purpose', 'Explore'].map((viewer) => `${viewer}, full`),
    ...['main', 'reviewer', 'tester', 'general-purpose', 'Explore'].map((viewer) => `${viewer}, filtered`),
    'another user, full',
  ]);
  expect(seen.filter(({ leaked, missing }) => leaked.length + missing.length > 0)).toEqual([]);
});
