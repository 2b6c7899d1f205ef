import { describe, expect, it } from 'vitest';
import { createHasher } from '../../../../src/node/hasher';
import { createSecretGuard } from '../../../../src/node/secrets/secretGuard';
import { EngineKey, keyFault } from '../../../../src/vscode/engines/engineKey';

/** A key of a gateway: no rule knows its form. */
const TYPED = ['corporate', 'gateway', 'key', '0123456789'].join('.');
const SET = ['another', 'key', 'of', 'the', 'environment'].join('.');

function world(environment: Readonly<Record<string, string>> = {}) {
  const secrets = new Map<string, string>();
  const state = new Map<string, unknown>();
  const key = new EngineKey({
    secrets: {
      get: async (name) => secrets.get(name),
      store: async (name, value) => void secrets.set(name, value),
      delete: async (name) => void secrets.delete(name),
    },
    state: { get: (name) => state.get(name), update: async (name, value) => void state.set(name, value) },
    environment,
  });
  return { key, secrets, state };
}

describe('the key of the Claude API', () => {
  it('is none at first, also where the environment has one: that it is there says nothing', async () => {
    const { key } = world({ ANTHROPIC_API_KEY: SET });
    expect(await key.source()).toBeUndefined();
    expect(await key.read()).toBeUndefined();
    expect(key.inEnvironment).toBe(true);
  });

  it('is kept in the secret storage and nowhere else', async () => {
    const { key, secrets, state } = world();
    await key.keep(` ${TYPED}\n`);
    expect(await key.read()).toBe(TYPED);
    expect(await key.source()).toBe('stored');
    expect([...secrets.values()]).toEqual([TYPED]);
    expect(JSON.stringify([...state])).not.toContain(TYPED);
  });

  it('of the environment is used once the user said so, and kept nowhere', async () => {
    const { key, secrets, state } = world({ ANTHROPIC_API_KEY: SET });
    await key.keep(TYPED);
    await key.useEnvironment();
    expect(await key.source()).toBe('environment');
    expect(await key.read()).toBe(SET);
    expect(JSON.stringify([...secrets, ...state])).not.toContain(SET);
    expect(secrets.size).toBe(0);
  });

  it('that was entered counts before the one of the environment', async () => {
    const { key } = world({ ANTHROPIC_API_KEY: SET });
    await key.useEnvironment();
    await key.keep(TYPED);
    expect(await key.read()).toBe(TYPED);
  });

  it('is gone when it is removed, wherever it came from', async () => {
    const { key, secrets } = world({ ANTHROPIC_API_KEY: SET });
    await key.useEnvironment();
    await key.remove();
    expect(await key.read()).toBeUndefined();
    await key.keep(TYPED);
    await key.remove();
    expect(await key.read()).toBeUndefined();
    expect(secrets.size).toBe(0);
  });

  it('is redacted wherever it stands, and for as long as it is known', async () => {
    const { key } = world({ ANTHROPIC_API_KEY: SET });
    const guard = createSecretGuard({
      workspaceRoot: '/nowhere',
      hasher: createHasher(),
      key: 'k'.repeat(64),
      ownKeys: () => key.exactValues(),
    });
    await key.keep(TYPED);
    await guard.refresh();
    expect(guard.redact(`401 for ${TYPED} and ${SET}`).text).not.toMatch(/gateway|another/u);
    await key.remove();
    await guard.refresh();
    expect(guard.redact(TYPED).text).toBe(TYPED);
    expect(guard.redact(SET).text).not.toContain('another');
  });
});

describe('a typed key', () => {
  it.each([
    ['', 'empty'],
    ['  ', 'empty'],
    ['short', 'short'],
    ['two words that are long enough', 'spaces'],
    [['sk', 'ant', 'oat01', 'and', 'so', 'on', 'and', 'on'].join('-'), 'login'],
    [TYPED, undefined],
    [` ${TYPED} `, undefined],
  ])('%j: %s', (text, fault) => expect(keyFault(text)).toBe(fault));
});
