import { describe, expect, it } from 'vitest';
import { commandsMiner } from '../../../../../src/core/dream/offline/commands';
import { fixesMiner } from '../../../../../src/core/dream/offline/fixes';
import { staleAnchorsMiner } from '../../../../../src/core/dream/offline/staleAnchors';
import { intentOf, isNoise } from '../../../../../src/core/dream/offline/intent';
import { parseShell } from '../../../../../src/core/dream/offline/shell';
import { buildSession } from '../../../../fakes/sessionBuilder';
import { fakeProbe, memoryOf, mine, notesOf } from './mine';

const days = ['2026-11-01T10:00:00Z', '2026-11-04T10:00:00Z', '2026-11-09T10:00:00Z'];

function everyDay(work: (session: ReturnType<typeof buildSession>) => ReturnType<typeof buildSession>) {
  return days.map((day, index) => work(buildSession(`s${index}`, day)).end());
}

describe('what a command is for, of a tool that no list knows', () => {
  it.each([
    // A launcher before it.
    ['devbox run -- pytest -x', 'test'],
    ['micromamba run -n gis pytest', 'test'],
    ['arch -x86_64 bundle exec rspec', 'test'],
    ['doppler run -- pnpm build', 'build'],
    ['mise exec node@20 -- npm run lint', 'lint'],
    // Code in a line.
    ["julia --project -e 'using Pkg; Pkg.test()'", 'test'],
    ['octave --eval \'runtests("t")\'', 'test'],
    ['php -r \'require "x.php"; runTests();\'', 'test'],
    ['node -e "require(\'./tools\').bundle()"', 'build'],
    // A task of a project of several.
    ['./gradlew :lib:assembleRelease', 'build'],
    ['mill app.test', 'test'],
    ['sbt core/test', 'test'],
    ['earthly +test', 'test'],
    ['cargo tauri build', 'build'],
    ['yarn workspace web vitest run', 'test'],
    // The name of the program.
    ['luacheck src', 'lint'],
    ['solhint contracts', 'lint'],
    ['cljfmt fix', 'format'],
    ['script/test', 'test'],
    ['bin/ci', 'check'],
    ['idf.py build', 'build'],
    // A flag.
    ['verilator --lint-only top.v', 'lint'],
    ['unity -batchmode --build', 'build'],
    // A word that comes late.
    ['R CMD build .', 'build'],
    ["xcodebuild -scheme App -destination 'platform=macOS' test", 'test'],
  ])('%s: %s', (line, intent) => {
    expect(intentOf(parseShell(line)[0]?.words ?? [])).toBe(intent);
  });

  it.each([
    'conda activate test',
    'tmux new-session -s test',
    'kubectl rollout status test',
    'terraform workspace select test',
    'xcodebuild -list',
    'test -f build',
    '/bin/test -d build',
    'python -c "print(open(1))"',
    'ssh host make test',
  ])('%s: nothing', (line) => {
    expect(intentOf(parseShell(line)[0]?.words ?? [])).toBeUndefined();
  });

  it('keeps apart what the shell brings and what the project has under the same name', () => {
    expect([isNoise(['test', '-f', 'x']), isNoise(['/usr/bin/find', '.']), isNoise(['bin/find'])]).toEqual([
      true,
      true,
      false,
    ]);
  });
});

