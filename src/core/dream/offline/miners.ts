import type { Miner } from '../miner';
import { coChangeMiner } from './coChange';
import { commandsMiner } from './commands';
import { correctionsMiner } from './corrections';
import { decisionsMiner } from './decisions';
import { duplicatesMiner } from './duplicates';
import { fixesMiner } from './fixes';
import { saidCommandsMiner } from './fixesSaid';
import { hotPlacesMiner } from './hotPlaces';
import { inboxMiner } from './inbox';
import { instructionConflictsMiner } from './instructionConflicts';
import { instructionsMiner } from './instructions';
import { relativeDatesMiner } from './relativeDates';
import { splitMiner } from './split';
import { staleAnchorsMiner } from './staleAnchors';
import { usageMiner } from './usage';
import { workflowsMiner } from './workflows';

/** The miners of the offline engine, most trusted first: where two find the same, the earlier one tells it. */
export const OFFLINE_MINERS: readonly Miner[] = [
  instructionsMiner,
  correctionsMiner,
  decisionsMiner,
  saidCommandsMiner,
  fixesMiner,
  commandsMiner,
  workflowsMiner,
  coChangeMiner,
  hotPlacesMiner,
  inboxMiner,
  duplicatesMiner,
  staleAnchorsMiner,
  relativeDatesMiner,
  splitMiner,
  usageMiner,
  instructionConflictsMiner,
];
