/** A settings text as a person may have written it: JSON with comments, in any layout, with any of the keys that we touch. */
export function generateSettings(random: () => number): string {
  const pick = <T>(items: readonly [T, ...T[]]): T => items[Math.floor(random() * items.length)] ?? items[0];
  const layout: Layout = {
    eol: pick(['\n', '\n', '\r\n']),
    unit: pick(['  ', '    ', '\t', ' ']),
    isTight: random() < 0.15,
    commas: random() < 0.2,
    comments: random() < 0.4 ? 0.2 : 0,
    random,
  };
  const names = KEYS.filter(() => random() < 0.4).sort(() => random() - 0.5);
  const root = Object.fromEntries(names.map((name) => [name, valueOf(name, random)]));
  const body = print(root, layout, '');
  const head = random() < 0.1 ? '\uFEFF' : '';
  const blank = random() < 0.1 ? layout.eol : '';
  return `${head}${blank}${comment(layout, '')}${body}${random() < 0.7 ? layout.eol : ''}`;
}

interface Layout {
  readonly eol: string;
  readonly unit: string;
  /** All on one line. */
  readonly isTight: boolean;
  readonly commas: boolean;
  /** How often a comment stands somewhere. */
  readonly comments: number;
  readonly random: () => number;
}

const KEYS = [
  'model',
  'env',
  'hooks',
  'permissions',
  'autoMemoryDirectory',
  'statusLine',
  'größe "x"',
  'cleanupPeriodDays',
];
const TEXTS = [
  '',
  'opus',
  'a "quoted" one',
  '// no comment',
  '/* neither */',
  'Zeile\nzwei',
  '\\',
  '日本語',
  ',',
  '}',
  ']',
];

function valueOf(name: string, random: () => number): unknown {
  const some = <T>(items: readonly T[]): readonly T[] => items.filter(() => random() < 0.5);
  const text = (): string => TEXTS[Math.floor(random() * TEXTS.length)] ?? '';
  const group = (): unknown => ({
    ...(random() < 0.5 ? { matcher: text() } : {}),
    hooks: some([
      { type: 'command', command: text() },
      { type: 'command', command: 'cat', args: [text()], timeout: 3 },
    ]),
  });
  if (name === 'hooks') {
    const events = some(['SessionStart', 'SubagentStart', 'SessionEnd', 'Stop']);
    return Object.fromEntries(events.map((event) => [event, some([group(), group()])]));
  }
  if (name === 'permissions') {
    return Object.fromEntries(
      some(['allow', 'deny', 'ask']).map((list) => [list, some(['Read(./.env)', text(), 'Bash'])]),
    );
  }
  if (name === 'env') return Object.fromEntries(some(['A', 'B']).map((key) => [key, text()]));
  if (name === 'cleanupPeriodDays') return Math.floor(random() * 1000) - 3;
  if (name === 'statusLine') return random() < 0.5 ? null : [true, [], {}, 1.5e3, text()];
  return text();
}

function comment({ comments, random, eol, isTight }: Layout, indent: string): string {
  if (random() >= comments) return '';
  if (isTight || random() < 0.4) return ' /* "hooks": { } , */ ';
  return ` // ${random() < 0.5 ? 'mine, "hooks"' : '}'}${eol}${indent}`;
}

function print(value: unknown, layout: Layout, indent: string): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const isList = Array.isArray(value);
  const inner = layout.isTight ? indent : indent + layout.unit;
  const line = layout.isTight ? '' : layout.eol + inner;
  const parts = Object.entries(value).map(([name, part]) => {
    const key = isList ? '' : `${JSON.stringify(name)}${comment(layout, inner)}:${layout.isTight ? '' : ' '}`;
    return `${comment(layout, inner)}${key}${print(part, layout, inner)}`;
  });
  const [open, close] = isList ? ['[', ']'] : ['{', '}'];
  if (parts.length === 0) return `${open}${comment(layout, indent)}${close}`;
  const isBroken = !layout.isTight && layout.random() < 0.85;
  const between = isBroken ? `,${line}` : ', ';
  const body = parts.join(`${comment(layout, inner)}${between}`);
  const comma = layout.commas && layout.random() < 0.7 ? ',' : '';
  const end = isBroken ? layout.eol + indent : '';
  return `${open}${isBroken ? line : ''}${body}${comma}${comment(layout, inner)}${end}${close}`;
}
