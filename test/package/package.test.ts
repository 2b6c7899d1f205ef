import { cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mustRun, runProgram } from '../../scripts/process';
import { root } from '../../scripts/root';
import { toolPath } from '../../scripts/stages/checks';
import { packageExtension } from '../../scripts/stages/packageExtension';

const MAX_VSIX_BYTES = 1_000_000;

/** Every file that ships, `media/` aside: adding one is a decision. */
const SHIPPED = [
  'CHANGELOG.md',
  'LICENSE',
  'README.md',
  'dist/ThirdPartyNotices.txt',
  'dist/agent.js',
  'dist/app.js',
  'dist/command.js',
  'dist/engine-claude-code.js',
  'dist/engine-claude.js',
  'dist/engine-managed.js',
  'dist/engine-vscode-lm.js',
  'dist/extension.js',
  'dist/mcp.js',
  'dist/memory-tool.js',
  'package.json',
  'package.nls.json',
];

/** What a bundle was made of. */
function inputsOf(bundle: string): readonly string[] {
  const file = path.join(root, bundle.replace(/\.js$/u, '.meta.json'));
  return Object.keys((JSON.parse(readFileSync(file, 'utf8')) as { inputs: object }).inputs);
}

describe('the package', () => {
  let vsix = '';
  let files: readonly string[] = [];

  beforeAll(async () => {
    // Throws where vsce fails or warns.
    vsix = await packageExtension();
    const listing = await mustRun(toolPath('vsce'), ['ls', '--no-dependencies'], { cwd: root });
    files = listing
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '' && existsSync(path.join(root, line)));
  });

  it('is smaller than 1 MB', () => {
    expect(statSync(vsix).size).toBeLessThan(MAX_VSIX_BYTES);
  });

  it('holds the expected files and nothing else', () => {
    const outsideMedia = files.filter((file) => !file.startsWith('media/'));
    expect([...outsideMedia].sort()).toEqual(SHIPPED);
  });

  it('holds media of known kinds only', () => {
    const media = files.filter((file) => file.startsWith('media/'));
    expect(media.length).toBeGreaterThan(0);
    expect(media.filter((file) => !/\.(png|svg|md|json)$/.test(file))).toEqual([]);
  });

  it('holds no fixture, no source, no map and no transcript', () => {
    expect(files.filter((file) => /fixture|\.ts$|\.map$|\.jsonl$|meta\.json$/.test(file))).toEqual([]);
  });

  it('names the licence of each bundled package', () => {
    const notices = readFileSync(path.join(root, 'dist/ThirdPartyNotices.txt'), 'utf8');
    const packages = SHIPPED.filter((file) => /^dist\/.*\.js$/u.test(file)).flatMap((file) =>
      inputsOf(file).flatMap((input) => /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1] ?? []),
    );
    expect(packages).toContain('@anthropic-ai/sdk');
    expect(packages.filter((name) => !notices.includes(name))).toEqual([]);
  });
});

describe('the activation bundle', () => {
  it('leaves everything but its own few files to the application bundle', () => {
    const names = inputsOf('dist/extension.js');
    expect(names.filter((name) => name.includes('node_modules'))).toEqual([]);
    expect(names.filter((name) => name.startsWith('src/core') || name.startsWith('src/node'))).toEqual([]);
  });

  it('never mentions the Anthropic SDK', () => {
    expect(readFileSync(path.join(root, 'dist/extension.js'), 'utf8')).not.toContain('anthropic');
  });
});

describe('the engines', () => {
  it('are in no bundle but their own: neither activation nor the application loads one', () => {
    for (const bundle of ['dist/extension.js', 'dist/app.js']) {
      const inputs = inputsOf(bundle);
      expect(inputs.filter((name) => name.includes('@anthropic-ai'))).toEqual([]);
      expect(inputs.filter((name) => name.startsWith('src/engines'))).toEqual([]);
    }
    expect(inputsOf('dist/app.js')).not.toContain('src/vscode/engines/vscodeLm.ts');
  });

  it('bring no tracer with them that another extension could listen to', () => {
    expect(inputsOf('dist/engine-claude.js').filter((name) => name.includes('@opentelemetry/sdk'))).toEqual([]);
  });
});

describe('the bundle of the Claude engines', () => {
  it('loads by itself', () => {
    const engine = createRequire(import.meta.url)(path.join(root, 'dist/engine-claude.js')) as object;
    expect(Object.keys(engine).sort()).toEqual(['chooseClaudeModels', 'createClaudeBatchModel', 'createClaudeModel']);
  });
});

describe('what runs outside the editor', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'agent-dreams-package-'));
  const run = (file: string, ...args: readonly string[]): ReturnType<typeof runProgram> =>
    runProgram(process.execPath, [path.join(folder, file), ...args], { cwd: folder, quiet: true });

  beforeAll(() => {
    for (const file of SHIPPED.filter((name) => name.startsWith('dist/')))
      cpSync(path.join(root, file), path.join(folder, file), { recursive: true });
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('is one bundle, in which the doors to it have nothing of their own', () => {
    for (const door of ['dist/command.js', 'dist/mcp.js', 'dist/memory-tool.js'])
      expect(inputsOf(door)).toHaveLength(1);
    const inputs = inputsOf('dist/agent.js');
    expect(inputs.filter((name) => /@anthropic-ai|^src\/engines|node_modules\/ajv/u.test(name))).toEqual([]);
    expect(inputs).not.toContain('src/cli/headlessDream.ts');
  });

  it('has the commands of hooks and agents, with no file but those of the package', async () => {
    const { code, output } = await run('dist/command.js', '--help');
    expect(code).toBe(0);
    for (const command of ['capture', 'mcp', 'memory-tool']) {
      expect(output).toContain(`  ${command} `);
      expect(await run('dist/command.js', command, '--help')).toMatchObject({
        code: 0,
        output: expect.stringContaining(`Usage: agent-dreams ${command} `) as string,
      });
    }
    for (const wrong of [['nonsense'], ['mcp', '--nonsense'], ['capture'], ['memory-tool', '--nonsense']])
      expect((await run('dist/command.js', ...wrong)).code).toBe(2);
    expect((await run('dist/mcp.js', '--help')).output).toContain('Usage: agent-dreams mcp');
  });

  it('says where the library of the memory tool is, and that loads by itself', async () => {
    const file = (await run('dist/command.js', 'memory-tool')).output.trimEnd();
    expect(Object.keys(createRequire(import.meta.url)(file) as object)).toEqual(['createMemoryTool']);
  });

  it('leaves dreams to the repository', async () => {
    expect(await run('dist/command.js', 'dream', '.')).toMatchObject({
      code: 2,
      output: expect.stringContaining('npm run dream') as string,
    });
  });
});

describe('the engine floor', () => {
  it('is not below the types and not above the workbench of the tests', () => {
    const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
      engines: { vscode: string };
      devDependencies: Record<string, string>;
    };
    const minor = (version: string | undefined): number => Number(/(\d+)\.(\d+)/.exec(version ?? '')?.[2]);
    expect(minor(manifest.devDependencies['@types/vscode'])).toBeLessThanOrEqual(minor(manifest.engines.vscode));
    expect(minor(manifest.engines.vscode)).toBeLessThanOrEqual(139);
  });
});

describe('the repository', () => {
  it('has a page for each promise of the README', () => {
    const docs = readdirSync(path.join(root, 'docs'));
    expect(docs).toEqual(
      expect.arrayContaining(['architecture.md', 'file-format.md', 'testing.md', 'dependencies.md']),
    );
  });
});
