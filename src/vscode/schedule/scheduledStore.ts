import * as vscode from 'vscode';
import { isAgentDreamsError } from '../../core/errors';
import { readState, updateState, type LocalState } from '../../core/state/localState';
import type { ScheduleClaim } from '../../core/schedule/claim';
import type { ScheduleMemory } from '../../core/schedule/schedule';
import type { App, MemoryFolder } from '../app';
import { describeOutcome } from '../dream/describeOutcome';
import type { DreamService } from '../dream/dreamService';
import { insteadWords, planDream } from '../engines/enginePlan';
import { modelMessage } from '../errors/modelWords';
import type { ScheduledStore } from './scheduleRunner';

type LastRun = Pick<LocalState['schedule'], 'lastStatus' | 'lastMessage'>;

/** A folder as the schedule sees it. Its state is in the store's own file, so that all windows share it. */
export function createScheduledStore(folder: MemoryFolder, app: App, dreams: DreamService): ScheduledStore {
  const remember = async (last: LastRun): Promise<void> => {
    await updateState(await folder.ports(), (state) => ({ ...state, schedule: { ...state.schedule, ...last } }));
  };
  return {
    id: folder.id,
    eligible: async () => app.trusted() && (await folder.initialized()),
    async claim(decide) {
      const ports = await folder.ports();
      const { schedule } = await readState(ports);
      const seen = decide(schedule);
      if (seen.memory === schedule) return seen;
      let claim: ScheduleClaim<ScheduleMemory> = seen;
      await updateState(ports, (state) => {
        claim = decide(state.schedule);
        return { ...state, schedule: { ...state.schedule, ...claim.memory } };
      });
      return claim;
    },
    async dream() {
      try {
        const outcome = await dreams.dream(folder, { trigger: 'schedule' });
        const { t } = vscode.l10n;
        const why = insteadWords(planDream(app.settings.current(), 'schedule'), t);
        await remember({ lastStatus: outcome.kind, lastMessage: [describeOutcome(outcome, t), why].join(' ').trim() });
      } catch (error) {
        // Somebody dreams already: that dream reads the same sessions.
        if (isAgentDreamsError(error, 'locked') || isAgentDreamsError(error, 'cancelled')) return;
        app.logger.error(`The scheduled dream of ${folder.name} failed`, error);
        await remember({
          lastStatus: 'failed',
          lastMessage:
            (isAgentDreamsError(error) ? modelMessage(error, vscode.l10n.t) : undefined) ??
            vscode.l10n.t('The scheduled dream failed; see the log.'),
        });
      }
    },
  };
}
