import type { Note } from '../dream/miner';
import { hasSameMeaning } from '../dream/knowledge';
import { claimOf } from '../dream/memoryText';
import { differsInValue, isNegative } from '../dream/text/slots';
import { StemIndex } from '../dream/text/stemIndex';
import { contentStems } from '../dream/text/words';
import { isAgentDreamsError } from '../errors';
import type { CorePorts } from '../ports';
import { isQuarantined } from '../trust/trustOf';
import { MAX_FINDING_BYTES, parseFinding, type TeamFinding } from './findingFile';

/** So many authors, and findings of each, are read; more is no team. Files in name order count. */
const MAX_AUTHORS = 200;
const MAX_FINDINGS = 1_000;
const FOLDER = 'findings';

/**
 * What the others of the team accepted, in path order: all findings but this user's own. They came with a clone or a pull,
 * so what is not exactly a finding is left out, and nothing of it is ever shown or quoted. Writes nothing.
 */
export async function readTeamFindings(
  ports: Pick<CorePorts, 'files' | 'text' | 'logger' | 'team'>,
): Promise<readonly TeamFinding[]> {
  const found: TeamFinding[] = [];
  let broken = 0;
  const folders = (await ports.files.list(FOLDER)).filter(({ kind }) => kind === 'directory');
  if (folders.length === 0) return [];
  const own = new Set(await ports.team?.ownNames());
  const authors = folders.filter(({ name }) => !own.has(name));
  for (const { name } of authors.slice(0, MAX_AUTHORS)) {
    for (const file of (await ports.files.list(`${FOLDER}/${name}`)).slice(0, MAX_FINDINGS)) {
      const finding = file.kind === 'file' ? await readFinding(ports, `${FOLDER}/${name}/${file.name}`) : undefined;
      if (finding === undefined) broken += 1;
      else found.push(finding);
    }
  }
  if (broken > 0) ports.logger.debug(`${broken} files in ${FOLDER} are no findings, and were left out`);
  return found;
}

async function readFinding(ports: Pick<CorePorts, 'files' | 'text'>, path: string): Promise<TeamFinding | undefined> {
  try {
    const bytes = await ports.files.read(path, { maxBytes: MAX_FINDING_BYTES });
    const read = bytes && ports.text.decode(bytes);
    return read === undefined || read.lossy ? undefined : parseFinding(path, read.text);
  } catch (error) {
    if (isAgentDreamsError(error, 'too-large') || isAgentDreamsError(error, 'invalid-path')) return undefined;
    throw error;
  }
}

/** Who else accepted what a candidate claims. */
export class TeamKnowledge {
  readonly #findings: readonly TeamFinding[];
  readonly #stems: readonly ReadonlySet<string>[];
  readonly #index = new StemIndex();

  constructor(findings: readonly TeamFinding[]) {
    this.#findings = findings;
    this.#stems = findings.map(({ claim }) => contentStems(claim));
    for (const stems of this.#stems) this.#index.add(stems);
  }

  /**
   * How many other authors accepted the same claim, each counted once. None where nothing of one's own speaks for it, or
   * where no person and no event does: files of others back what was seen here, they do not make it believed.
   */
  authorsOf({ finding }: Note): number {
    const own = finding.evidence.some(({ kind }) => kind === 'quote' || kind === 'event');
    if (!own || isQuarantined(finding.trust)) return 0;
    const claims = [finding.description, claimOf(finding)];
    const authors = new Set<string>();
    for (const { author, fingerprint } of this.#findings) if (fingerprint === finding.fingerprint) authors.add(author);
    for (const claim of claims) {
      const stems = contentStems(claim);
      for (const at of this.#index.sharing(stems, 2)) {
        const known = this.#findings[at];
        if (known !== undefined && this.#saysSame(claim, stems, at)) authors.add(known.author);
      }
    }
    return authors.size;
  }

  #saysSame(claim: string, stems: ReadonlySet<string>, at: number): boolean {
    const known = this.#findings[at]?.claim ?? '';
    if (!hasSameMeaning(stems, this.#stems[at] ?? new Set())) return false;
    return isNegative(claim) === isNegative(known) && !differsInValue(claim, known);
  }
}
