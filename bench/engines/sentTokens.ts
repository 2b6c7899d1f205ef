import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runDream } from '../../src/core/dream/runDream';
import type { Redactor } from '../../src/core/ports';
import { listSessions } from '../../src/core/sessions/sessionFiles';
import { createClaudeModel } from '../../src/engines/claude/claudeModel';
import { captureSessions } from '../../src/node/logs/captureSessions';
import { createNodePorts } from '../../src/node/nodePorts';
import { createWorkspaceProbe } from '../../src/node/workspaceProbe';
import { listAt, textAt } from '../../test/fakes/anthropic/json';
import { startAnthropic } from '../../test/fakes/anthropic/server';
import { quiet } from '../capture/corpus';
import { countRawPrompts } from '../capture/rawPrompts';
import { isAboutChanges, promptOf } from './requests';

/** What a dream over real logs sent to read sessions. */
export interface Sent {
  /** Log files that are the main file of a captured session in which a person took part. */
  readonly sources: ReadonlySet<string>;
  readonly sessions: number;
  readonly requests: number;
  /** Of the bodies as they came in. */
  readonly bytes: number;
  /** Of the marked texts alone. */
  readonly textBytes: number;
  /** Of what all requests begin with, once for each request. */
  readonly sharedBytes: number;
  readonly texts: readonly string[];
  /** The redactor of that store: what is looked for has to be redacted alike. */
  readonly redactor: Redactor;
}

/** Captures the logs below `folder` as those of one scratch workspace and dreams over all of them before the loopback. */
export async function sendCorpus(folder: string): Promise<Sent> {
  const workspaceRoot = await mkdtemp(path.join(tmpdir(), 'agent-dreams-tokens-'));
  const fake = await startAnthropic();
  try {
    const node = await createNodePorts({ workspaceRoot, logger: quiet, userFolder: path.join(workspaceRoot, 'user') });
    const ports = { ...node, probe: createWorkspaceProbe(workspaceRoot) };
    await captureSessions(
      ports,
      {
        workspaceRoot,
        configDirs: [],
        extraLogFolders: [folder],
        mapCwd: [...new Set(countRawPrompts(folder).cwds.values())].map((from) => ({ from, to: workspaceRoot })),
        exclude: { paths: [], entrypoints: [] },
        maxBytesOnDisk: Number.MAX_SAFE_INTEGER,
        home: workspaceRoot,
      },
      { aborted: false },
    );
    const headers = (await listSessions(ports)).filter(({ counts }) => counts.prompts > 0);
    const model = createClaudeModel({ apiKey: 'key-of-nobody', baseUrl: fake.url });
    const request = { trigger: 'cli', minSessions: 0, engine: { model, capUsd: 1_000 } } as const;
    const outcome = await runDream(ports, request, { aborted: false }, undefined, []);
    if (outcome.kind !== 'completed') throw new Error(`The dream over ${folder} ended as ${outcome.kind}`);
    const asked = fake.requests.filter(({ path: at, body }) => at === '/v1/messages' && !isAboutChanges(body));
    const texts = asked.map(({ body }) => promptOf(body));
    return {
      sources: new Set(headers.map(({ source }) => source)),
      sessions: headers.length,
      requests: asked.length,
      bytes: asked.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0),
      textBytes: texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0),
      sharedBytes: asked.reduce(
        (sum, { body }) => sum + Buffer.byteLength(textAt(listAt(body, 'system')[0], 'text') ?? ''),
        0,
      ),
      texts,
      redactor: ports.redactor,
    };
  } finally {
    await fake.close();
    await rm(workspaceRoot, { recursive: true, force: true });
  }
}
