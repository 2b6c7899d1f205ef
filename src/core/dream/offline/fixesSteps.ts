import { exactForm } from './commandExact';
import { dayParts, withoutQuoted } from './commandForm';
import { intentOf, isKnownTool, isNoise } from './intent';
import { codeSetsUp, inlineCode, setsUp } from './intentWords';
import { parseShell } from './shell';
import type { ShellCommand } from './shell';

/** Which kind of step a command is, and how it is told; the first row that fits is taken. */
const STEPS: readonly (readonly [wording: string, pattern: RegExp])[] = [
  ['free the port with', /^(?:lsof\b.{0,60}\| xargs (?:-\w+ )?kill|fuser -k|(?:npx |bunx )?kill-port|pkill|killall)/u],
  ['remove the lock with', /^(?:rm (?:-\w{1,3} )?\S{0,100}(?:lock|\.pid)\b\S{0,20}$|git worktree prune|terraform force-unlock|bundle lock|poetry lock|uv lock|cargo update|cargo generate-lockfile|npm dedupe|(?:pnpm|yarn) dedupe)/u],
  ['clean the cache with', /^(?:rm (?:-\w{1,3} ){1,2}\S{0,80}(?:cache|\.next|\.nuxt|\.turbo|\.vite|\.parcel-cache|node_modules|dist|build|target|out|\.gradle|__pycache__|DerivedData|_build|\.svelte-kit|\.angular|tsbuildinfo|coverage|bin|obj|vendor|deps|\.mypy_cache|\.expo)\S{0,20}(?: \S{1,80}){0,3}$|(?:npm|yarn|pnpm|bun|composer|go|pip3?|uv|poetry|gradle|cargo|dotnet|flutter|mix|swift package|bazel|nx|turbo|watchman|jest|vite|metro|sbt|mvn|\.\/gradlew|npx \w{1,30}|php artisan|bin\/rails|rails|make|just|mise run|deno|docker(?: \w{1,20})?) (?:run )?(?:\S{0,30}clean\S{0,30}|cache\b.{0,60}|\S{0,20}clear\S{0,20}|reset|prune.{0,30}|--clearCache|store prune|watch-del-all|tmp:clear|clobber)|nx reset|watchman watch-del|(?:npx |pnpm (?:exec )?|yarn )?jest --clearCache|cargo clean|ccache -C)/u],
  ['generate the code with', /^(?:(?:npx |pnpm (?:exec |dlx )?|yarn |bunx )?prisma generate|go generate|buf generate|sqlc generate|protoc\b|(?:dart|flutter pub) run build_runner|(?:npx )?graphql-codegen|cargo run .{0,40}(?:codegen|gen)\b|(?:\S{1,20} ){1,4}(?:\S{0,20}[:._-])?(?:generate|gen|codegen|proto|protos|bindings|stubs|openapi)(?:[:._-]\S{1,30})?(?: \S{1,40}){0,3}$)/u],
  ['migrate the database with', /^(?:.{0,60}\bmigrat(?:e|ions?)\b|alembic upgrade|(?:\S{1,20} ){0,4}db[:-](?:migrate|push|setup|reset|create|seed|schema:load)|.{0,30}prisma db push|.{0,20}ecto\.(?:migrate|setup|create)|flask db upgrade|goose\b.{0,60}\bup\b|dbmate up|flyway|diesel (?:migration|setup|database)|sqlx (?:database|migrate)|dotnet ef database update|supabase db (?:reset|push)|createdb|psql .{0,80}(?:create (?:database|role|user)|-f ))/iu],
  ['start the services with', /^(?:(?:docker(?:-compose| compose)|podman(?:-compose| compose))(?: (?:-f|--file|-p|--profile|--env-file) \S{1,60}){0,3} (?:up|start|restart)|docker (?:start|restart|run)|podman (?:start|run)|(?:sudo )?(?:service|systemctl) |brew services|colima start|minikube start|kind create|supabase start|firebase emulators:start|redis-server|mongod|pg_ctl|pg_ctlcluster|(?:rabbitmq|nats|etcd|localstack|temporal|overmind|foreman) ?(?:server|start)?|open -a Docker|(?:make|just|task|mise run|npm run|pnpm(?: run)?|yarn|bun run|composer|rake|bin\/)(?: ?)(?:\S{0,20}[:._-])?(?:up|services?|db|infra|deps-up|start-deps|docker|emulators?|redis|postgres|containers?)(?:[:._-]\S{1,30})?$)/u],
  ['switch the version with', /^(?:nvm (?:use|install)|fnm (?:use|install)|n \d|volta (?:install|pin)|corepack|mise (?:install|use|trust)|asdf (?:install|local|global|reshim)|pyenv (?:local|global|shell|install)|rbenv|sdk use|jenv|rustup|rvm use|uv python|goenv|tfenv|direnv allow)/u],
  ['agree with', /^yes \| /u],
  ['log in with', /^(?:gh auth|aws sso login|gcloud auth|az login|docker login|npm login|vercel login|firebase login|doppler login|vault login|kubectl config use-context|aws-vault|op signin|heroku login|fly auth)/u],
  ['run', /^(?:chmod|chown|xattr)\b/u],
  ['set the environment with', /^export (?!\S{0,60}(?:KEY|TOKEN|SECRET|PASS))[A-Z][A-Z\d_]{1,40}=[\w./:,=@+-]{1,60}$/u],
  ['set up the settings with', /^(?:cp \S{0,80}(?:env|config|settings|example|sample|template|dist)\S{0,60} \S{1,100}$|(?:vercel|doppler|dotenvx?|infisical|netlify) (?:env|pull|secrets).{0,60}|ln -s)/u],
  ['install what it needs with', /^(?:(?:npm|pnpm|yarn|bun)(?: (?:--filter|--prefix|-C|-F|--cwd|-w|--workspace) \S{1,60}| -r)? (?:install|i|ci|add)\b|yarn(?: --\S{1,30})*$|go (?:mod (?:tidy|download|vendor)|install|get|work sync)|pip3? install|python3? -m (?:pip install|venv)|uv (?:sync|pip (?:install|sync)|venv|add|tool install)|poetry (?:install|add)|pipenv (?:install|sync)|pdm (?:install|sync)|bundle(?: install)?$|gem install|cargo (?:install|fetch)|rustup (?:target|component) add|composer (?:install|dump-autoload|require)|mix (?:deps\.get|local\.\w{1,10})|(?:flutter|dart) pub get|dotnet (?:tool )?restore|dotnet workload|git submodule|git lfs|(?:npx |pnpm (?:exec )?|yarn |bunx )?playwright install|(?:npx )?(?:cypress|puppeteer|electron|lefthook|husky) install|(?:sudo )?(?:brew|apt|apt-get|dnf|yum|apk|pacman|choco|winget) .{0,20}(?:install|add|-S)|pod install|terraform init|helm (?:dependency|dep|repo)|conda (?:env|install)|swift package resolve|mvn .{0,40}install|(?:lerna|rush) (?:bootstrap|install|update)|pre-commit install|rebar3 get-deps|stack setup|cabal update|opam install|npx \S{1,40} install)/u],
  ['set it up with', /^(?:(?:make|just|task|mise run|npm run|pnpm(?: run)?|yarn(?: run)?|bun run|composer|rake|bin\/rails|invoke|inv|poe|hatch run|nox -s|pdm run|moon run|earthly|\.\/gradlew|gradle)(?: -C \S{1,60})? (?:\S{0,20}[:._-])?(?:setup|set-up|bootstrap|deps|install|init|prepare|seed|fixtures?|certs?|link|vendor|download|fetch|sync|restore|postinstall)(?:[:._-]\S{1,30})?$|(?:bash |sh )?\.{0,2}\/?(?:\S{1,60}\/)?(?:setup|bootstrap|install|init|prepare|seed)(?:[._-]\S{1,30})?$|createuser|mkcert|mkdir -p|touch )/u],
  ['build what it needs with', /^(?:(?:npm|pnpm|yarn|bun|turbo|nx|lerna|npx|cargo|go|make|just|task|mise|dotnet|docker|mvn|gradle|\.\/gradlew|tsc|cmake|ninja|mix|swift|zig|bazel|meson|maturin|python3?|uv|rake|trunk|wasm-pack)\b.{0,80}\b(?:build|compile|tsc|bundle|develop|package|assemble)\b.{0,60}|tsc -b.{0,60}|maturin develop.{0,40}|wasm-pack build.{0,60})/u],
]; // prettier-ignore

