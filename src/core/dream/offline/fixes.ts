import type { CapturedSession } from '../../sessions/session';
import { placeIn } from '../categories';
import type { Dismissed, EventEvidence } from '../finding';
import { claimFingerprint } from '../fingerprint';
import type { Candidate, Miner, MinerContext, MinerResult, MinerRun } from '../miner';
import { score } from '../score';
import { jaccard } from '../text/similarity';
import { compareText, oneSpace } from '../text/words';
import { commandForm } from './commandForm';
import { environmentError, normalise } from './errorSignature';
import { commandClass, isNoise } from './intent';
import { asDescription, asTitle, topicWords } from './rule';
import { isInside, outcomeOf, shellCalls } from './shellCalls';
import type { ShellCall } from './shellCalls';
import type { ShellCommand } from './shell';
import { slugFrom } from './slugFrom';

const NAME = 'fixes';
/** How far after the failure a passing try still belongs to it. */
const REACH = 15;
const BAR = { sessions: 2, times: 3, rate: 0.75 } as const;
const SET_UP =
  /^(?:(?:npm|pnpm|yarn|bun) (?:install|i|ci|add)\b|go mod (?:tidy|download|vendor)|go install|go generate|pip3? install|uv (?:sync|pip install|venv|add)|poetry install|bundle install|cargo (?:install|fetch)|composer install|mix deps\.get|flutter pub get|dotnet restore|mise (?:install|trust|use)|asdf install|nvm (?:use|install)|corepack|git submodule|git lfs|docker(?:-compose| compose)? (?:up|start)|npx playwright install|playwright install|createdb|(?:npx )?prisma (?:generate|migrate)|(?:brew|apt|apt-get) install|(?:make|just|mise run|npm run|pnpm|task) (?:setup|bootstrap|deps|install|init|generate|gen|codegen|migrate|up|services)\b|direnv allow|gh auth|\.{0,2}\/?(?:\S{1,60}\/)?(?:setup|bootstrap|install|init)(?:\.\w{1,4})?\b)/u;

type EditedShellCall = ShellCall & { readonly edits: number };

interface Occurrence {
  readonly signature: string;
  readonly failing: string;
  readonly kind: 'step' | 'variant';
  readonly fix: string;
  readonly worked: boolean;
  readonly session: string;
  readonly at: string;
  readonly evidence: readonly EventEvidence[];
}

/** Errors of the environment that went away after the same step, or with the same other form of the command. */
export const fixesMiner: Miner = { name: NAME, begin: (context) => new FixesRun(context) };

class FixesRun implements MinerRun {
  private readonly occurrences: Occurrence[] = [];

  constructor(private readonly context: MinerContext) {}

  session(session: CapturedSession): void {
    const calls = shellCalls(session.entries, session.header.cwd);
    calls.forEach((call, index) => {
      const command = call.commands.at(-1);
      if (command === undefined || call.commands.length !== 1 || !isInside(command.directory)) return;
      if (isNoise(command.words) || outcomeOf(call, command) !== 'failed') return;
      const error = environmentError(call.result.text);
      const form = commandForm(command.words);
      if (error === undefined || form === undefined) return;
      const failure = { session: session.header.id, call, command, form, ...error };
      const found = resolve(failure, calls.slice(index + 1, index + 1 + REACH));
      if (found !== undefined) this.occurrences.push(found);
    });
  }

  finish(): MinerResult {
    const groups = new Map<string, Occurrence[]>();
    for (const occurrence of this.occurrences) {
      const key = JSON.stringify([
        occurrence.kind,
        occurrence.signature,
        occurrence.fix,
        occurrence.kind === 'variant' ? occurrence.failing : '',
      ]);
      groups.set(key, [...(groups.get(key) ?? []), occurrence]);
    }
    const candidates: Candidate[] = [];
    const dismissed: Dismissed[] = [];
    for (const key of [...groups.keys()].sort(compareText)) {
      const group = groups.get(key) ?? [];
      const made = this.candidate(group);
      if (typeof made !== 'string') candidates.push(made);
      else if (group[0] !== undefined) {
        const summary = `${group[0].failing}: ${group[0].signature} → ${group[0].fix}`.slice(0, 160);
        dismissed.push({ miner: NAME, summary, reason: made, session: group[0].session });
      }
    }
    return { candidates, dismissed };
  }

  private candidate(group: readonly Occurrence[]): Candidate | string {
    const worked = group.filter((one) => one.worked);
    const first = worked[0];
    if (first === undefined) return 'the step never helped';
    const sessions = new Set(worked.map((one) => one.session)).size;
    if (sessions < BAR.sessions && worked.length < BAR.times)
      return `seen ${worked.length} times in ${sessions} session; it takes ${BAR.sessions} sessions or ${BAR.times} times`;
    const rate = worked.length / group.length;
    if (rate < BAR.rate) return `it helped ${worked.length} of ${group.length} times only`;
    const place = placeIn(this.context.schema, ['pitfalls', 'commands', 'facts'], first.signature);
    if (place.kind === 'none') return place.reason;
    return this.note(group, worked, first, place.category.name);
  }

