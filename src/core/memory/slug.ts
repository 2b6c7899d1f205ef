/** Longest slug; with folders and `.md` a path stays far below the 1,024 bytes of Claude's memory stores. */
export const MAX_SLUG = 64;

const SLUG = /^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/u;
/** Folder names with a meaning of their own in the tree. */
const RESERVED: ReadonlySet<string> = new Set(['agents', 'archive', 'findings', 'audit']);
/** Names that Windows gives to devices, with or without an extension. */
const DEVICE = /^(?:con|prn|aux|nul|com[0-9]|lpt[0-9])$/u;

/** True for a name that may be a memory's file name (without `.md`), a category or an agent's folder. */
export function isSlug(name: string): boolean {
  return SLUG.test(name) && !RESERVED.has(name) && !DEVICE.test(name);
}

/**
 * A slug of the words in `text`: lower case, accents dropped, anything else a dash, cut at a word. Text without any
 * Latin letter or digit gives `fallback`; the result is always a slug.
 */
export function toSlug(text: string, fallback = 'memory'): string {
  const plain = text
    .slice(0, 400)
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/gu, '-')
    .replace(/^-|-$/gu, '');
  const cut = cutAtWord(plain);
  if (isSlug(cut)) return cut;
  const named = cut === '' ? fallback : cutAtWord(`${cut}-note`);
  return isSlug(named) ? named : 'memory';
}

function cutAtWord(slug: string): string {
  if (slug.length <= MAX_SLUG) return slug;
  const end = slug.lastIndexOf('-', MAX_SLUG);
  return slug.slice(0, end > 20 ? end : MAX_SLUG).replace(/-$/u, '');
}
