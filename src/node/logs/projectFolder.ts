const LONGEST = 200;

/** The hash that Claude Code appends to long project folder names: 32-bit, over UTF-16 units, in base 36. */
function nameHash(file: string): string {
  let hash = 0;
  for (let at = 0; at < file.length; at += 1) hash = ((hash << 5) - hash + file.charCodeAt(at)) | 0;
  return Math.abs(hash).toString(36);
}

/**
 * The folder under `projects/` in which Claude Code keeps the logs of sessions started in `directory` (a real path):
 * every UTF-16 unit that is no ASCII letter or digit becomes a dash; long names are cut and hashed. Lossy: many paths
 * share a name.
 */
export function projectFolderName(directory: string): string {
  const name = directory.replace(/[^A-Za-z0-9]/gu, (unit) => '-'.repeat(unit.length));
  return name.length <= LONGEST ? name : `${name.slice(0, LONGEST)}-${nameHash(directory)}`;
}

function comparable(name: string): string {
  return name
    .replace(/[^A-Za-z0-9]/gu, '-')
    .toLowerCase()
    .slice(0, LONGEST);
}

/** True if the folder can hold logs of `directory` or of a folder below it. Older clients kept underscores. */
export function mayHoldLogsOf(folderName: string, directory: string): boolean {
  const name = comparable(folderName);
  const own = comparable(projectFolderName(directory));
  return name === own || name.startsWith(`${own}-`);
}