  private note(
    group: readonly Occurrence[],
    worked: readonly Occurrence[],
    first: Occurrence,
    category: string,
  ): Candidate {
    const shown = oneSpace(first.evidence[0]?.quote ?? '').slice(0, 140);
    const rule =
      first.kind === 'step'
        ? `When \`${first.failing}\` fails with this error, run \`${first.fix}\` and try again.`
        : `Run \`${first.fix}\`; \`${first.failing}\` does not work here.`;
    const summary = first.kind === 'step' ? `\`${first.failing}\` may first need \`${first.fix}\`` : rule;
    const last = [...worked].sort((a, b) => compareText(b.at, a.at))[0]?.at.slice(0, 10) ?? '';
    const sessions = new Set(worked.map((one) => one.session)).size;
    const evidence = worked.slice(0, 4).flatMap((one) => one.evidence);
    return {
      kind: 'note',
      title: asTitle(summary),
      finding: {
        miner: NAME,
        category,
        slug: slugFrom(
          topicWords(`${first.failing} ${first.kind === 'step' ? 'needs' : 'use'} ${first.fix}`),
          first.fix,
          this.context.hasher,
        ),
        description: asDescription(summary),
        body: [rule, '', `**Error:** \`${shown.replace(/`/gu, "'")}\``].join('\n'),
        evidence,
        trust: 'observed',
        score: score({ evidence, trust: 'observed', text: rule, successRate: worked.length / group.length }),
        rationale: `The same error went away the same way ${worked.length} of ${group.length} times in ${sessions} sessions${last === '' ? '' : `, last seen ${last}`}.`,
        fingerprint: claimFingerprint(
          `${first.kind} \`${first.failing}\` \`${first.fix}\` ${first.signature}`,
          this.context.hasher,
        ),
      },
    };
  }
}

interface Failure {
  readonly session: string;
  readonly call: EditedShellCall;
  readonly command: ShellCommand;
  readonly form: string;
  readonly signature: string;
  readonly line: string;
}

/** The next try at the same thing, and what was done for it. */
function resolve(failure: Failure, later: readonly EditedShellCall[]): Occurrence | undefined {
  const wanted = commandClass(failure.command.words);
  let step: string | undefined;
  for (const call of later) {
    for (const next of call.commands) {
      const form = commandForm(next.words);
      const outcome = outcomeOf(call, next);
      if (form === undefined || outcome === 'unknown') continue;
      const again = next.directory === failure.command.directory && commandClass(next.words) === wanted;
      if (again) return asOccurrence(failure, { call, command: next, form, step, worked: outcome === 'passed' });
      if (outcome === 'passed' && SET_UP.test(next.words.join(' '))) step = form;
    }
  }
  return undefined;
}

interface Retry {
  readonly call: EditedShellCall;
  readonly command: ShellCommand;
  readonly form: string;
  readonly step: string | undefined;
  readonly worked: boolean;
}

function asOccurrence(failure: Failure, retry: Retry): Occurrence | undefined {
  const fix = fixOf(failure, retry);
  const { call, command, worked } = retry;
  // Another failure says nothing about the step: only the same error does.
  if (fix === undefined || (!worked && environmentError(call.result.text)?.signature !== failure.signature))
    return undefined;
  const { session, signature, line, form } = failure;
  const failed = failure.call.result;
  return {
    ...fix,
    signature,
    failing: form,
    worked,
    session,
    at: call.result.at,
    evidence: [
      { kind: 'event', session, entry: failed.id, event: 'failed', quote: line, at: failed.at },
      {
        kind: 'event',
        session,
        entry: call.result.id,
        event: worked ? 'succeeded' : 'failed',
        quote: command.raw.slice(0, 300),
        at: call.result.at,
      },
    ],
  };
}

/** A shell of its own is set up and left with each call: the step belongs to the command. */
function activation(call: ShellCall): string | undefined {
  const source = call.commands.find((command) => /^(?:source|\.) \S+$/u.test(command.raw));
  return source?.raw;
}

/** What made the difference: a step in between, or another form of the command; never an edit, which nobody can repeat. */
function fixOf(failure: Failure, retry: Retry): Pick<Occurrence, 'kind' | 'fix'> | undefined {
  const edited = retry.call.edits > failure.call.edits;
  const shell = activation(retry.call);
  const form = shell === undefined ? retry.form : `${shell} && ${retry.form}`;
  const { step } = retry;
  if (step !== undefined && step !== form)
    return form === failure.form || !edited ? { kind: 'step', fix: step } : undefined;
  if (form === failure.form || edited) return undefined;
  const alike = jaccard(wordSet(failure.command), wordSet(retry.command));
  return alike >= 0.3 || commandClass(retry.command.words).startsWith('intent ')
    ? { kind: 'variant', fix: form }
    : undefined;
}

function wordSet(command: ShellCommand): ReadonlySet<string> {
  return new Set(command.words.map(normalise));
}