describe('a command whose words say nothing', () => {
  const told = async (command: string, output: string, files: Readonly<Record<string, string>> = {}) =>
    notesOf(
      await mine(
        commandsMiner,
        everyDay((session) => session.runs(command, output)),
        { probe: fakeProbe(files) },
      ),
    );

  it.each([
    ['selene src', 'Results:\n0 errors\n0 parse errors', 'Lint with `selene src`'],
    ['rebar3 ct', 'All 24 tests passed.', 'Run the tests with `rebar3 ct`'],
    ['elm-pages prepare-site', 'Build succeeded in 4 s', 'Build with `elm-pages prepare-site`'],
  ])('is told by what it printed: %s', async (command, output, description) => {
    expect((await told(command, output)).map((finding) => finding.description)).toEqual([description]);
  });

  it('is told by the script that it stands for', async () => {
    const files = { 'composer.json': '{"scripts":{"larastan":"phpstan analyse --memory-limit=1G"}}' };
    const [finding] = await told('composer larastan', 'done', files);
    expect(finding?.description).toBe('Lint with `composer larastan`');
  });

  it('is not told where nothing says what it is for', async () => {
    expect(await told('frobnicate --all', 'done')).toEqual([]);
    expect(await told('gh pr checks', '3 checks passed')).toEqual([]);
  });
});

describe('commands that run in one line', () => {
  it('are one thing to do where neither runs alone', async () => {
    const sessions = everyDay((session) => session.runs('just fmt-check && just clippy', 'ok'));
    const found = notesOf(await mine(commandsMiner, sessions));
    expect(found.map((finding) => finding.description)).toEqual(['Lint with `just fmt-check && just clippy`']);
  });

  it('are told one by one where one of them often runs alone', async () => {
    const sessions = everyDay((session) =>
      session.runs('just clippy && just test-all', 'ok').runs('just clippy', 'ok'),
    );
    const found = notesOf(await mine(commandsMiner, sessions));
    expect(found.map((finding) => finding.description)).toEqual([
      'Run the tests with `just test-all`',
      'Lint with `just clippy`',
    ]);
  });
});

describe('a step before the same command, whichever the tool', () => {
  it.each([
    ['helm lint charts/web', 'Error: dependency redis is not there', 'helm dependency build charts/web'],
    ["Rscript -e 'devtools::check()'", 'The library is out of sync', "Rscript -e 'renv::restore()'"],
    ['godot --headless --check-only', 'Could not preload the theme', 'godot --headless --import'],
    ['lein test', 'Could not resolve clj-time', 'lein deps'],
    ['julia --project run.jl', 'ERROR: Package CSV is required', "julia --project -e 'using Pkg; Pkg.instantiate()'"],
    ['ansible-playbook site.yml --check', 'the role web was not found', 'ansible-galaxy install -r roles.yml'],
  ])('%s', async (failing, error, step) => {
    const sessions = everyDay((session) => session.fails(failing, error).runs(step, 'done').runs(failing, 'ok'));
    const found = notesOf(await mine(fixesMiner, sessions));
    expect(found).toHaveLength(1);
    expect(found[0]?.body).toContain(`\`${failing}\``);
    expect(found[0]?.body).toContain(`\`${step}\``);
  });

  it('is told with the flags with which it ran', async () => {
    const sessions = everyDay((session) =>
      session
        .fails('make report', 'error while loading shared libraries: libcairo.so.2')
        .runs('sudo apt-get install -y libcairo2')
        .runs('make report'),
    );
    const [finding] = notesOf(await mine(fixesMiner, sessions));
    expect(finding?.body).toContain('`sudo apt-get install -y libcairo2`');
  });
});

describe('a file of a language that no list knows', () => {
  const judge = (body: string, files: Readonly<Record<string, string>>) => {
    const memories = [memoryOf('facts/table.md', body, { created: '2026-01-01' })];
    return mine(staleAnchorsMiner, [], { memories, probe: fakeProbe(files) });
  };

  it.each(['ml', 'zig', 'nim', 'jl', 'cr', 'erl'])('is found where it moved: .%s', async (ending) => {
    const { candidates } = await judge(`The table lives in \`old/table.${ending}\`.`, {
      [`src/deep/table.${ending}`]: '',
    });
    expect(JSON.stringify(candidates)).toContain(`src/deep/table.${ending}`);
  });

  it('is not said to be gone where not even its folder is known', async () => {
    const { candidates } = await judge('We call `acme/lookup.find` for it.', { 'src/a.ml': '' });
    expect(candidates).toEqual([]);
  });
});
