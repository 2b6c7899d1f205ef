import type { Memory, MemoryProblem } from '../../core/memory/memory';
import type { MemoryUsage } from '../../core/recall/usage';
import { usageLabel, usageWords, type ProofWords } from '../recall/recallWords';
import type { Translate } from '../translate';
import { budgetRow, type BudgetInput, type ToldInput } from './budgetRow';
import { byText, type ViewNode } from './viewNode';

/** A memory file that differs from what was last accepted. */
export interface OutsideInput {
  readonly path: string;
  readonly kind: 'added' | 'changed' | 'removed';
  /** Who made the change, where something tells. */
  readonly actor?: 'agent' | 'git' | 'outside';
}

/** What the Memory view knows of one folder. */
export interface MemoryInput {
  readonly folder: { readonly id: string; readonly name: string };
  readonly initialized: boolean;
  readonly memories: readonly Memory[];
  readonly problems: readonly MemoryProblem[];
  readonly outside: readonly OutsideInput[];
  readonly budget: BudgetInput;
  readonly told?: ToldInput;
  /** What sessions did with each memory, by path. */
  readonly usage?: ReadonlyMap<string, MemoryUsage>;
  /** Whether memory arrives in sessions. */
  readonly recall?: ProofWords;
}

interface Context {
  readonly folder: string;
  readonly outside: ReadonlyMap<string, OutsideInput['kind']>;
  readonly usage: ReadonlyMap<string, MemoryUsage>;
  /** Writes a time of ISO 8601 as the user reads it. */
  readonly time: (iso: string) => string;
  readonly t: Translate;
}

const NONE = { kind: 'none' } as const;

function loadWords(memory: Memory, t: Translate): readonly string[] {
  const where = [...memory.paths, ...memory.agents.map((agent) => `@${agent}`)];
  return [
    ...(memory.pinned ? [t('pinned')] : []),
    ...(memory.load === 'always' ? [t('loads always')] : []),
    ...(memory.load === 'on-demand' ? [t('on demand')] : []),
    ...(where.length > 0 ? [where.join(', ')] : []),
  ];
}

function memoryIcon(memory: Memory): string {
  if (memory.scope.kind === 'archive') return 'archive';
  if (memory.pinned) return 'pinned';
  if (memory.load === 'always') return 'star-full';
  return memory.paths.length + memory.agents.length > 0 ? 'list-filter' : 'note';
}

/** What the menu of the row offers: a workflow of everybody can become a skill. */
function contextOf({ scope, category }: Memory): string {
  if (scope.kind === 'archive') return 'memory archived';
  return scope.kind === 'team' && category === 'workflows' ? 'memory workflow' : 'memory active';
}

function memoryNode(memory: Memory, context: Context): ViewNode {
  const { folder, outside, t } = context;
  const usage = context.usage.get(memory.path);
  const used = usageLabel(usage, t);
  const kind = outside.get(memory.path);
  const changed = kind !== undefined;
  const waiting = kind === 'added' ? [t('not accepted yet')] : changed ? [t('changed outside')] : [];
  const words = [...waiting, ...loadWords(memory, t), ...(used === '' ? [] : [used])];
  const told = [memory.description, memory.path, ...words, ...usageWords(usage, context)];
  return {
    id: `${folder}/${memory.path}`,
    label: memory.slug,
    description: [...words, memory.description].join(' · '),
    tooltip: told.join('\n'),
    icon: { name: memoryIcon(memory), ...(changed ? { color: 'list.warningForeground' } : {}) },
    accessibleLabel: [memory.slug, memory.description, ...words].join(', '),
    contextValue: contextOf(memory),
    target: { kind: 'memory', folder, path: memory.path },
    children: [],
  };
}

interface Group {
  readonly key: string;
  readonly label: string;
  readonly icon: string;
  readonly memories: readonly Memory[];
}

function groups(memories: readonly Memory[], t: Translate): readonly Group[] {
  const agents = [...new Set(memories.flatMap(({ scope }) => (scope.kind === 'agent' ? [scope.agent] : [])))].sort();
  const ofKind = (kind: Memory['scope']['kind']): readonly Memory[] =>
    memories.filter(({ scope }) => scope.kind === kind);
  const all: readonly Group[] = [
    { key: 'personal', label: t('Only me'), icon: 'account', memories: ofKind('personal') },
    ...agents.map((agent) => ({
      key: `agents/${agent}`,
      label: t('Agent {0}', agent),
      icon: 'robot',
      memories: memories.filter(({ scope }) => scope.kind === 'agent' && scope.agent === agent),
    })),
    { key: 'archive', label: t('Archive'), icon: 'archive', memories: ofKind('archive') },
  ];
  return all.filter((group) => group.memories.length > 0);
}

function categoryNodes(key: string, memories: readonly Memory[], context: Context): readonly ViewNode[] {
  const categories = [...new Set(memories.map(({ category }) => category))].sort();
  return categories.map((category) => {
    const inside = memories.filter((memory) => memory.category === category).sort(byText(({ path }) => path));
    return {
      id: `${context.folder}/category/${key}/${category}`,
      label: category,
      description: String(inside.length),
      icon: { name: 'folder' },
      contextValue: 'category',
      target: NONE,
      children: inside.map((memory) => memoryNode(memory, context)),
      expanded: key === 'team',
    };
  });
}

