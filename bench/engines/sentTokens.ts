import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runDream } from '../../src/core/dream/runDream';
import type { CorePorts, Redactor } from '../../src/core/ports';
import { withAccepted } from '../../src/core/state/accepted';
import { updateState } from '../../src/core/state/localState';
import { listSessions } from '../../src/core/sessions/sessionFiles';
import { createClaudeModel } from '../../src/engines/claude/claudeModel';
import { captureSessions } from '../../src/node/logs/captureSessions';
import { createNodePorts } from '../../src/node/nodePorts';
import { createWorkspaceProbe } from '../../src/node/workspaceProbe';
import { listAt, textAt } from '../../test/fakes/anthropic/json';
import { startAnthropic } from '../../test/fakes/anthropic/server';
import { silentLogger } from '../../src/node/lineLogger';
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
  /** What the requests asked about, with the marks and the question. */
  readonly texts: readonly string[];
  /** What all requests begin with. */
  readonly shared: string;
  /** The redactor of that store: what is looked for has to be redacted alike. */
  readonly redactor: Redactor;
}

/**
 * Captures the logs below `folder` as those of one scratch workspace and dreams over all of them before the loopback, with
 * a store of so many memories.
 */
export async function sendCorpus(folder: string, memories = 0): Promise<Sent> {
  const workspaceRoot = await mkdtemp(path.join(tmpdir(), 'agent-dreams-tokens-'));
  const fake = await startAnthropic();
  try {
    const node = await createNodePorts({
      workspaceRoot,
      logger: silentLogger,
      userFolder: path.join(workspaceRoot, 'user'),
    });
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
    for (let at = 0; at < memories; at += 1) await keepMemory(ports, at);
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
      shared: textAt(listAt(asked[0]?.body, 'system')[0], 'text') ?? '',
      redactor: ports.redactor,
    };
  } finally {
    await fake.close();
    await rm(workspaceRoot, { recursive: true, force: true });
  }
}

async function keepMemory(ports: CorePorts, at: number): Promise<void> {
  const file = `conventions/rule-number-${at}.md`;
  const description = `Rule number ${at}: keep the parts of the build that belong together in one place, and name it after them`;
  const text = `---\nname: rule-number-${at}\ndescription: ${JSON.stringify(description)}\n---\nKeep them together.\n`;
  await ports.files.write(file, ports.text.encode(text));
  await updateState(ports, (state) =>
    withAccepted(state, undefined, [{ path: file, after: ports.hasher.sha256(text) }]),
  );
}
