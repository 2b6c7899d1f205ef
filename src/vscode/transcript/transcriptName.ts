/** A title as the name of a tab: one short line without anything that has a meaning in a path. */
export function toSlugText(title: string): string {
  const name = title
    .slice(0, 80)
    .replace(/[\\/:*?"<>|#%\p{Cc}\p{Cf}]/gu, ' ')
    .replace(/ {2,}/g, ' ')
    .trim();
  return name === '' ? 'session' : name;
}
