import { getNodeValue, type Node } from 'jsonc-parser';
import { hasTwice, insertEdits, propertyOf, readTree, removeEdits, replaceEdit } from './jsonText';
import { isOurRule } from './denyRules';
import { isOurHandler, type OurMarks } from './ours';
import { applyEdit, applyEdits, undoByContent, undoInPlace, type EditedText, type InverseEdit } from './textEdits';

/** One command that Claude Code runs. */
export interface HookHandler {
  readonly type: 'command';
  readonly command: string;
  readonly args?: readonly string[];
  /** Seconds. */
  readonly timeout?: number;
}

/** Handlers of one event. */
export interface HookGroup {
  readonly event: 'SessionStart' | 'SubagentStart' | 'SessionEnd';
  readonly matcher?: string;
  readonly hooks: readonly HookHandler[];
}

/** What is to stand in a settings file of Claude Code. */
export interface WantedSettings {
  readonly groups: readonly HookGroup[];
  /** Rules for `permissions.deny`. */
  readonly deny: readonly string[];
  /** Further values at the top, such as `autoMemoryDirectory`. */
  readonly values: Readonly<Record<string, string | number>>;
}

/** Why a settings file is left alone. */
export type SettingsRefusal = 'not-json' | 'not-an-object' | 'twice' | 'wrong-shape';

/** How a settings file is taken back. */
export interface SettingsRecord {
  readonly inverse: readonly InverseEdit[];
  /** The rules that were not there before. */
  readonly deny: readonly string[];
  /** The values that we set; they are taken out where they are still what we set. */
  readonly values: Readonly<Record<string, string | number>>;
}

export type Connected =
  | { readonly kind: 'text'; readonly text: string; readonly record: SettingsRecord }
  | { readonly kind: 'refused'; readonly reason: SettingsRefusal };

const BOM = '\uFEFF';
const LISTS = ['SessionStart', 'SubagentStart', 'SessionEnd'];

/** Why this text cannot be edited; undefined if it can. An empty text can. */
export function refusalOf(text: string): SettingsRefusal | undefined {
  const body = withoutBom(text);
  const tree = readTree(body);
  if (tree === undefined) return isBlank(body) ? undefined : 'not-json';
  if (tree.type !== 'object') return 'not-an-object';
  const hooks = propertyOf(tree, 'hooks');
  const permissions = propertyOf(tree, 'permissions');
  if (hasTwice(tree, 'hooks') || hasTwice(tree, 'permissions')) return 'twice';
  if (isOther(hooks, 'object') || isOther(permissions, 'object')) return 'wrong-shape';
  if (hooks !== undefined && LISTS.some((event) => hasTwice(hooks, event))) return 'twice';
  if (permissions !== undefined && hasTwice(permissions, 'deny')) return 'twice';
  const lists = [...LISTS.map((event) => propertyOf(hooks, event)), propertyOf(permissions, 'deny')];
  return lists.some((list) => isOther(list, 'array')) ? 'wrong-shape' : undefined;
}

function isOther(node: Node | undefined, type: Node['type']): boolean {
  return node !== undefined && node.type !== type;
}

/** True for nothing but white space and comments. */
function isBlank(text: string): boolean {
  return readTree(`${text}\n{}`)?.children?.length === 0;
}

function withoutBom(text: string): string {
  return text.startsWith(BOM) ? text.slice(1) : text;
}

/**
 * The text with what is wanted in it. It must hold nothing of ours yet: see `disconnectSettings`. Whatever else is in it
 * stays byte for byte, and the record takes all of it back.
 */
export function connectSettings(text: string, wanted: WantedSettings): Connected {
  const reason = refusalOf(text);
  if (reason !== undefined) return { kind: 'refused', reason };
  const deny = wanted.deny.filter((rule) => !denied(text).includes(rule));
  const edited = [
    (now: EditedText) => withRoot(now),
    ...wanted.groups.map((group) => (now: EditedText) => addGroup(now, group)),
    ...deny.map((rule) => (now: EditedText) => addRule(now, rule)),
    ...Object.entries(wanted.values).map((entry) => (now: EditedText) => setValue(now, ...entry)),
  ].reduce<EditedText>((now, step) => step(now), { text, inverse: [] });
  return { kind: 'text', text: edited.text, record: { inverse: edited.inverse, deny, values: wanted.values } };
}

/** The rules of `permissions.deny`. */
function denied(text: string): readonly unknown[] {
  const list = propertyOf(propertyOf(readTree(withoutBom(text)), 'permissions'), 'deny');
  return (list?.children ?? []).map((rule): unknown => getNodeValue(rule));
}

/** Makes edits of the text behind a byte order mark. */
function edit(now: EditedText, make: (body: string, tree: Node) => ReturnType<typeof insertEdits>): EditedText {
  const body = withoutBom(now.text);
  const shift = now.text.length - body.length;
  const tree = readTree(body);
  if (tree === undefined) return now;
  return applyEdits(
    now,
    make(body, tree).map((one) => ({ ...one, offset: one.offset + shift })),
  );
}

