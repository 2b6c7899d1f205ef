import { readJournal } from '../../src/core/history/journal';
import { bundleChild, inFolder, startTalker } from './children';
import { memoryText, openStore } from './openStore';

export interface WindowsReport {
  readonly rounds: number;
  /** One window's change stands in the memory and in the journal, and the other was told the path of the conflict. */
  readonly oneWonOneConflict: number;
  /** How a round went that went otherwise. */
  readonly other: readonly string[];
}

interface Said {
  readonly won: boolean;
  readonly conflict?: string;
  readonly message?: string;
}

const SHARED = 'facts/shared.md';

/** Two processes that have read the same memory each apply the change of another dream, at the same time. */
export function runWindows(rounds: number): Promise<WindowsReport> {
  return inFolder('windows', async (workspace) => {
    const script = await bundleChild('test/processes/child.ts', workspace);
    const ports = await openStore(workspace, { [SHARED]: memoryText('shared', 'Nothing yet.') });
    const names = ['first', 'second'];
    const windows = names.map((window) => startTalker(script, { do: 'decide', workspace, window, shared: SHARED }));
    let oneWonOneConflict = 0;
    const other: string[] = [];
    try {
      for (let round = 0; round < rounds; round += 1) {
        for (const window of windows) window.tell({ round });
        await Promise.all(windows.map((window) => window.hear()));
        for (const window of windows) window.tell({ go: true });
        const said = (await Promise.all(windows.map((window) => window.hear()))) as Said[];
        const winner = said.findIndex(({ won }) => won);
        const text = ports.text.decode((await ports.files.read(SHARED)) ?? new Uint8Array()).text;
        const { lines } = await readJournal(ports);
        const told = lines.filter(({ change }) => change === `r${round}`);
        const right =
          said.filter(({ won }) => won).length === 1 &&
          said.some(({ conflict }) => conflict === SHARED) &&
          text.includes(`Round ${round}\n`) &&
          text.includes(`Said by ${names[winner]}.`) &&
          told.length === 1 &&
          told[0]?.dream === names[winner];
        if (right) oneWonOneConflict += 1;
        else other.push(JSON.stringify(said));
      }
    } finally {
      for (const { process } of windows) process.kill('SIGKILL');
      await Promise.all(windows.map(({ ended }) => ended));
    }
    return { rounds, oneWonOneConflict, other };
  });
}
