import type { BridgeId } from '../../src/core/bridges/bridge';

/** What a file of a person can be like before we write into it. */
export interface ExportState {
  readonly name: string;
  /** null = there is none. */
  readonly before: string | Uint8Array | null;
  /** What is done to it first. */
  readonly make?: 'read-only' | 'link';
  /** What an export has to do with it: write it, or say this of it and leave it as it is. */
  readonly expected: 'written' | 'replaced' | 'refused';
  readonly reason?: string;
}

const OLD = '<!-- agent-dreams:memory:begin -->\nUse npm.\n<!-- agent-dreams:memory:end -->';

export const exportStates: readonly ExportState[] = [
  { name: 'plain', before: '# Rules\n\nBe brief.\n', expected: 'written' },
  { name: 'Windows line ends', before: '# Rules\r\n\r\nBe brief.\r\n', expected: 'written' },
  { name: 'BOM', before: '\uFEFF# Rules\n', expected: 'written' },
  { name: 'BOM and Windows line ends', before: '\uFEFF# Rules\r\nBe brief.\r\n', expected: 'written' },
  { name: 'no final line break', before: '# Rules\r\n\r\nBe brief.', expected: 'written' },
  { name: 'mixed line ends', before: 'a\r\nb\nc\r\n\n', expected: 'written' },
  { name: 'old Macintosh line ends', before: 'a\rb\r', expected: 'written' },
  { name: 'empty', before: '', expected: 'written' },
  { name: 'only a BOM', before: '\uFEFF', expected: 'written' },
  { name: 'only white space', before: ' \n\t\n\n', expected: 'written' },
  { name: 'open code fence', before: 'Run:\n```sh\nmake\n', expected: 'written' },
  { name: 'open comment', before: 'Run:\n<!-- not yet\n', expected: 'written' },
  { name: 'front matter', before: '---\ntitle: x\n---\nBe brief.\n', expected: 'written' },
  { name: 'marks of others', before: '<!-- begin: other tool -->\nx\n<!-- end: other tool -->\n', expected: 'written' },
  { name: 'a mark in a sentence', before: 'We write <!-- agent-dreams:memory:begin --> there.\n', expected: 'written' },
  { name: 'older block at the end', before: `Top.\n\n${OLD}\n`, expected: 'replaced' },
  { name: 'older block at the top', before: `${OLD}\nBottom.\n`, expected: 'replaced' },
  {
    name: 'older block with Windows line ends',
    before: `Top.\r\n${OLD.replaceAll('\n', '\r\n')}\r\nBottom.\r\n`,
    expected: 'replaced',
  },
  {
    name: 'half a block',
    before: 'Top.\n<!-- agent-dreams:memory:begin -->\nx\n',
    expected: 'refused',
    reason: 'torn',
  },
  {
    name: 'only the end of a block',
    before: '<!-- agent-dreams:memory:end -->\n',
    expected: 'refused',
    reason: 'torn',
  },
  { name: 'two blocks', before: `${OLD}\n${OLD}\n`, expected: 'refused', reason: 'twice' },
  {
    name: 'block of a newer version',
    before: '<!-- agent-dreams:memory:begin v7 x -->\nx\n<!-- agent-dreams:memory:end -->\n',
    expected: 'refused',
    reason: 'newer',
  },
  { name: 'read-only', before: 'Top.\n', make: 'read-only', expected: 'refused', reason: 'read-only' },
  { name: 'a link', before: 'Top.\n', make: 'link', expected: 'refused', reason: 'symlink' },
  { name: 'UTF-16', before: new Uint8Array([0xff, 0xfe, 0x41, 0]), expected: 'refused', reason: 'not-utf8' },
  { name: 'too large', before: 'x'.repeat(1_100_000), expected: 'refused', reason: 'too-large' },
  { name: 'missing', before: null, expected: 'written' },
];

/** The files of people that hold a block of ours, and whose they are. */
export const blockFiles: readonly { readonly file: string; readonly id: BridgeId; readonly makes: boolean }[] = [
  { file: 'AGENTS.md', id: 'agents-md', makes: true },
  { file: 'CLAUDE.md', id: 'claude-md', makes: false },
  { file: '.github/copilot-instructions.md', id: 'copilot', makes: true },
];
