import { conform, refusals, runInSdk } from '../../../bench/memoryTool/measure';
import { atMost, exactly, type Measurement } from '../figure';

/**
 * The memory tool: the same commands get the same words as the SDK's own implementation over a folder; nothing outside of
 * the memories is reached; and in the SDK's runner a program sees what it wrote while nobody else does.
 */
export const memoryTool: Measurement = {
  name: 'memoryTool',
  measure: async () => {
    const told = await conform();
    const refused = await refusals();
    const run = await runInSdk();
    return [
      exactly('commands-told-as-by-the-reference', told.same, told.asked),
      atMost('paths-outside-that-were-reached', refused.reached, 0),
      exactly('paths-outside-refused', refused.refused, refused.asked),
      exactly('turns-of-the-sdk-runner-as-expected', run.right, run.turns),
      atMost('files-of-memory-written-by-proposals', run.filesChanged, 0),
      exactly('changes-waiting-for-review', run.waiting, run.proposed),
    ];
  },
};
