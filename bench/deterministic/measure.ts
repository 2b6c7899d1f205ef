import { build } from 'esbuild';
import { cp, mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { mustRun } from '../../scripts/process';
import { root } from '../../scripts/root';
import { projectFolderName } from '../../src/node/logs/projectFolder';
import { generate } from '../planted/generate';

/** Where else the same dream is dreamt: order of files, locale, time zone. */
const PLACES = [
  { order: 'as-is', lang: 'C', zone: 'UTC' },
  { order: 'reversed', lang: 'sv_SE.UTF-8', zone: 'Pacific/Kiritimati' },
  { order: 'shuffled', lang: 'tr_TR.UTF-8', zone: 'America/St_Johns' },
] as const;

export interface Determinism {
  readonly projects: number;
  readonly dreams: number;
  readonly changes: number;
  /** Projects over which two dreams differ in a byte. */
  readonly different: readonly string[];
  /** Whether the processes really had another time zone and another order of letters. */
  readonly placesDiffer: boolean;
}

interface Printed {
  readonly hash: string;
  readonly changes: number;
  readonly local: string;
  readonly sorted: string;
}

/** Dreams over planted projects of the dev split, each in processes that differ in everything that must not matter. */
export async function measureDeterminism(projects: number): Promise<Determinism> {
  const scratch = await realpath(await mkdtemp(path.join(tmpdir(), 'agent-dreams-same-')));
  try {
    const child = path.join(scratch, 'dreamWith.mjs');
    await build({
      entryPoints: [path.join(root, 'bench/deterministic/dreamWith.ts')],
      outfile: child,
      bundle: true,
      platform: 'node',
      format: 'esm',
      target: 'node20',
      logLevel: 'error',
      banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    });
    const work = path.join(scratch, 'work');
    const chosen = generate('dev', () => work).slice(0, projects);
    const different: string[] = [];
    let changes = 0;
    const seen: Printed[] = [];
    for (const project of chosen) {
      const pristine = path.join(scratch, 'pristine');
      await writeAll(path.join(pristine, 'work'), project.files);
      const logs = Object.fromEntries(project.logs.map(({ path: file, text }) => [file, text]));
      await writeAll(path.join(pristine, 'config', 'projects', projectFolderName(work)), logs);
      const printed: Printed[] = [];
      for (const { order, lang, zone } of PLACES) {
        const config = path.join(scratch, 'config');
        await cp(path.join(pristine, 'work'), work, { recursive: true });
        await cp(path.join(pristine, 'config'), config, { recursive: true });
        const env = { ...process.env, LANG: lang, LC_ALL: lang, TZ: zone };
        const out = await mustRun(process.execPath, [child, work, config, order], { cwd: root, env });
        // Printed by our own child.
        printed.push(JSON.parse(out.trim().split('\n').at(-1) ?? '{}') as Printed);
        await rm(work, { recursive: true, force: true });
        await rm(config, { recursive: true, force: true });
      }
      await rm(pristine, { recursive: true, force: true });
      if (new Set(printed.map(({ hash }) => hash)).size !== 1) different.push(project.name);
      changes += printed[0]?.changes ?? 0;
      seen.push(...printed);
    }
    return {
      projects: chosen.length,
      dreams: seen.length,
      changes,
      different,
      placesDiffer:
        new Set(seen.map(({ local }) => local)).size > 1 && new Set(seen.map(({ sorted }) => sorted)).size > 1,
    };
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function writeAll(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(folder, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, text);
  }
}
