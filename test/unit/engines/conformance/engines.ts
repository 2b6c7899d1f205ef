import { createClaudeBatchModel } from '../../../../src/engines/claudeBatch/claudeBatchModel';
import { createClaudeModel } from '../../../../src/engines/claude/claudeModel';
import { anthropicWorld, patientOptions } from './anthropicWorld';
import { casesStarting } from './cases';
import { managed } from './managedEngine';
import { vscodeLm } from './vscodeLmEngine';
import type { EngineUnderTest } from './world';

const claude: EngineUnderTest = {
  engine: 'claude',
  open: async (setup) => await anthropicWorld(setup, (server) => createClaudeModel(patientOptions(setup, server))),
  notApplicable: casesStarting('batch:', 'it asks one by one'),
};

const claudeBatch: EngineUnderTest = {
  engine: 'claude-batch',
  open: async (setup) => await anthropicWorld(setup, (server) => createClaudeBatchModel(patientOptions(setup, server))),
  notApplicable: {},
};

/** The columns of the table. */
export const ENGINES: readonly EngineUnderTest[] = [claude, claudeBatch, vscodeLm, managed];
