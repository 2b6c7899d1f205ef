import type { CaptureReport } from '../../node/logs/captureSessions';
import type { Translate } from '../translate';

/** "4 new and 2 updated of 12 sessions", and what could not be read. */
export function describeCapture(report: CaptureReport, t: Translate): string {
  const { captured, updated, unchanged, failed } = report;
  const kept = captured + updated + unchanged;
  const head =
    captured + updated === 0
      ? t('Nothing new: {0} sessions are captured.', kept)
      : t('{0} new and {1} updated of {2} sessions.', captured, updated, kept);
  return failed.length === 0 ? head : `${head} ${t('{0} logs could not be read.', failed.length)}`;
}
