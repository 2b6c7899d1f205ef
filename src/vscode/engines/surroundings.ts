import * as vscode from 'vscode';
import type { SettingsSnapshot } from '../config/parseSettings';
import type { EngineKey } from './engineKey';
import { findProgram, isProgram, programPlaces } from '../../node/findProgram';
import type { Surroundings } from './readiness';

/** Looks at what is there for each engine: secret storage, environment, program, extensions. Calls nobody. */
export async function lookAround(
  { claude, claudeCode }: SettingsSnapshot,
  key: EngineKey,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Promise<Surroundings> {
  return {
    key: await key.source(),
    keyInEnvironment: key.inEnvironment,
    addressUsable: claude.baseUrl !== null,
    program: await claudeProgram(claudeCode.path, environment),
    offersModels: vscode.extensions.all.some(({ packageJSON }) => offersModels(packageJSON)),
  };
}

/** The program `claude`: where the setting says, else on the path. */
export async function claudeProgram(
  configured: string | null,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Promise<string | undefined> {
  if (configured === null) return undefined;
  if (configured !== '') return (await isProgram(configured)) ? configured : undefined;
  return await findProgram('claude', programPlaces(environment));
}

/** Its manifest says so; whether there are models is known only by asking for them. */
function offersModels(manifest: unknown): boolean {
  const { contributes } = (manifest ?? {}) as { readonly contributes?: Readonly<Record<string, unknown>> };
  return contributes?.['languageModelChatProviders'] !== undefined || contributes?.['languageModels'] !== undefined;
}
