import path from 'node:path';
import { addLines, withoutLines } from '../../core/recall/connect/excludeText';
import type { ConnectChoice } from '../../core/recall/connect/record';
import { isGenerated, withNotice } from '../../core/recall/connect/rulesText';
import {
  IMPORTED,
  importedTarget,
  importTarget,
  isRuleName,
  recordsOf,
  ruleTarget,
  targetOf,
  type Surroundings,
  type Target,
} from './connectionPlace';
import { draftOf, type Drafted } from './draft';

/** Rules files as they shall be: those that are wanted, and those of an earlier connection, which go. */
export async function ruleDrafts(around: Surroundings, choice: ConnectChoice | undefined): Promise<readonly Drafted[]> {
  const { record, recordRoot } = around;
  const files = new Map<string, { readonly target: Target; readonly text?: string }>();
  const known = [...(record?.files ?? []), ...(record?.earlier ?? [])].filter(
    ({ kind }) => kind === 'rules' || kind === 'path-rule' || kind === 'imported',
  );
  for (const target of [ruleTarget(recordRoot), ...known.map((touched) => targetOf(around, touched))]) {
    if (target !== undefined) files.set(target.path, { target });
  }
  for (const rule of wantedRules(around, choice)) files.set(rule.target.path, rule);
  return Promise.all(
    [...files.values()].map(({ target, text }) =>
      draftOf(around, target, {
        without: (current) => (isGenerated(current) ? null : current),
        wanted: (base) => {
          if (text === undefined) return { text: base };
          return base === null ? { text: withNotice(text) } : { reason: 'not-ours' };
        },
      }),
    ),
  );
}

interface Rule {
  readonly target: Target;
  readonly text: string;
}

function wantedRules({ context }: Surroundings, choice: ConnectChoice | undefined): readonly Rule[] {
  const { root, rulesText: text, pathRules } = context;
  const whole = choice?.channel === 'rules' && text !== '';
  const target = choice?.importInto === undefined ? ruleTarget(root) : importedTarget(root);
  const paths = choice?.pathRules === true ? pathRules : [];
  return [
    ...(whole ? [{ target, text }] : []),
    ...paths
      .filter(({ name }) => isRuleName(name))
      .map((rule) => ({ target: ruleTarget(root, rule.name), text: rule.text })),
  ];
}

/** The files of people that import the text: the one that shall, and the one that does. */
export async function importDrafts(
  around: Surroundings,
  choice: ConnectChoice | undefined,
): Promise<readonly Drafted[]> {
  const wanted = choice?.channel === 'rules' ? importTarget(around.context.root, choice.importInto) : undefined;
  const known = [...(around.record?.files ?? []), ...(around.record?.earlier ?? [])]
    .filter(({ kind }) => kind === 'import')
    .map((touched) => targetOf(around, touched));
  const targets = new Map([...known, wanted].flatMap((one) => (one === undefined ? [] : [[one.path, one] as const])));
  return Promise.all(
    [...targets.values()].map((target) =>
      draftOf(around, target, {
        without: (text) => recordsOf(around, target).reduce((now, { inverse }) => withoutLines(now, inverse), text),
        wanted: (base) => {
          if (target.path !== wanted?.path) return { text: base };
          if (base === null) return { reason: 'not-there' };
          const from = target.name === 'CLAUDE.md' ? IMPORTED : path.posix.basename(IMPORTED);
          const { text, inverse } = addLines(base, [`@${from}`]);
          return { text, record: { inverse, deny: [], values: {} } };
        },
      }),
    ),
  );
}
