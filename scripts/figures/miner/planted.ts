import { runPlanted } from '../../../bench/planted/planted';
import { renderPlanted } from '../../../bench/planted/report';
import { atLeast, atMost, exactly, type Figure, type Measurement } from '../figure';

/** The test split of the planted corpus through the whole product: capture, dream, and every byte that is written. */
export const planted: Measurement = {
  name: 'planted',
  measure: async (): Promise<readonly Figure[]> => {
    const result = await runPlanted('test');
    for (const line of renderPlanted(result, false)) process.stdout.write(`  ${line}\n`);
    return [
      atLeast('planted_sessions', result.sessions, 200),
      atLeast('planted_project_types', result.types, 20),
      atLeast('planted_truths', result.planted, 200),
      atLeast('planted_precision', ratio(result.right, result.right + result.wrong), 0.95),
      atLeast('planted_recall', ratio(result.found, result.planted), 0.85),
      exactly('planted_decoys_proposed', result.decoys, 0),
      exactly('planted_echoes_proposed', result.echoes, 0),
      exactly('planted_injected_without_quarantine', result.injected, 0),
      atLeast('planted_secrets', result.secretsPlanted, 5),
      exactly('planted_files_with_secrets', result.leaks.length, 0),
      exactly('planted_proposals_over_quiet_projects', result.quietProposals, 0),
      atMost('planted_seconds', result.seconds, 360, 's'),
    ];
  },
};

/** Rounded down, so that a figure never looks better than it is. */
function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : Math.floor((part / whole) * 1000) / 1000;
}