/** An empty text gets an object. */
function withRoot(now: EditedText): EditedText {
  if (readTree(withoutBom(now.text)) !== undefined) return now;
  const eol = now.text.includes('\r\n') ? '\r\n' : '\n';
  const isFresh = /^\uFEFF?\s{0,1000}$/u.test(now.text);
  return applyEdit(now, { offset: now.text.length, length: 0, content: `${isFresh ? '' : eol}{}${eol}` });
}

function addGroup(now: EditedText, { event, ...group }: HookGroup): EditedText {
  return edit(now, (body, tree) => {
    const hooks = propertyOf(tree, 'hooks');
    if (hooks === undefined) return insertEdits(body, tree, 'hooks', { [event]: [group] });
    const list = propertyOf(hooks, event);
    return list === undefined ? insertEdits(body, hooks, event, [group]) : insertEdits(body, list, undefined, group);
  });
}

function addRule(now: EditedText, rule: string): EditedText {
  return edit(now, (body, tree) => {
    const permissions = propertyOf(tree, 'permissions');
    if (permissions === undefined) return insertEdits(body, tree, 'permissions', { deny: [rule] });
    const list = propertyOf(permissions, 'deny');
    return list === undefined
      ? insertEdits(body, permissions, 'deny', [rule])
      : insertEdits(body, list, undefined, rule);
  });
}

function setValue(now: EditedText, name: string, value: string | number): EditedText {
  return edit(now, (body, tree) => {
    const node = propertyOf(tree, name);
    if (node === undefined) return insertEdits(body, tree, name, value);
    return getNodeValue(node) === value ? [] : [replaceEdit(body, node, value)];
  });
}

export type Disconnected =
  | { readonly kind: 'text'; readonly text: string; readonly how: 'exactly' | 'ours-only' | 'unchanged' }
  | { readonly kind: 'refused'; readonly reason: SettingsRefusal };

/**
 * The text without anything of ours: byte for byte as it was where only we changed it, else with our own lines taken
 * out of what it is now. `records` are tried in order; without one, what is ours is known by its form.
 */
export function disconnectSettings(text: string, marks: OurMarks, records: readonly SettingsRecord[]): Disconnected {
  const reason = refusalOf(text);
  if (reason !== undefined) return { kind: 'refused', reason };
  for (const record of records) {
    const plain = removeOurs(text, marks, record);
    const undone = [undoInPlace(text, record.inverse), undoByContent(text, record.inverse)];
    // Only where it says the same as taking our lines out does, except for values that come back.
    const before = undone.find((one) => one !== undefined && saysSame(one, plain, Object.keys(record.values)));
    if (before !== undefined) return { kind: 'text', text: before, how: before === text ? 'unchanged' : 'exactly' };
  }
  const plain = removeOurs(text, marks, records[0]);
  return { kind: 'text', text: plain, how: plain === text ? 'unchanged' : 'ours-only' };
}

/** True if both texts hold the same, whatever the values of these names. An empty object is as good as none. */
function saysSame(a: string, b: string, except: readonly string[]): boolean {
  const [left, right] = [a, b].map((text) => {
    const tree = readTree(withoutBom(text));
    const value: unknown = tree === undefined ? (isBlank(withoutBom(text)) ? {} : undefined) : getNodeValue(tree);
    return value === undefined ? undefined : canonical(value, except);
  });
  return left !== undefined && left === right;
}

function canonical(value: unknown, except: readonly string[]): string {
  return JSON.stringify(withoutEmpty(value, except));
}

/** Without objects and lists that hold nothing below `hooks` and `permissions`, and without the named values. */
function withoutEmpty(value: unknown, except: readonly string[]): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value as Readonly<Record<string, unknown>>);
  return entries
    .filter(([name]) => !except.includes(name))
    .map(([name, part]) => [name, name === 'hooks' || name === 'permissions' ? pruned(part) : part] as const)
    .filter(([name, part]) => part !== undefined || (name !== 'hooks' && name !== 'permissions'));
}

function pruned(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 0 ? undefined : value;
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value as Readonly<Record<string, unknown>>).filter(
    ([, part]) => pruned(part) !== undefined,
  );
  return kept.length === 0 ? undefined : kept;
}

/** Takes out every handler, rule and value of ours, one after the other, and what is empty by that. */
function removeOurs(text: string, marks: OurMarks, record: SettingsRecord | undefined): string {
  let now: EditedText = { text, inverse: [] };
  for (;;) {
    const next = edit(now, (body, tree) => {
      const found = firstOfOurs(tree, marks, record);
      return found === undefined ? [] : removeEdits(body, found);
    });
    if (next.text === now.text) return now.text;
    now = next;
  }
}

