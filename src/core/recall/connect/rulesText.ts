import { withoutImports } from '../imports';

const NOTICE =
  '<!-- Made by Agent Dreams from .agent-memory. Edit the memories there: what is changed here is overwritten. -->';
const FRONT_MATTER = /^---\n(?:[^\n]{0,2000}\n){0,60}?---\n/u;

/** A rules file of ours: the notice, which Claude Code leaves out, stands behind the front matter. It loads no other file. */
export function withNotice(text: string): string {
  const head = FRONT_MATTER.exec(text)?.[0] ?? '';
  return `${head}${NOTICE}\n\n${withoutImports(text.slice(head.length).trimStart())}`;
}

/** True for a file that was made by `withNotice`, also one that was edited since. */
export function isGenerated(text: string): boolean {
  return text.includes('<!-- Made by Agent Dreams from .agent-memory');
}
