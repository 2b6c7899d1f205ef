import type { PlantedResult } from './planted';
import type { Judged } from './score';

const percent = (part: number, whole: number): string => (whole === 0 ? '-' : (part / whole).toFixed(3));

/** The result as lines for people. With `verbose`, every miss and every wrong proposal by name. */
export function renderPlanted(result: PlantedResult, verbose: boolean): readonly string[] {
  const lines = [
    `${result.projects} projects of ${result.types} types, ${result.sessions} sessions, ${result.prompts} prompts, ${result.seconds.toFixed(1)} s`,
    `precision ${percent(result.right, result.right + result.wrong)}  recall ${percent(result.found, result.planted)}  (${result.found} of ${result.planted})`,
    `proposed ${result.proposed}: right ${result.right}, neutral ${result.neutral}, wrong ${result.wrong} (duplicates ${result.duplicates})`,
    `decoys ${result.decoys}, echoes ${result.echoes}, injected ${result.injected} (quarantined ${result.quarantined}), leaks ${result.leaks.length} of ${result.secretsPlanted} secrets`,
    `quiet projects ${result.quietProjects} with ${result.quietProposals} proposals`,
    '',
    ...result.kinds.map(({ kind, found, planted }) => `  ${kind.padEnd(20)} ${found}/${planted}`),
  ];
  if (!verbose) return lines;
  const wrong = result.judged.filter(({ verdict }) => verdict !== 'right' && verdict !== 'may');
  return [
    ...lines,
    '',
    'Missed:',
    ...result.missed.map(
      ({ id, kind, statement, tokens }) =>
        `  ${id} [${kind}] ${oneLine(statement)}   needs ${tokens.map((group) => group.join('|')).join(' + ')}`,
    ),
    '',
    'Wrong:',
    ...wrong.map(describe),
  ];
}

function describe({ project, verdict, change, truth }: Judged): string {
  const [file] = change.files;
  const of = truth === undefined ? '' : ` (${truth.kind}: ${oneLine(truth.statement)})`;
  return `  ${project} [${verdict}]${of} ${change.kind} ${file.path}: ${oneLine(change.title)}`;
}

function oneLine(text: string): string {
  return text.replace(/\s+/gu, ' ').slice(0, 160);
}
