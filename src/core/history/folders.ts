/** The folder of a path; '' for the root. */
export function parentOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '' : path.slice(0, slash);
}

/** Every folder on the way to a path, the nearest first and '' for the root last. */
export function foldersOf(path: string): readonly string[] {
  const folders: string[] = [];
  for (let folder = parentOf(path); folder !== ''; folder = parentOf(folder)) folders.push(folder);
  return [...folders, ''];
}
