import { mkdir, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { FindingKind } from '../../src/core/doctor/finding';
import type { DoctorPlaces } from '../../src/node/doctor/collectFacts';
import type { Workspace } from './workspace';

/** Something put wrong in a healthy workspace, and what the doctor has to say about it. */
export interface Plant {
  readonly name: string;
  readonly finds: FindingKind;
  readonly plant?: (workspace: Workspace) => Promise<void>;
  readonly otherwise?: (workspace: Workspace) => Partial<DoctorPlaces>;
  /** What comes along with it. */
  readonly also?: readonly FindingKind[];
}

const DAY_MS = 86_400_000;
export const SETTINGS = '.claude/settings.local.json';
export const RECALL = '.agent-memory/.local/recall';

export async function edit(workspace: Workspace, file: string, change: (text: string) => string): Promise<void> {
  await workspace.write(file, change(await workspace.read(file)));
}

export async function managed(workspace: Workspace, file: string, settings: object): Promise<void> {
  const target = path.join(workspace.managed, file);
  await mkdir(path.dirname(target), { recursive: true });
  await writeFile(target, JSON.stringify(settings));
}

export async function ageLog(file: string, days: number): Promise<void> {
  const then = new Date(Date.now() - days * DAY_MS);
  await utimes(file, then, then);
}

export const user = (settings: object) => async (workspace: Workspace) =>
  workspace.setUserSettings({ cleanupPeriodDays: 365, ...settings });
