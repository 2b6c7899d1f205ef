import type { Hasher } from '../ports';
import { withoutMarks } from './markedBlock';

const VERSION = 1;
const NOTICE = 'generated from .agent-memory; a change in here is asked about before it is replaced';
const MARK = /^<!-- agent-dreams:memory:file v(\d{1,4}) ([0-9a-f]{16}) [^\r\n]{0,200}-->[ \t]{0,8}$/mu;
const UNKNOWN = '0'.repeat(16);

/** Who a whole file is from. */
export type OwnReading =
  | { readonly kind: 'foreign' }
  /** `edited`: somebody changed it since, anywhere in it. */
  | { readonly kind: 'ours'; readonly edited: boolean }
  | { readonly kind: 'newer' };

/** A file of rules that is ours alone: its front matter, our mark with the hash of the whole, and what it says. */
export function renderOwnFile(front: readonly string[], body: string, hasher: Hasher): string {
  const head = front.length === 0 ? '' : `---\n${front.join('\n')}\n---\n`;
  const draft = `${head}${markOf(UNKNOWN)}\n\n${withoutMarks(body.replace(/\r\n?/gu, '\n')).trim()}\n`;
  return draft.replace(markOf(UNKNOWN), markOf(hashOf(draft, hasher)));
}

/** Tells a file of ours from one of a person. Line ends that git turned round, and a BOM, are no change. Pure. */
export function readOwnFile(text: string, hasher: Hasher): OwnReading {
  const plain = text.replace(/^\uFEFF/u, '').replace(/\r\n/gu, '\n');
  const mark = MARK.exec(plain);
  if (mark === null) return { kind: 'foreign' };
  const [whole, version, hash = ''] = mark;
  if (Number(version) > VERSION) return { kind: 'newer' };
  const draft = plain.slice(0, mark.index) + whole.replace(hash, UNKNOWN) + plain.slice(mark.index + whole.length);
  return { kind: 'ours', edited: hashOf(draft, hasher) !== hash };
}

function markOf(hash: string): string {
  return `<!-- agent-dreams:memory:file v${VERSION} ${hash} ${NOTICE} -->`;
}

function hashOf(draft: string, hasher: Hasher): string {
  return hasher.sha256(draft).slice(0, 16);
}
