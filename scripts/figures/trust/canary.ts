import { runCanary } from '../../../bench/canary/run';
import { atLeast, exactly, type Figure, type Measurement } from '../figure';

const SECRETS = 1_000;

/** The seed is the day: what nobody could tune for is what counts, and a run can be repeated. */
function seedOfToday(): number {
  return Math.floor(Date.now() / 86_400_000);
}

/** Secrets through the whole product: planted in logs, then searched for in every byte that was written or said. */
export const canary: Measurement = {
  name: 'canary',
  measure: async (): Promise<readonly Figure[]> => {
    const result = await runCanary(SECRETS, seedOfToday());
    for (const hit of result.hits) process.stdout.write(`  found: ${hit}\n`);
    return [
      exactly('canary_secrets_planted', result.planted, SECRETS),
      atLeast('canary_formats', result.formats, 60),
      atLeast('canary_marks_in_sessions', result.marks, 900),
      atLeast('canary_findings_made_over_them', result.findings, 100),
      atLeast('canary_changes_proposed', result.changes, 5),
      atLeast('canary_changes_accepted', result.accepted, 2),
      atLeast('canary_changes_rejected', result.rejected, 2),
      exactly('canary_refused_of_attempts_by_hand', result.refused, result.attempts),
      atLeast('canary_reported_by_find_secrets', result.reported, 900),
      exactly('canary_secrets_found_in_files_or_logs', result.hits.length, 0),
    ];
  },
};