/** Looks at what is there, or talks to the outside: changes nothing that a later try could need. */
const LOOKS =
  /^\S{1,60}(?: (?:compose|\S{1,20}))? (?:ps|logs?|ls|list|view|show|info|get|describe|status|version|env|inspect|tree|why|outdated|doctor|tasks|help|freeze|current|which|search|images|top|stats|explain|diff|plan|--list|-l|-T|--tasks|--all|--summary|--dry-run)(?: |$)|(?:^| )(?:--?help|--version|-V)(?: |$)/u;
const TALKS =
  /^(?:git(?! submodule| lfs| config| fetch| worktree prune)|gh(?! auth)|curl|wget|jq|yq|ssh|scp|rsync|psql -c|http|open|code|sqlite3|redis-cli|mongosh|mysql|kubectl (?:get|logs)|node -|python3? -c|ruby -e|npx -y|uvx)\b/u;
const CHECKS: ReadonlySet<string | undefined> = new Set(['test', 'lint', 'typecheck', 'format', 'check', 'release']);
/** Of the day: a scratch file, a substitution, a process. */
const PASSING = /\/tmp\/|\/var\/folders|[$`()<>\n\r]|\b[0-9a-f]{8,40}\b|^kill\b/u;

/** How the step is told to others, or undefined for a command that cannot have put anything right. */
export function stepForm(command: ShellCommand): string | undefined {
  const exact = exactForm(command) ?? command.words.join(' ');
  const feeds = command.words[0] === 'yes' ? /./u : /^xargs\b/u;
  const whole = [exact, ...command.readers.filter((reader) => feeds.test(reader))].join(' | ');
  const plain = whole.replace(
    / (?:-y|--yes|--silent|--quiet|-q|--no-audit|--no-fund|--progress=\S{1,20})(?= |$)/gu,
    '',
  );
  if (plain.length > 110 || PASSING.test(withoutQuoted(plain))) return undefined;
  const inside = command.directory === '' ? plain : `cd ${command.directory} && ${plain}`;
  if (isSetUp(plain)) return inside;
  if (LOOKS.test(plain) || isNoise(command.words) || TALKS.test(plain) || CHECKS.has(intentOf(command.words)))
    return undefined;
  // What is proposed is what ran: its words, and none of them of the day.
  if (exactForm(command) === undefined || dayParts(command.words) !== 'none') return undefined;
  return command.words.length > 1 || plain.includes('/') ? inside : undefined;
}

/** True for what asks a server or a file something: how it ends depends on the question. */
export function isQuestion(command: ShellCommand): boolean {
  return /^(?:curl|wget|ssh|scp|rsync|jq|yq|psql|sqlite3|mysql|redis-cli|mongosh|http)$/u.test(command.words[0] ?? '');
}

/** True for a form that speaks of a scratch file or of this machine. */
export function isPassing(form: string): boolean {
  return /\/tmp\/|\/var\/folders|\/Users\/|\/home\//u.test(form);
}

/** True for a step that sets something up, whatever came before it. */
export function isSetUp(step: string): boolean {
  return wordingOf(step) !== undefined;
}

/** How a step of a known kind is told: "start the services with". */
export function wordingOf(step: string): string | undefined {
  const plain = step
    .replace(/^cd \S{1,100} && /u, '')
    .replace(/^(?:[A-Z][A-Z\d_]{0,60}=\S{1,100} |sudo |env ){1,6}/u, '');
  const known = STEPS.find(([, pattern]) => pattern.test(plain))?.[0];
  if (known !== undefined) return known;
  const words = parseShell(plain)[0]?.words ?? [];
  const intent = intentOf(words);
  if (intent === 'generate') return 'generate the code with';
  if (intent === 'migrate') return 'migrate the database with';
  return !CHECKS.has(intent) && asksToSetUp(words) ? 'set it up with' : undefined;
}

/** By a sub-command, a flag or a line of code, of whichever tool: `west sdk install`, `godot --import`, `dvc pull`. */
function asksToSetUp(words: readonly string[]): boolean {
  if (isNoise(words) || isKnownTool(words) || words.length < 2) return false;
  const code = inlineCode(words);
  if (code !== undefined) return codeSetsUp(code);
  return words.slice(1, 4).some((word) => setsUp(word.replace(/^--?/u, '')));
}
