import { answerCases } from './answerCases';
import { batchCases } from './batchCases';
import { cancelCases } from './cancelCases';
import type { Case } from './case';
import { dreamCases } from './dreamCases';
import { sendingCases } from './sendingCases';
import { troubleCases } from './troubleCases';

const ALL = { ...answerCases, ...troubleCases, ...cancelCases, ...sendingCases, ...batchCases, ...dreamCases };

/** A row of the table. */
export type CaseName = keyof typeof ALL;

/** Every case, in the order of the table. */
export const CASES: readonly (readonly [name: CaseName, run: Case])[] = Object.entries(ALL) as readonly [
  CaseName,
  Case,
][];

/** The same reason for all cases whose name starts so. */
export function casesStarting(start: string, reason: string): Partial<Record<CaseName, string>> {
  return Object.fromEntries(CASES.filter(([name]) => name.startsWith(start)).map(([name]) => [name, reason]));
}
