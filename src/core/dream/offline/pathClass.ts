import { compareText } from '../text/words';

/** Share of a folder's sessions from which on one file of it stands for itself. */
const OWN_SHARE = 0.6;

/**
 * The class of each path: the file itself where it is edited again and again, else the files of its folder with its
 * ending (`db/migrations/*.sql`); undefined where even that is edited in fewer than `least` sessions, or the folder is
 * the root.
 */
export class PathClasses {
  private readonly sessions = new Map<string, Set<string>>();

  /** Counts an edit of a file. */
  add(path: string, session: string): void {
    for (const name of [path, globOf(path)]) {
      if (name === undefined) continue;
      const seen = this.sessions.get(name);
      if (seen === undefined) this.sessions.set(name, new Set([session]));
      else seen.add(session);
    }
  }

  classOf(path: string, least: number): string | undefined {
    const own = this.sessions.get(path)?.size ?? 0;
    const glob = globOf(path);
    const all = glob === undefined ? own : (this.sessions.get(glob)?.size ?? 0);
    if (own >= least && own >= all * OWN_SHARE) return path;
    return glob !== undefined && all >= least ? glob : undefined;
  }

  /** The class of a path, and the file itself where it is edited often enough to be told on its own. */
  namesOf(path: string, least: number): readonly string[] {
    const name = this.classOf(path, least);
    const own = (this.sessions.get(path)?.size ?? 0) >= least && name !== path;
    return [...(own ? [path] : []), ...(name === undefined ? [] : [name])];
  }

  /** Files edited in at least that many sessions, in code-unit order. */
  frequent(least: number): readonly string[] {
    return [...this.sessions]
      .filter(([, seen]) => seen.size >= least)
      .map(([name]) => name)
      .sort(compareText);
  }
}

function globOf(path: string): string | undefined {
  const slash = path.lastIndexOf('/');
  const dot = path.lastIndexOf('.');
  return slash <= 0 || dot <= slash + 1 ? undefined : `${path.slice(0, slash)}/*${path.slice(dot)}`;
}
