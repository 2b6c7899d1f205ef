import { createRequire } from 'node:module';
import type { CancelSignal } from '../core/ports';
import { AgentDreamsError } from '../core/errors';
import type { LanguageModel } from '../core/model/languageModel';
import type * as claude from '../engines/claudeBundle';
import type * as claudeCode from '../engines/claudeCodeBundle';
import { findProgram, programPlaces } from '../node/findProgram';
import type { CommandLine } from './commandLine';

/** The bundles of the engines, each loaded when it is asked for. */
export interface EngineBundles {
  readonly claude: () => typeof claude;
  readonly claudeCode: () => typeof claudeCode;
}

/** Those beside this bundle. */
export const BUILT_ENGINES: EngineBundles = {
  claude: () => createRequire(__filename)('./engine-claude.js') as typeof claude,
  claudeCode: () => createRequire(__filename)('./engine-claude-code.js') as typeof claudeCode,
};

interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: CancelSignal;
  readonly bundles: EngineBundles;
}

/**
 * The model of the engine that the command line names, after one free call that tells a wrong key or program. The key
 * comes from `ANTHROPIC_API_KEY`: a command line is seen by everybody on the machine. Throws what the port of language
 * models throws.
 */
export async function openEngine(
  { engine, baseUrl }: Pick<CommandLine, 'engine' | 'baseUrl'>,
  { env, signal, bundles }: Surroundings,
): Promise<LanguageModel | undefined> {
  switch (engine) {
    case 'offline':
      return undefined;
    case 'claude':
    case 'claude-batch': {
      const apiKey = env['ANTHROPIC_API_KEY']?.trim() ?? '';
      if (apiKey === '') throw new AgentDreamsError('model-key', 'the engine needs a key in ANTHROPIC_API_KEY');
      const options = { apiKey, ...(baseUrl === undefined ? {} : { baseUrl }) };
      const bundle = bundles.claude();
      const models = await bundle.chooseClaudeModels(options, {}, { signal, onNotice: () => undefined });
      return engine === 'claude'
        ? bundle.createClaudeModel({ ...options, models })
        : bundle.createClaudeBatchModel({ ...options, models });
    }
    case 'claude-code': {
      const program = await findProgram('claude', programPlaces(env));
      if (program === undefined) throw new AgentDreamsError('model-missing', 'the program claude is not on the PATH');
      const bundle = bundles.claudeCode();
      await bundle.checkClaudeCode({ program }, { signal });
      return bundle.createClaudeCodeModel({ program });
    }
  }
}
