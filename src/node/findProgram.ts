import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import path from 'node:path';

interface ProgramPlaces {
  readonly path: string | undefined;
  /** File extensions of programs, as Windows has them; '' elsewhere. */
  readonly extensions: readonly string[];
}

/** Where this process would find programs. */
export function programPlaces(environment: Readonly<Record<string, string | undefined>>): ProgramPlaces {
  const windows = process.platform === 'win32';
  return {
    path: environment['PATH'] ?? environment['Path'],
    extensions: windows ? (environment['PATHEXT'] ?? '.EXE;.CMD').split(';') : [''],
  };
}

/** The first program of that name on the path; folders that are not absolute are left out. Starts nothing. */
export async function findProgram(name: string, places: ProgramPlaces): Promise<string | undefined> {
  const folders = (places.path ?? '').split(path.delimiter).filter((folder) => path.isAbsolute(folder));
  for (const folder of folders) {
    for (const extension of places.extensions) {
      const file = path.join(folder, name + extension);
      if (await isProgram(file)) return file;
    }
  }
  return undefined;
}

/** True for a file that this user may start. */
export async function isProgram(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    return (await stat(file)).isFile();
  } catch {
    return false;
  }
}
