import type { DoctorFacts, RenderedFile } from './facts';
import type { DoctorFinding } from './finding';
import { HOOK_LIMIT } from './hooks';
import { ifKnown } from './known';

/** What the hooks print is there, can be read, and is what the accepted memory gives now. */
export function checkRendered({ recall }: Pick<DoctorFacts, 'recall'>): readonly DoctorFinding[] {
  return ifKnown('rendered', recall, ({ files }) => {
    const missing = files.filter(({ present }) => present === undefined);
    const invalid = files.filter((file) => file.present !== undefined && !isReadable(file));
    const stale = files.filter((file) => isReadable(file) && file.present !== file.wanted);
    return [
      ...told('recall-missing', 'problem', missing),
      ...told('recall-invalid', 'problem', invalid),
      ...told('recall-stale', 'warning', stale),
    ];
  });
}

function told(
  kind: 'recall-missing' | 'recall-invalid' | 'recall-stale',
  severity: 'problem' | 'warning',
  files: readonly RenderedFile[],
): readonly DoctorFinding[] {
  const [first] = files;
  if (first === undefined) return [];
  const about = { count: files.length, file: first.name };
  return [{ check: 'rendered', kind, severity, about, fix: { id: 'renderAgain' } }];
}

/** Rules are plain text; what hooks print has to be JSON that Claude Code takes. */
function isReadable({ name, present }: RenderedFile): boolean {
  if (present === undefined) return false;
  if (!name.endsWith('.json')) return true;
  try {
    const parsed: unknown = JSON.parse(present);
    return typeof parsed === 'object' && parsed !== null && longest(parsed) <= HOOK_LIMIT;
  } catch {
    return false;
  }
}

function longest(parsed: object): number {
  const output = 'hookSpecificOutput' in parsed ? parsed.hookSpecificOutput : undefined;
  if (typeof output !== 'object' || output === null || !('additionalContext' in output)) return 0;
  return typeof output.additionalContext === 'string' ? output.additionalContext.length : 0;
}
