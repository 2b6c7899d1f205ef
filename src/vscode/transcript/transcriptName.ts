/** Longer names push the other tabs out of the window. */
const MAX_LENGTH = 48;

/** A title as the name of a tab: one short line without anything that has a meaning in a path. */
export function toSlugText(title: string): string {
  const name = shortened(title)
    .replace(/[\\/:*?"<>|#%\p{Cc}\p{Cf}\p{Cs}]/gu, ' ')
    .replace(/ {2,}/g, ' ')
    .trim();
  return name === '' ? 'session' : name;
}

/** Cut behind a whole word where there is one. */
function shortened(title: string): string {
  if (title.length <= MAX_LENGTH) return title;
  const cut = title.slice(0, MAX_LENGTH);
  const space = cut.lastIndexOf(' ');
  return `${space > MAX_LENGTH / 2 ? cut.slice(0, space) : cut}…`;
}
