// Writes the example session logs to examples/claude-home/projects. The same input gives the same bytes.
//   node examples/makeLogs.mjs           writes them
//   node examples/makeLogs.mjs --check   fails if the committed ones differ
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { elsewhere } from './logs/elsewhere.mjs';
import { november } from './logs/november.mjs';
import { october } from './logs/october.mjs';
import { SessionLog } from './logs/sessionLog.mjs';

/** Stands for the folder of the example project; replaced by its real path when the example is copied. */
const workspace = '__WORKSPACE__';
const folder = '-home-dev-orders-service';
const here = dirname(fileURLToPath(import.meta.url));
const projects = join(here, 'claude-home', 'projects');
const instructions = readFileSync(join(here, 'orders-service', 'CLAUDE.md'), 'utf8');

/** Written as escapes, so that no file of the repository holds a token, real or not. */
const hideTokens = (line) =>
  line.replace(/\bg[h]p_\w+/g, (token) => [...token].map((c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`).join(''));

function filesOf(session) {
  const log = new SessionLog({ cwd: workspace, instructions, ...session });
  session.tell(log);
  if (session.title) log.title(session.title);
  log.close();
  const base = join(session.folder ?? folder, log.id);
  const text = (lines) => lines.map((line) => `${hideTokens(line)}\n`).join('');
  return [
    [`${base}.jsonl`, text(log.lines)],
    ...log.subagents.flatMap((side) => [
      [join(base, 'subagents', `${side.name}.jsonl`), text(side.lines)],
      [join(base, 'subagents', `${side.name}.meta.json`), JSON.stringify(side.meta)],
    ]),
  ];
}

const files = [...october, ...november, ...elsewhere].flatMap(filesOf);
const stale = files.filter(([name, text]) => {
  const path = join(projects, name);
  return !existsSync(path) || readFileSync(path, 'utf8') !== text;
});

if (process.argv.includes('--check')) {
  if (stale.length > 0) {
    process.stderr.write(`Out of date: ${stale.map(([name]) => name).join(', ')}. Run node examples/makeLogs.mjs\n`);
    process.exitCode = 1;
  }
} else {
  for (const [name, text] of stale) {
    mkdirSync(dirname(join(projects, name)), { recursive: true });
    writeFileSync(join(projects, name), text);
  }
  process.stdout.write(`${files.length} files, ${stale.length} written\n`);
}
