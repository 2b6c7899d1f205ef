import { minimatch } from 'minimatch';
import type { WorkspaceProbe } from '../../ports';
import type { CheckEvidence } from '../finding';
import { definedBy, type Defined } from './anchorScripts';
import { isOtherFile } from './anchors';
import type { Anchor, Runner } from './anchors';

/** What a look at the workspace says about something that a memory names. */
export interface AnchorVerdict {
  readonly anchor: Anchor;
  readonly verdict: CheckEvidence['verdict'];
  /** For the reviewer: what was seen. */
  readonly detail: string;
  /** The path to write instead, where the verdict is `moved`. */
  readonly movedTo?: string;
}

type Judged = Omit<AnchorVerdict, 'anchor'>;

/**
 * Looks things up in one workspace; reads each manifest once. `gone` is said only where the workspace would show the
 * thing if it were there: everything else is `unverifiable`.
 */
export class AnchorChecker {
  private readonly commands = new Map<Runner, Promise<Defined | undefined>>();
  private manifests: Promise<readonly string[]> | undefined;
  private ignored: Promise<readonly string[]> | undefined;

  constructor(private readonly probe: WorkspaceProbe) {}

  async check(anchor: Anchor): Promise<AnchorVerdict> {
    return { anchor, ...(await this.judge(anchor)) };
  }

  private judge(anchor: Anchor): Promise<Judged> {
    switch (anchor.kind) {
      case 'path':
        return this.path(anchor.subject);
      case 'script':
        return this.script(anchor.subject, anchor.runner, anchor.line);
      case 'package':
        return this.package(anchor.subject);
      case 'env':
        return this.env(anchor.subject, anchor.line);
    }
  }

  private async path(path: string): Promise<Judged> {
    if (await this.probe.exists(path)) return { verdict: 'fresh', detail: `${path} exists` };
    const base = path.slice(path.lastIndexOf('/') + 1);
    const same = await this.probe.findByBaseName(base);
    if (!path.includes('/') && same.length > 0) return { verdict: 'fresh', detail: `${same[0] ?? base} exists` };
    if (same.some((other) => other.endsWith(`/${path}`)))
      return { verdict: 'fresh', detail: `${path} is in a package` };
    const [only] = same;
    if (only !== undefined && same.length === 1 && !COMMON_NAMES.test(base))
      return { verdict: 'moved', detail: `${path} is gone; ${only} has its name`, movedTo: only };
    if (same.length > 0)
      return { verdict: 'unverifiable', detail: `${path} is gone; ${same.length} files have its name` };
    if (isOtherFile(path) && !(await this.probe.exists(path.slice(0, path.lastIndexOf('/')))))
      return { verdict: 'unverifiable', detail: `${path} may be no file` };
    if (await this.isIgnored(path)) return { verdict: 'unverifiable', detail: `${path} is ignored by git` };
    if (!path.includes('/') && (!SOURCE_FILE.test(path) || COMMON_NAMES.test(base)))
      return { verdict: 'unverifiable', detail: `${path} names no folder` };
    return { verdict: 'gone', detail: `${path} does not exist, nor any file of its name` };
  }

