import { existsSync, readdirSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { captureCorpus } from '../../bench/capture/corpus';
import { measureCaptureMemory } from '../../bench/capture/memory';
import { dreamCorpus } from '../../bench/dreamCorpus';
import { mustRun, say } from '../process';
import { root } from '../root';
import { atLeast, atMost, exactly, skipped, type Measurement } from './figure';

/** Real session logs beside the checkout; absent on most machines. */
const ARCHIVES = path.join(root, '..', 'shared', 'data', 'transcripts');
const ENDING = '.tar.xz';
const BIG_LOG_MB = 200;
const MAX_RSS_MB = 300;
const DREAM_OVER = ['entireio__cli', 'marot__spotter', 'iansherr__claude-code-log'];

/** Names of the archives of real session logs, in order; none where they are not here. */
export function archives(): readonly string[] {
  return existsSync(ARCHIVES)
    ? readdirSync(ARCHIVES)
        .filter((name) => name.endsWith(ENDING))
        .sort()
    : [];
}

/** Unpacks the archives, one folder each, hands the folder to `work`, and removes it. */
export async function withTranscripts<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(path.join(tmpdir(), 'agent-dreams-transcripts-'));
  try {
    for (const name of archives()) {
      const into = path.join(folder, name.slice(0, -ENDING.length));
      await mkdir(into);
      await mustRun('tar', ['-xJf', path.join(ARCHIVES, name), '-C', into], { cwd: root });
    }
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const NO_DATA = 'no transcripts beside the checkout';

/** Must show 3: every real transcript is captured, and no prompt of a person is lost. */
export const captureOfTranscripts: Measurement = {
  name: 'capture',
  measure: async () => {
    if (archives().length === 0) return [skipped('capture-of-real-transcripts', 'captured', NO_DATA)];
    return withTranscripts(async (folder) => {
      const { files, lines, badLines, report, rawPrompts, capturedPrompts, lost, invented, ownerless, entries } =
        await captureCorpus(folder);
      say(`# ${files} log files, ${lines} lines, ${badLines} of them damaged`);
      say(`# entries by kind: ${JSON.stringify(entries)}`);
      say(`# log lines by type: ${JSON.stringify(report.lineTypes)}`);
      say(`# redactions by rule: ${JSON.stringify(report.redactions)}`);
      say(`# prompts in files that name no folder, which no workspace owns: ${ownerless}`);
      return [
        atLeast('real-logs-found', report.found, 1),
        exactly('logs-that-failed-to-be-captured', report.failed.length, 0),
        atLeast('prompts-in-the-raw-lines', rawPrompts, 1),
        atLeast('prompts-captured', capturedPrompts, 1),
        exactly('prompts-lost', lost.length, 0),
        exactly('prompts-invented', invented.length, 0),
      ];
    });
  },
};

/** Must show 4: one log of 200 MB is captured in bounded memory. */
export const captureMemory: Measurement = {
  name: 'memory',
  measure: async () => {
    const { logMb, peakRssMb, measuredBy, seconds } = await measureCaptureMemory(BIG_LOG_MB);
    say(`# ${Math.round(logMb)} MB captured in ${Math.round(seconds)} s, memory measured by ${measuredBy}`);
    return [atLeast('log-size', logMb, BIG_LOG_MB, 'MB'), atMost('peak-memory', peakRssMb, MAX_RSS_MB, 'MB')];
  },
};

/** Must show 5: every quote of a dream over real sessions stands in the captured session. */
export const quotesOfDreams: Measurement = {
  name: 'quotes',
  measure: async () => {
    const present = DREAM_OVER.filter((name) => archives().includes(name + ENDING));
    if (present.length === 0) return [skipped('quotes-found-verbatim', '100%', NO_DATA)];
    return withTranscripts(async (folder) => {
      let [sessions, quotes, verbatim, changes] = [0, 0, 0, 0];
      for (const name of present) {
        const figures = await dreamCorpus(path.join(folder, name), 1);
        sessions += figures.sessions;
        quotes += figures.quotes;
        verbatim += figures.verbatim;
        changes += figures.changes.length;
        for (const { title, files } of figures.changes) say(`# ${name}: ${files[0].path}: ${title}`);
      }
      return [
        atLeast('sessions-dreamt-over', sessions, 20),
        atLeast('changes-proposed', changes, 1),
        atLeast('evidence-quotes', quotes, 1),
        exactly('evidence-quotes-not-found-verbatim', quotes - verbatim, 0),
      ];
    });
  },
};
