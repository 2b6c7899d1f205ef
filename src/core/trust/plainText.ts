import { findRisks } from './risk';

/** A command of the usual tools that builds, tests or checks: it fetches nothing by name, publishes and sends nothing. */
const PLAIN_COMMAND =
  /^(?:(?:npm|pnpm|yarn|bun)(?: (?:--filter|-F|-C|--prefix|-w|--workspace) [\w@./:-]{1,60})?(?: (?:run |exec )?[\w:.-]{1,60}| ci| i| install)?|(?:npx |pnpm |yarn |bunx )?(?:vitest|jest|eslint|prettier|tsc|playwright|mocha|ruff|mypy|black|pytest|tox|nox|prisma (?:generate|migrate (?:dev|deploy))|turbo (?:run )?[\w:.-]{1,60}|nx [\w:.-]{1,60})|(?:mise|task|moon|hatch|pdm) run [\w:.-]{1,60}|mise install|bundle exec (?:rspec|rubocop|rake)|corepack enable|nvm use|alembic upgrade head|(?:sqlc|buf) generate|cargo (?:fetch|clean|nextest run)|gh pr (?:diff|view|list|checks)|golangci-lint run|make|just|task|cargo (?:build|test|check|fmt|clippy|run)|go (?:build|test|vet|run|generate|mod tidy|mod download)|(?:python3?|uv run|poetry run) (?:-m )?[\w./-]{1,80}|pip3? install -[re]|uv sync|poetry install|bundle install|composer install|dotnet (?:build|test|restore)|mvn|gradle|\.\/gradlew|docker compose (?:up|down|build|ps|logs)|git (?:status|diff|log|show|branch|add|fetch|pull|submodule)|mix|cmake|ctest|flutter (?:test|analyze|pub get)|\.{0,2}\/[\w./-]{1,80})(?: [\w./:=@*-]{1,80}){0,6}$/iu;
const FETCHES = /https?:|\b(?:add|publish|deploy|login|curl|wget|ssh|scp)\b|\b(?:install|i) [\w@]/iu;
const CUES =
  /\b(?:always|never|must|should|shall|please|ignore|disregard|forget|remember|reveal|you|your|users?|agents?|assistant|instead|from now on|follow|act|pretend|send|upload|allow|trust|approved?|instructions?|note|important|run|use|execute|memory|from|https?)\b/iu;
const MACHINE_WORDS =
  /\b(?:error|exception|fail(?:ed|ure)?|cannot|can['’]?t|could not|not found|no such|missing|unknown|denied|refused|timed? ?out|undefined|unexpected|invalid|unable|exists?|exited|E[A-Z]{4,12}|TS\d{3,5}|\w{1,40}(?:Error|Exception))\b/u;

/** True for a command that may be believed because it ran, even where a page or a read-me showed it first. */
export function isPlainCommand(command: string): boolean {
  return PLAIN_COMMAND.test(command) && !FETCHES.test(command) && findRisks(command).length === 0;
}

/** True for a line that only a program says: it names an error and asks nothing of anybody. */
export function isErrorLine(line: string): boolean {
  return (
    line.length <= 160 &&
    !line.includes('\n') &&
    MACHINE_WORDS.test(line) &&
    !CUES.test(line) &&
    findRisks(line).length === 0
  );
}