/** The largest node that is ours alone. */
function firstOfOurs(tree: Node, marks: OurMarks, record: SettingsRecord | undefined): Node | undefined {
  const isOurs = (handler: Node): boolean => isOurHandler(getNodeValue(handler), marks);
  const hooks = propertyOf(tree, 'hooks');
  const handlers = LISTS.flatMap((event) => propertyOf(hooks, event)?.children ?? [])
    .flatMap((group) => propertyOf(group, 'hooks')?.children ?? [])
    .filter(isOurs);
  const isRule = (rule: Node): boolean =>
    record === undefined ? isOurRule(rule.value, marks) : record.deny.includes(String(rule.value));
  const rules = (propertyOf(propertyOf(tree, 'permissions'), 'deny')?.children ?? []).filter(isRule);
  const values = Object.entries(record?.values ?? {}).flatMap(([name, value]) => {
    const node = propertyOf(tree, name);
    return node !== undefined && getNodeValue(node) === value && node.parent !== undefined ? [node.parent] : [];
  });
  const [found] = [...handlers, ...rules, ...values];
  return found && alone(found, tree);
}

/** The node, or the one around it where it is the only thing in there. */
function alone(node: Node, root: Node): Node {
  const parent = node.parent;
  if (parent === undefined || parent === root) return node;
  // A property is as good as its value; a group of handlers has a matcher beside them.
  if (parent.type === 'property') return alone(parent, root);
  const isGroup = node.type === 'property' && node.children?.[0]?.value === 'hooks' && parent.parent?.type === 'array';
  return parent.children?.length === 1 || isGroup ? alone(parent, root) : node;
}

/** True for what Claude Code reads: it ignores a settings file with comments or trailing commas as a whole. */
export function isPlainJson(text: string): boolean {
  try {
    JSON.parse(withoutBom(text));
    return true;
  } catch {
    return false;
  }
}

/**
 * What of ours stands in a settings file: all that is wanted and no more, none of it, or something else. What other
 * people have in there does not count.
 */
export function standingOf(text: string, marks: OurMarks, wanted: WantedSettings): 'same' | 'none' | 'other' {
  const tree = readTree(withoutBom(text));
  const present = tree === undefined ? [] : handlersIn(tree).filter(({ handler }) => isOurHandler(handler, marks));
  const asked = wanted.groups.flatMap(({ event, matcher, hooks }) =>
    hooks.map((handler) => ({ event, matcher, handler: handler })),
  );
  if (hasRest(text, wanted) && sorted(present) === sorted(asked)) return 'same';
  const rules = denied(text);
  return present.length === 0 && !wanted.deny.some((rule) => rules.includes(rule)) ? 'none' : 'other';
}

/** True if the rules and values that are wanted stand there. */
function hasRest(text: string, { deny, values }: WantedSettings): boolean {
  const tree = readTree(withoutBom(text));
  const rules = denied(text);
  return (
    deny.every((rule) => rules.includes(rule)) &&
    Object.entries(values).every(([name, value]) => {
      const node = propertyOf(tree, name);
      return node !== undefined && getNodeValue(node) === value;
    })
  );
}

/**
 * True where what is wanted differs from what stands there by kinds of subagents and by the number of files alone: the
 * commands are of the same form, and rules, values and the other hooks are as they should be.
 */
export function differsInNumberOnly(text: string, marks: OurMarks, wanted: WantedSettings): boolean {
  const tree = readTree(withoutBom(text));
  const present = tree === undefined ? [] : handlersIn(tree).filter(({ handler }) => isOurHandler(handler, marks));
  const stands = present.map(({ event, handler }) => JSON.stringify([event, handler]));
  const asked = wanted.groups.flatMap(({ event, hooks }) => hooks.map((one) => JSON.stringify([event, one])));
  const of = (event: HookGroup['event'], keys: readonly string[]): readonly string[] =>
    keys.filter((key) => key.startsWith(`["${event}"`));
  // There whatever the numbers: the first file of the main agent, and that of every other kind of subagent.
  const always = [of('SessionStart', asked)[0], of('SubagentStart', asked).at(-1)];
  return (
    always.every((key) => key !== undefined && stands.includes(key)) &&
    of('SessionEnd', stands).join('\n') === of('SessionEnd', asked).join('\n') &&
    hasRest(text, wanted)
  );
}

/** True if a hook of ours stands in the text, whoever wrote it. */
export function hasOurs(text: string, marks: OurMarks): boolean {
  const tree = readTree(withoutBom(text));
  return tree !== undefined && handlersIn(tree).some(({ handler }) => isOurHandler(handler, marks));
}

interface PlacedHandler {
  readonly event: string;
  readonly matcher: unknown;
  readonly handler: unknown;
}

function handlersIn(tree: Node): readonly PlacedHandler[] {
  const hooks = propertyOf(tree, 'hooks');
  return LISTS.flatMap((event) =>
    (propertyOf(hooks, event)?.children ?? []).flatMap((group) => {
      const matcher = propertyOf(group, 'matcher');
      return (propertyOf(group, 'hooks')?.children ?? []).map((handler) => ({
        event,
        matcher: matcher && (getNodeValue(matcher) as unknown),
        handler: getNodeValue(handler) as unknown,
      }));
    }),
  );
}

function sorted(handlers: readonly PlacedHandler[]): string {
  return handlers
    .map(({ event, matcher, handler }) => JSON.stringify([event, matcher ?? null, handler]))
    .sort()
    .join('\n');
}
