import { compareText } from '../text/words';
import type { Occurrence, Remedy } from './fixesResolve';
import { isSetUp } from './fixesSteps';
import type { Fix } from './fixesText';
import { commandClass } from './intent';

/** Occurrences of one trouble with one kind of command. */
export function byTrouble(occurrences: readonly Occurrence[]): readonly (readonly Occurrence[])[] {
  return grouped(occurrences, (one) => {
    const { error, command } = one.failure;
    // Of trouble without a name, what was done about it tells what it has in common.
    const unnamed = one.remedy.kind === 'step' || one.remedy.kind === 'none' ? '' : error.signature;
    return [commandClass(command.words), command.directory, error.trouble ?? unnamed];
  });
}

/**
 * Occurrences of one remedy, whatever was asked of the tool: what seen by trouble is too little may be one and the same
 * lack before all that needs it.
 */
export function byRemedy(occurrences: readonly Occurrence[]): readonly (readonly Occurrence[])[] {
  const told = occurrences.flatMap((one) => {
    const { remedy } = one;
    if (remedy.kind === 'setting' || remedy.kind === 'none' || remedy.kind === 'place') return [];
    if (remedy.kind === 'variant') return [one];
    const steps = remedy.steps.filter(isSetUp);
    return [{ ...one, remedy: steps.length === 0 ? remedy : { ...remedy, steps } }];
  });
  return grouped(told, ({ remedy, failure }) => {
    const { words, directory } = failure.command;
    if (remedy.kind === 'variant') return [directory, words[0] ?? '', remedy.change];
    // What sets something up does so for every tool; any other step has to do with the one that failed.
    return remedy.kind === 'step' && remedy.steps.every(isSetUp) ? [directory] : [directory, words[0] ?? ''];
  });
}

function grouped(
  occurrences: readonly Occurrence[],
  keyOf: (one: Occurrence) => readonly string[],
): readonly (readonly Occurrence[])[] {
  const groups = new Map<string, Occurrence[]>();
  for (const one of occurrences) {
    const key = JSON.stringify(keyOf(one));
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [one]);
    else group.push(one);
  }
  return [...groups].sort((a, b) => compareText(a[0], b[0])).map(([, group]) => group);
}

/**
 * What put a trouble right, remedy by remedy; each occurrence speaks for one of them. Where its step is none that recurs,
 * it speaks for what else was different.
 */
export function fixesOf(group: readonly Occurrence[]): readonly Fix[] {
  const steps = stepFixes(group.filter((one) => one.remedy.kind === 'step'));
  const recurring = steps.filter(
    (fix) => fix.group.length > 1 || fix.group.every((one) => otherThan(one) === undefined),
  );
  const rest = steps
    .filter((fix) => !recurring.includes(fix))
    .flatMap((fix) => fix.group.flatMap((one) => otherThan(one) ?? []));
  const others = grouped(
    [...group.filter((one) => one.remedy.kind !== 'step'), ...rest].filter((one) => one.remedy.kind !== 'none'),
    (one) => [one.remedy.kind, ...keyOf(one.remedy)],
  );
  return [...recurring, ...others.map((same) => ({ steps: [], group: same }))];
}

function otherThan(one: Occurrence): Occurrence | undefined {
  const other = one.remedy.kind === 'step' ? one.remedy.or : undefined;
  return other === undefined ? undefined : { ...one, remedy: other };
}

function keyOf(remedy: Remedy): readonly string[] {
  switch (remedy.kind) {
    case 'setting':
      return [remedy.path];
    case 'place':
      return [remedy.directory];
    case 'variant':
      return [remedy.change];
    case 'step':
    case 'none':
      return [];
  }
}

/** The step that most of them share, then the step that most of the rest share, and so on. */
function stepFixes(group: readonly Occurrence[]): readonly Fix[] {
  const fixes: Fix[] = [];
  let left = group;
  while (left.length > 0) {
    const best = sharedStep(left);
    if (best === undefined) break;
    const members = left.filter((one) => stepsOf(one).includes(best));
    const worked = members.filter((one) => one.worked);
    const all = (worked.length === 0 ? members : worked).map(stepsOf);
    const steps = (all[0] ?? []).filter((step) => all.every((steps) => steps.includes(step)));
    fixes.push({ steps: worked.length < 2 ? [best] : tellable(steps, best), group: members });
    left = left.filter((one) => !members.includes(one));
  }
  return fixes;
}

/** Two steps in a row at most, and of steps that set up and others only the former. */
function tellable(steps: readonly string[], best: string): readonly string[] {
  const settingUp = steps.filter(isSetUp);
  const kept = settingUp.length > 0 ? settingUp : steps;
  return kept.length <= 2 ? kept : [best];
}

function sharedStep(group: readonly Occurrence[]): string | undefined {
  const sessions = new Map<string, Set<string>>();
  for (const one of group)
    for (const step of stepsOf(one)) sessions.set(step, (sessions.get(step) ?? new Set()).add(one.failure.session));
  return [...sessions]
    .sort((a, b) => b[1].size - a[1].size || Number(isSetUp(b[0])) - Number(isSetUp(a[0])) || compareText(a[0], b[0]))
    .map(([step]) => step)[0];
}

function stepsOf(one: Occurrence): readonly string[] {
  return one.remedy.kind === 'step' ? one.remedy.steps : [];
}
