/** Verbs that open an instruction to a coding agent, base form. Anything else at the start of a sentence may be a noun. */
const VERBS: ReadonlySet<string> = new Set(
  (
    'add address adopt align allow annotate answer apply ask assert assign assume attach avoid back base be benchmark bind ' +
    'branch break bring build bump bundle cache call capture catch change check choose cite clean clear clone close ' +
    'collapse colocate comment commit communicate compare compile compute configure confirm consider consult continue ' +
    'convert copy cover create cross-check debug declare default define delegate delete deploy derive describe design ' +
    'destructure disable discuss do document double-check download draft drop dump edit embed emit enable encode end ' +
    'enforce ensure escape evaluate exclude execute explain export expose extract fetch fill filter finish fix focus ' +
    'follow force format generate get give go group guard handle hash ignore implement import include increment indent ' +
    'inject inline insert inspect install invoke isolate join keep key label launch lead leave limit link lint list load ' +
    'localize lock log look lower maintain make mark match measure mention merge migrate minify mock monitor mount move ' +
    'name note number omit open optimize order organise organize output override parse pass pin ping place plan point prefer ' +
    'prefix prepare present preserve print profile propose provide publish pull push put quote raise re-run read rebase ' +
    'rebuild record redact reduce refactor refer reference regenerate register release reload rely remove rename render ' +
    'repeat replace reply report reproduce request rerun reset resolve respect respond restart restore restrict return reuse revert ' +
    'review revise rewrite roll round route run sanitize save say scan schedule scope search seed send separate serve set ' +
    'share shorten show shut sign simplify skip sort spell split squash stage start state stay stick stop store structure ' +
    'style submit suffix suggest summarise summarize support surface switch tag take talk tell terminate test throw ' +
    'touch track translate treat trim trust try turn type undo update upgrade upload use validate verify version wait ' +
    'walk warn watch wire work wrap write ' +
    'block defer discard draw feed hand hide hoist keep nest obey paint persist poll propagate prune purge rethrow ship ' +
    'retry seal serialise serialize silence sleep spawn strip suppress swallow swap sync truncate unwrap widen wipe'
  ).split(' '),
);

const GERUNDS: Readonly<Record<string, string>> = {
  using: 'use', adding: 'add', writing: 'write', putting: 'put', making: 'make', creating: 'create', leaving: 'leave',
  committing: 'commit', pushing: 'push', asking: 'ask', saying: 'say', calling: 'call', importing: 'import',
  mocking: 'mock', generating: 'generate', inventing: 'invent', guessing: 'guess', assuming: 'assume',
  renaming: 'rename', reformatting: 'reformat', formatting: 'format', summarizing: 'summarize',
  summarising: 'summarise', apologizing: 'apologize', apologising: 'apologise', wrapping: 'wrap', editing: 'edit',
  skipping: 'skip', disabling: 'disable', hardcoding: 'hardcode', deleting: 'delete', removing: 'remove',
}; // prettier-ignore

/** True if the word can open an instruction ("use", "run"). */
export function isImperativeVerb(word: string): boolean {
  return VERBS.has(word.toLowerCase().replace(/[^a-z-]/gu, ''));
}

/** The base form of a habit's -ing form ("adding" → "add"), or undefined for one that does not name a habit. */
export function habitVerb(gerund: string): string | undefined {
  return GERUNDS[gerund.toLowerCase()];
}
