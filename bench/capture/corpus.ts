import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { CorePorts, Redactor } from '../../src/core/ports';
import { createRedactor } from '../../src/core/secrets/redactor';
import { createSecretScanner } from '../../src/core/secrets/scanner';
import { listSessions, readSession } from '../../src/core/sessions/sessionFiles';
import { captureSessions, type CaptureReport } from '../../src/node/logs/captureSessions';
import { createNodePorts } from '../../src/node/nodePorts';
import { countRawPrompts, type RawPrompt } from './rawPrompts';
import { silentLogger } from '../../src/node/lineLogger';

export interface CorpusFigures {
  readonly files: number;
  readonly lines: number;
  readonly badLines: number;
  readonly report: CaptureReport;
  readonly rawPrompts: number;
  readonly capturedPrompts: number;
  /** Prompts that the raw lines have and no captured session does. */
  readonly lost: readonly RawPrompt[];
  /** Ids of captured prompts that the raw lines do not have. */
  readonly invented: readonly string[];
  /** Prompts in files that name no working directory, which no workspace can own. */
  readonly ownerless: number;
  readonly entries: Readonly<Record<string, number>>;
  readonly seconds: number;
}

const sameText = (text: string): string => text.replace(/\s+/gu, ' ').trim();

interface Captured {
  readonly prompts: number;
  readonly ids: ReadonlySet<string>;
  readonly queued: readonly string[];
  readonly entries: ReadonlyMap<string, number>;
}

async function readCaptured(ports: CorePorts, redactor: Redactor): Promise<Captured> {
  const entries = new Map<string, number>();
  const ids = new Set<string>();
  const queued: string[] = [];
  let prompts = 0;
  for (const { id } of await listSessions(ports)) {
    const session = await readSession(ports, id);
    for (const entry of session?.entries ?? []) {
      entries.set(entry.kind, (entries.get(entry.kind) ?? 0) + 1);
      if (entry.kind !== 'prompt') continue;
      prompts += 1;
      ids.add(entry.id.replace(/\.\d+$/u, ''));
      if (entry.queued === true) queued.push(redactor.redact(sameText(entry.text)).text);
    }
  }
  return { prompts, ids, queued, entries };
}

/** Captures every log below `folder` as if it belonged to one workspace, and holds the result against the raw lines. */
export async function captureCorpus(folder: string): Promise<CorpusFigures> {
  const raw = countRawPrompts(folder);
  const workspaceRoot = await mkdtemp(path.join(tmpdir(), 'agent-dreams-corpus-'));
  try {
    const ports = await createNodePorts({ workspaceRoot, logger: silentLogger });
    const redactor = createRedactor(createSecretScanner(), ports.hasher, ports.redactionKey);
    const started = performance.now();
    const report = await captureSessions(
      { ...ports, redactor },
      {
        workspaceRoot,
        configDirs: [],
        extraLogFolders: [folder],
        mapCwd: [...new Set(raw.cwds.values())].map((from) => ({ from, to: workspaceRoot })),
        exclude: { paths: [], entrypoints: [] },
        maxBytesOnDisk: Number.MAX_SAFE_INTEGER,
        home: workspaceRoot,
      },
      { aborted: false },
    );
    const seconds = (performance.now() - started) / 1000;
    const captured = await readCaptured(ports, redactor);
    const owned = raw.prompts.filter((prompt) => raw.cwds.has(prompt.file));
    const isKept = (prompt: RawPrompt): boolean =>
      (prompt.uuid !== undefined && captured.ids.has(prompt.uuid)) ||
      captured.queued.some((text) => text.includes(redactor.redact(sameText(prompt.text)).text));
    const rawIds = new Set(owned.map((prompt) => prompt.uuid));
    return {
      files: raw.files,
      lines: raw.lines,
      badLines: raw.badLines,
      report,
      rawPrompts: owned.length,
      capturedPrompts: captured.prompts,
      invented: [...captured.ids].filter((id) => !id.startsWith('h') && !rawIds.has(id)),
      lost: owned.filter((prompt) => !isKept(prompt)),
      ownerless: raw.prompts.length - owned.length,
      entries: Object.fromEntries(captured.entries),
      seconds,
    };
  } finally {
    await rm(workspaceRoot, { recursive: true, force: true });
  }
}
