import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { ConnectionFacts, DeliveryFacts, SettingsLayer } from '../../core/doctor/facts';
import type { CorePorts } from '../../core/ports';
import type { HookSwitches } from '../../core/recall/proof';
import { readProof } from '../../core/recall/readProof';
import { readRecallReport } from '../../core/recall/recallReport';
import { listSessions } from '../../core/sessions/sessionFiles';
import type { ConnectContext } from '../claude/connection';

/** Whether the latest captured session since Connect got its memory; undefined where there is nothing to tell. */
export async function deliveryFacts(
  ports: CorePorts,
  context: ConnectContext,
  known: {
    readonly layers: readonly SettingsLayer[];
    readonly connection: Extract<ConnectionFacts, { kind: 'connected' }>;
  },
): Promise<DeliveryFacts | undefined> {
  const { problems } = known.connection;
  const switches = await readHookSwitches(context, known.layers);
  const proof = await readProof(ports, await listSessions(ports), { problems, switches });
  switch (proof.kind) {
    case 'not-connected':
    case 'nothing-to-load':
      return undefined;
    case 'waiting':
      return proof;
    case 'loaded':
      return {
        kind: 'loaded',
        at: proof.at,
        renderedAt: (await readRecallReport(ports))?.at ?? '',
        stale: proof.stale,
      };
    case 'not-loaded':
      return { kind: 'not-loaded', session: proof.session, causes: proof.likely };
  }
}

async function readHookSwitches(context: ConnectContext, layers: readonly SettingsLayer[]): Promise<HookSwitches> {
  const trusted = await isTrusted(context);
  return {
    disableAllHooks: layers.some(({ values }) => values.disableAllHooks === true),
    allowManagedHooksOnly: layers.some(
      ({ layer, values }) => layer === 'managed' && values.allowManagedHooksOnly === true,
    ),
    ...(trusted === undefined ? {} : { trusted }),
  };
}

/** What the dialog of Claude Code was answered for this folder or one above it; undefined where nobody can tell. */
async function isTrusted({ configDir, home, root }: ConnectContext): Promise<boolean | undefined> {
  for (const folder of [configDir, home]) {
    const projects = projectsIn(await readFile(path.join(folder, '.claude.json'), 'utf8').catch(() => ''));
    if (projects !== undefined) return andAbove(root).some((place) => wasAccepted(projects[place]));
  }
  return undefined;
}

function wasAccepted(project: unknown): boolean {
  if (typeof project !== 'object' || project === null) return false;
  return 'hasTrustDialogAccepted' in project && project.hasTrustDialogAccepted === true;
}

function andAbove(folder: string): readonly string[] {
  const parent = path.dirname(folder);
  return parent === folder ? [folder] : [folder, ...andAbove(parent)];
}

function projectsIn(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed !== 'object' || parsed === null || !('projects' in parsed)) return undefined;
    const { projects } = parsed;
    return typeof projects === 'object' && projects !== null
      ? (projects as Readonly<Record<string, unknown>>)
      : undefined;
  } catch {
    return undefined;
  }
}
