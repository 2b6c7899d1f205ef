import { expect, it } from 'vitest';
import { managedConsent } from '../../../../src/engines/managed/consent';

it('says what leaves, where to, for how long, and what cannot be deleted', () => {
  const words = managedConsent({ memories: 12, sessions: 34, host: 'api.anthropic.com' }).join('\n');
  for (const part of ['12 memories', '34 sessions', 'api.anthropic.com', 'personal', 'redacted', 'minutes to hours'])
    expect(words).toContain(part);
  expect(words).toMatch(/deletes.*crash/u);
  expect(words).toMatch(/only be archived/u);
});