  private async script(name: string, runner: Runner, line: string): Promise<Judged> {
    let defined = this.commands.get(runner);
    if (defined === undefined) this.commands.set(runner, (defined = definedBy(runner, this.probe)));
    const found = await defined;
    if (found === undefined) return { verdict: 'unverifiable', detail: `there is no ${FILE_OF[runner] ?? runner}` };
    const { file, names } = found;
    if (names === undefined) return { verdict: 'unverifiable', detail: `${file} does not say all that it defines` };
    if (names.has(name)) return { verdict: 'fresh', detail: `${file} has ${name}` };
    if (runner === 'mise' && (await this.existsOne(MISE_FOLDERS.map((folder) => `${folder}/${name}`))))
      return { verdict: 'fresh', detail: `there is a file for the task ${name}` };
    if (runner === 'pyproject.toml' && (names.size === 0 || !/`(?:(?:uv|poetry) run )?poe /u.test(line)))
      return { verdict: 'unverifiable', detail: `${name} may be a program` };
    const elsewhere = (await this.probe.findByBaseName(file.slice(file.lastIndexOf('/') + 1))).length > 1;
    if (elsewhere) return { verdict: 'unverifiable', detail: `the ${file} of another folder may have ${name}` };
    return { verdict: 'gone', detail: `${file} has no ${name}` };
  }

  private async package(name: string): Promise<Judged> {
    this.manifests ??= this.readManifests();
    const texts = await this.manifests;
    if (texts.length === 0) return { verdict: 'unverifiable', detail: 'there is no list of packages' };
    const plain = name.toLowerCase().replace(/[_-]/gu, '-');
    if (texts.some((text) => text.includes(plain)))
      return { verdict: 'fresh', detail: `${name} is among the packages` };
    return { verdict: 'gone', detail: `no list of packages has ${name}` };
  }

  private async readManifests(): Promise<readonly string[]> {
    const texts: string[] = [];
    for (const base of MANIFESTS) {
      for (const path of new Set([base, ...(await this.probe.findByBaseName(base))])) {
        const text = await this.probe.readText(path);
        if (text !== undefined) texts.push(text.toLowerCase().replace(/_/gu, '-'));
      }
    }
    return texts;
  }

  /** Names only, and only in the example: what `.env` holds is nobody's business. */
  private async env(name: string, line: string): Promise<Judged> {
    for (const file of ENV_EXAMPLES) {
      const text = await this.probe.readText(file);
      if (text === undefined) continue;
      const names = text.split(/\r?\n/u).map((row) => /^\s{0,4}#?\s{0,4}(?:export )?(\w{1,200})=/u.exec(row)?.[1]);
      if (names.includes(name)) return { verdict: 'fresh', detail: `${file} has ${name}` };
      const only = (await this.probe.findByBaseName(file)).length <= 1;
      if (only && /\.env\b/u.test(line)) return { verdict: 'gone', detail: `${file} has no ${name}` };
      return { verdict: 'unverifiable', detail: `${name} may be set elsewhere` };
    }
    return { verdict: 'unverifiable', detail: 'there is no .env.example' };
  }

  private async existsOne(paths: readonly string[]): Promise<boolean> {
    for (const path of paths) if (await this.probe.exists(path)) return true;
    return false;
  }

  private async isIgnored(path: string): Promise<boolean> {
    this.ignored ??= this.probe.readText('.gitignore').then(patternsOf);
    return (await this.ignored).some((pattern) =>
      minimatch(path, pattern, { dot: true, nocomment: true, nonegate: true }),
    );
  }
}

/** Names that say nothing about which file is meant. */
const COMMON_NAMES =
  /^(?:index|main|mod|lib|readme|package|__init__|types|utils?|config|test|setup|makefile|dockerfile)(?:\.|$)/iu;
/** Files that people write: others of a bare name may be an output, or somebody's own. */
const SOURCE_FILE = /\.(?:[cm]?[jt]sx?|py|go|rs|java|kt|rb|php|cs|swift|c|cc|cpp|h|hpp|proto|graphql|vue|svelte|tf)$/iu;
const FILE_OF: Readonly<Partial<Record<Runner, string>>> = { mise: 'mise.toml', Taskfile: 'Taskfile.yml' };
const MISE_FOLDERS = ['mise-tasks', '.mise-tasks', 'mise/tasks', '.mise/tasks', '.config/mise/tasks'];
const MANIFESTS = [
  ...['package.json', 'package-lock.json', 'pnpm-lock.yaml', 'yarn.lock', 'pyproject.toml', 'requirements.txt'],
  ...['requirements-dev.txt', 'uv.lock', 'poetry.lock', 'setup.py', 'setup.cfg', 'Pipfile', 'go.mod', 'Cargo.toml'],
  ...['Cargo.lock', 'composer.json', 'Gemfile', 'pom.xml', 'build.gradle', 'build.gradle.kts'],
];
const ENV_EXAMPLES = ['.env.example', '.env.sample', '.env.template', '.env.dist'];

/** Patterns of a .gitignore for whole paths below the root; what it takes back with "!" is left out. */
function patternsOf(text: string | undefined): readonly string[] {
  return (
    (text ?? '')
      .slice(0, 20_000)
      .split(/\r?\n/u)
      .map((line) => line.trim().slice(0, 200))
      // A pattern of many stars takes a matcher very long.
      .filter((line) => line !== '' && !/^[#!]/u.test(line) && line.split('*').length <= 6)
      .flatMap((line) => {
        const bare = line.replace(/^\/|\/$/gu, '');
        const pattern = line.replace(/\/$/u, '').includes('/') ? bare : `**/${bare}`;
        return [pattern, `${pattern}/**`];
      })
  );
}
