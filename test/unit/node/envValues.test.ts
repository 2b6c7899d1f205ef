import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseEnv, secretValues } from '../../../src/node/envFile';
import { readEnvValues } from '../../../src/node/envValues';
import { createNodePorts } from '../../../src/node/nodePorts';
import { createRecordingLogger } from '../../fakes/fakePorts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'agent-dreams-env-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

const put = async (file: string, text: string): Promise<void> => {
  await mkdir(path.dirname(path.join(root, file)), { recursive: true });
  await writeFile(path.join(root, file), text);
};
const valuesOf = (text: string): readonly string[] => secretValues(parseEnv(text)).map(({ value }) => value);
const read = async (): Promise<readonly string[]> => (await readEnvValues(root)).values.map(({ value }) => value);

describe('the values of an .env file', () => {
  it.each([
    ['DB_PASSWORD=blue-canary-42', ['blue-canary-42']],
    ['export SESSION_SECRET="with # and space"', ['with # and space']],
    ["TOKEN='single 1 quoted'", ['single 1 quoted']],
    ['API_KEY=abc123def456 # of staging', ['abc123def456']],
    ['CERT_KEY="one\\ntwo-lines"', ['one\\ntwo-lines', 'one\ntwo-lines']],
    ['X_17=qwerty-1a2b3c-ZZYX9876', ['qwerty-1a2b3c-ZZYX9876']],
  ])('of %s are %j', (text, values) => {
    expect(valuesOf(text)).toEqual(values);
  });

  it('are the password of a URL too, as written and as meant', () => {
    expect(valuesOf('DATABASE_URL=postgres://app:p%40ss-word1@db:5432/app')).toEqual([
      'postgres://app:p%40ss-word1@db:5432/app',
      'p%40ss-word1',
      'p@ss-word1',
    ]);
  });

  it.each([
    'NODE_ENV=development',
    'PORT=3000',
    'DEBUG=true',
    'API_URL=https://api.example.org/v1',
    'KEY_FILE=/etc/ssl/server.pem',
    'API_KEY=your-key-here',
    'SECRET=changeme',
    'TOKEN=${OTHER}',
    'PASSWORD=short',
    'MAIL_FROM=team@example.org',
    'VERSION=1.20.3',
    '# PASSWORD=a-comment-not-a-value',
  ])('are not switches, ports, addresses, paths or placeholders: %s', (text) => {
    expect(valuesOf(text)).toEqual([]);
  });
});

describe('the .env files of a workspace', () => {
  it('are those of the root and of its packages, without templates', async () => {
    await put('.env', 'A_TOKEN=root-token-1');
    await put('packages/api/.env.local', 'A_TOKEN=package-token-2');
    await put('prod.env', 'A_TOKEN=prod-token-3');
    await put('.env.example', 'A_TOKEN=example-token-4');
    await put('node_modules/x/.env', 'A_TOKEN=foreign-token-5');

    expect([...(await read())].sort()).toEqual(['package-token-2', 'prod-token-3', 'root-token-1']);
  });

  it('are not what a symbolic link leads to, nor what is too large', async () => {
    const outside = await mkdtemp(path.join(tmpdir(), 'agent-dreams-env-'));
    await writeFile(path.join(outside, '.env'), 'A_TOKEN=outside-token-1');
    await symlink(path.join(outside, '.env'), path.join(root, '.env'));
    await symlink(outside, path.join(root, 'linked'));
    await put('.env.large', `A_TOKEN=large-token-1\n${'#'.repeat(300_000)}`);

    expect(await read()).toEqual([]);
    await rm(outside, { recursive: true });
  });

  it('are read again only if one changed', async () => {
    await put('.env', 'A_TOKEN=first-token-1');
    const first = await readEnvValues(root);
    expect(await readEnvValues(root, first)).toBe(first);
    await put('.env', 'A_TOKEN=another-token-22');
    expect((await readEnvValues(root, first)).values.map(({ value }) => value)).toEqual(['another-token-22']);
  });
});

describe('the redactor of a folder', () => {
  it('knows the values, follows their changes, and the log gets none of them', async () => {
    await put('.env', 'THING=plover-1a2b3c-XYZW9876');
    const logger = createRecordingLogger();
    const { redactor, logger: safe } = await createNodePorts({ workspaceRoot: root, logger });
    safe.info('it is plover-1a2b3c-XYZW9876');
    expect(logger.lines[0]?.message).toMatch(/^it is \[redacted:[\w.-]+:[0-9a-f]{8}\]$/u);

    await put('.env', 'THING=heron-9f8e7d-ABCD12345');
    await redactor.refresh();
    expect(redactor.redact('heron-9f8e7d-ABCD12345').rules).toHaveLength(1);
  });

  it('lets pass what the user allowed by its fingerprint', async () => {
    await put('.env', 'THING=plover-1a2b3c-XYZW9876');
    const allow: string[] = [];
    const settings = () => ({ rules: [], allow: [...allow] });
    const { redactor } = await createNodePorts({ workspaceRoot: root, logger: createRecordingLogger(), settings });
    allow.push(redactor.find('plover-1a2b3c-XYZW9876')[0]?.fingerprint ?? '');
    await redactor.refresh();
    expect(redactor.redact('plover-1a2b3c-XYZW9876').text).toBe('plover-1a2b3c-XYZW9876');
  });
});