function groupNode(group: Group, context: Context): ViewNode {
  return {
    id: `${context.folder}/group/${group.key}`,
    label: group.label,
    description: String(group.memories.length),
    icon: { name: group.icon },
    contextValue: 'group',
    target: NONE,
    children: categoryNodes(group.key, group.memories, context),
  };
}

const RECALL_ICONS: Readonly<Record<ProofWords['state'], NonNullable<ViewNode['icon']>>> = {
  good: { name: 'pass' },
  bad: { name: 'warning', color: 'list.warningForeground' },
  open: { name: 'clock' },
  off: { name: 'debug-disconnect' },
};

function recallNodes({ recall }: MemoryInput, { folder, t }: Context): readonly ViewNode[] {
  if (recall === undefined) return [];
  return [
    {
      id: `${folder}/recall`,
      label: t('Recall'),
      description: recall.short,
      tooltip: recall.detail.join('\n'),
      icon: RECALL_ICONS[recall.state],
      accessibleLabel: [t('Recall'), recall.short, ...recall.detail].join(', '),
      contextValue: `recall ${recall.state}`,
      target: { kind: 'recall', folder },
      children: [],
    },
  ];
}

function actorWords(actor: OutsideInput['actor'], t: Translate): readonly string[] {
  if (actor === 'agent') return [t('by an agent')];
  return actor === 'git' ? [t('by git')] : [];
}

function outsideWords({ kind }: OutsideInput, t: Translate): string {
  switch (kind) {
    case 'added':
      return t('added');
    case 'changed':
      return t('changed');
    case 'removed':
      return t('removed');
  }
}

function outsideNodes(input: MemoryInput, { folder, t }: Context): readonly ViewNode[] {
  if (input.outside.length === 0) return [];
  const rows = [...input.outside].sort(byText(({ path }) => path)).map((change): ViewNode => {
    const words = outsideWords(change, t);
    const described = [words, ...actorWords(change.actor, t)].join(' · ');
    return {
      id: `${folder}/outside/${change.path}`,
      label: change.path,
      description: described,
      tooltip: t(
        '{0} was {1} outside Agent Dreams. No dream uses it until you keep it; Revert goes back to what was accepted.',
        change.path,
        described,
      ),
      icon: {
        name: change.kind === 'added' ? 'diff-added' : change.kind === 'changed' ? 'diff-modified' : 'diff-removed',
      },
      accessibleLabel: `${change.path}, ${described}`,
      contextValue: `outside ${change.kind}`,
      target: { kind: 'outside', folder, path: change.path },
      children: [],
    };
  });
  return [
    {
      id: `${folder}/outside`,
      label: t('Changed outside'),
      description: String(rows.length),
      tooltip: t('You accepted none of these as they are now: nothing in them is used. Keep or revert each of them.'),
      icon: { name: 'warning', color: 'list.warningForeground' },
      contextValue: 'outsideGroup',
      target: NONE,
      children: rows,
      expanded: true,
    },
  ];
}

function problemNodes(input: MemoryInput, { folder, t }: Context): readonly ViewNode[] {
  if (input.problems.length === 0) return [];
  const rows = input.problems.map((problem): ViewNode => ({
    id: `${folder}/problem/${problem.path}`,
    label: problem.path,
    description: problem.reason,
    tooltip: `${problem.path}\n${problem.reason}`,
    icon: { name: 'error', color: 'list.errorForeground' },
    accessibleLabel: `${problem.path}, ${problem.reason}`,
    contextValue: 'problem',
    target: { kind: 'memory', folder, path: problem.path },
    children: [],
  }));
  return [
    {
      id: `${folder}/problems`,
      label: t('Cannot be read'),
      description: String(rows.length),
      icon: { name: 'error', color: 'list.errorForeground' },
      contextValue: 'problemGroup',
      target: NONE,
      children: rows,
      expanded: true,
    },
  ];
}

function folderRows(input: MemoryInput, t: Translate, time: Context['time']): readonly ViewNode[] {
  if (!input.initialized) return [];
  const context: Context = {
    folder: input.folder.id,
    outside: new Map(input.outside.map(({ path, kind }) => [path, kind])),
    usage: input.usage ?? new Map<string, MemoryUsage>(),
    time,
    t,
  };
  const team = input.memories.filter(({ scope }) => scope.kind === 'team');
  return [
    budgetRow(input, context.folder, t),
    ...recallNodes(input, context),
    ...outsideNodes(input, context),
    ...problemNodes(input, context),
    ...categoryNodes('team', team, context),
    ...groups(input.memories, t).map((group) => groupNode(group, context)),
  ];
}

/** The rows of the Memory view; a level of folders only where there are several. */
export function memoryRows(
  inputs: readonly MemoryInput[],
  t: Translate,
  time: (iso: string) => string = (iso) => iso,
): readonly ViewNode[] {
  const [only] = inputs;
  if (inputs.length === 1 && only) return folderRows(only, t, time);
  return inputs.map((input) => ({
    id: input.folder.id,
    label: input.folder.name,
    ...(input.initialized ? {} : { description: t('no memory yet') }),
    icon: { name: 'root-folder' },
    contextValue: input.initialized ? 'folder initialized' : 'folder bare',
    target: { kind: 'folder', folder: input.folder.id },
    children: folderRows(input, t, time),
    expanded: true,
  }));
}
