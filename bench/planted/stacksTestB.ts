import { command, type Stack } from './stack';

/** More projects of the test split. */
export const TEST_STACKS_B: readonly Stack[] = [
  {
    type: 'erlang-rebar3',
    name: 'ferrybus',
    ending: '.erl',
    folders: ['apps/ferry/src', 'apps/ferry_sms/src', 'apps/ferry_rate/src'],
    files: { 'rebar.config': '{deps, []}.\n', 'rebar.lock': '[].\n', 'config/sys.config': '[].\n' },
    test: command(
      'rebar3 as test ct --suite ferry_SUITE | All 44 tests passed. | rebar3 eunit | ===> Error Running EUnit Tests:\n  undefined function ferry_tests:setup/0 in {p}:{n}',
    ),
    build: command(
      "rebar3 as prod tar -n ferry | ===> Tarball successfully created | make release | make: *** No rule to make target 'release'. ({p} {n})",
    ),
    lint: command(
      'rebar3 do xref, dialyzer | ===> Analyzing 61 files with no warnings | erlc -Wall apps/ferry/src/*.erl | {p}:{n}: can\'t find include lib "kernel_ext/include/log.hrl"',
    ),
    setup: {
      command: 'rebar3 shell --apps ferry_sms',
      error: '===> Failed to boot ferry_sms: {error,{enoent,"{p}/dist.cookie"}} after {n} ms',
      fix: 'bin/make-cookie',
      names: ['dist.cookie', 'enoent'],
    },
    workflow: {
      asks: ['a counter for rejected texts', 'measure how long a route lookup takes', 'we need a gauge for open binds'],
      file: 'apps/ferry_rate/priv/metrics.terms',
      commands: ['escript tools/metrics.escript', 'rebar3 edoc', 'rebar3 as test ct --suite ferry_SUITE'],
    },
    together: ['apps/ferry_rate/src/bucket.erl', 'config/carriers.csv'],
  },
  {
    type: 'julia',
    name: 'GlacierFlow',
    ending: '.jl',
    folders: ['src/ice', 'src/mesh', 'src/plots'],
    files: {
      'Project.toml': 'name = "GlacierFlow"\n',
      'Manifest.toml': '# machine generated\n',
      'docs/make.jl': 'using Documenter\n',
    },
    test: command(
      "julia --project=. -t4 -e 'using Pkg; Pkg.test()' | Testing GlacierFlow tests passed | julia test/runtests.jl | ERROR: LoadError: ArgumentError: Package Aqua not found in current path.\nin expression starting at {p}:{n}",
    ),
    build: command(
      'julia --project=build build/sysimage.jl | PackageCompiler: compiling base system image done | julia build.jl | ERROR: SystemError: opening file "{p}": No such file or directory ({n})',
    ),
    lint: command(
      'julia --project=tools tools/format.jl --check | already formatted: true | jlfmt src | zsh: command not found: jlfmt ({p}:{n})',
    ),
    setup: {
      command: 'julia --project=. scripts/forward_run.jl',
      error: 'ERROR: LoadError: could not find artifact bedmap3 in {p} (line {n})',
      fix: "julia --project=. -e 'using Pkg; Pkg.instantiate()'",
      names: ['bedmap3'],
    },
    workflow: {
      asks: ['refine around the grounding line', 'halve the cell size at the front', 'coarser mesh for the interior'],
      file: 'src/mesh/domain.geo',
      commands: [
        'gmsh -2 src/mesh/domain.geo',
        'julia --project=. scripts/mesh_quality.jl',
        "julia --project=. -t4 -e 'using Pkg; Pkg.test()'",
      ],
    },
    together: ['src/ice/rheology.jl', 'paper/table_params.typ'],
  },
  {
    type: 'perl',
    name: 'mailsorter',
    ending: '.pm',
    folders: ['lib/Mail/Sorter', 'lib/Mail/Parser', 'lib/Mail/Queue'],
    files: { cpanfile: "requires 'Moo';\n", 'dist.ini': 'name = Mail-Sorter\n', '.perlcriticrc': 'severity = 3\n' },
    test: command(
      "carton exec prove -lr -j4 t | All tests successful.\nFiles=38, Tests=512 | prove t | Can't locate Mail/Sorter.pm in @INC (you may need to install the Mail::Sorter module) at {p} line {n}.",
    ),
    build: command(
      'carton exec dzil build --in dist | [DZ] built in dist | perl Makefile.PL | Can\'t open perl script "{p}/Makefile.PL": No such file or directory ({n})',
    ),
    lint: command(
      'carton exec perlcritic --profile .perlcriticrc lib | lib source OK | perl -c lib/Mail/Sorter.pm | BEGIN failed--compilation aborted at {p} line {n}.',
    ),
    setup: {
      command: 'carton exec prove -l t/queue',
      error: "DBI connect('dbname=sorter') failed: could not connect to server: is it running at {p}? ({n})",
      fix: 'pg_ctlcluster 15 main start',
      names: ['dbi connect', 'could not connect'],
    },
    workflow: {
      asks: [
        'sort the newsletters of the chess club away',
        'a rule for parcel notices',
        'file the dentist invoices under finance',
      ],
      file: 'etc/rules.sieve',
      commands: ['bin/sieve-lint etc/rules.sieve', 'bin/replay-corpus', 'carton exec prove -lr -j4 t'],
    },
    together: ['lib/Mail/Queue/Backoff.pm', 'etc/logrotate.d/sorter'],
  },
  {
    type: 'neovim-plugin',
    name: 'marginalia.nvim',
    ending: '.lua',
    folders: ['lua/marginalia', 'lua/marginalia/ui', 'plugin'],
    files: {
      'stylua.toml': 'column_width = 110\n',
      'tests/minimal_init.lua': 'vim.opt.rtp:append(".")\n',
      'selene.toml': 'std = "neovim"\n',
    },
    test: command(
      "nvim --headless --clean -u tests/minimal_init.lua -l tests/run.lua | Success: 66, Failed: 0, Errors: 0 | busted tests | {p}:{n}: attempt to index global 'vim' (a nil value)",
    ),
    build: command(
      'luarocks make --local --no-doc | marginalia.nvim scm-1 is now installed | luarocks build | Error: cannot find rockspec in {p} ({n} tried)',
    ),
    lint: command(
      'selene --display-style=quiet lua plugin | Results: 0 errors, 0 warnings | luacheck . | Total: {n} warnings / 0 errors in {p}\n(W113) accessing undefined variable vim',
    ),
    setup: {
      command: 'nvim --headless -l tests/ui.lua',
      error: "E5113: Error while calling lua chunk: module 'plenary.busted' not found in {p} ({n} paths)",
      fix: 'git submodule update --init deps/plenary',
      names: ['plenary'],
    },
    workflow: {
      asks: ['an option to hide notes in folds', 'let people pick the sign text', 'make the popup border an option'],
      file: 'lua/marginalia/options.lua',
      commands: [
        'nvim -l scripts/gendoc.lua',
        'nvim --headless -c "helptags doc" -c q',
        'nvim --headless --clean -u tests/minimal_init.lua -l tests/run.lua',
      ],
    },
    together: ['lua/marginalia/anchor.lua', 'queries/markdown/notes.scm'],
  },
  {
    type: 'latex-book',
    name: 'beekeeping-manual',
    ending: '.tex',
    folders: ['chapters', 'appendix', 'figures/src'],
    files: {
      'main.tex': '\\documentclass{memoir}\n',
      latexmkrc: '$pdf_mode = 4;\n',
      'refs.bib': '@book{langstroth}\n',
    },
    test: command(
      'make proof STRICT=1 | 0 undefined references, 0 overfull boxes above 5pt | chktex main.tex | Warning {n} in {p} line {n}: could not execute LaTeX command.',
    ),
    build: command(
      'latexmk -lualatex -shell-escape main.tex | Latexmk: All targets (main.pdf) are up-to-date | pdflatex main.tex | ! Fatal Package fontspec Error: The fontspec package requires either XeTeX or LuaTeX. {p}:{n}',
    ),
    lint: command(
      'vale --config=.vale.ini chapters | ✔ 0 errors, 0 warnings and 0 suggestions in 19 files. | textidote main.tex | Error: Unable to access jarfile {p} ({n})',
    ),
    setup: {
      command: 'latexmk -lualatex figures/src/hive.tex',
      error: "! LaTeX Error: File 'tikz-3dplot.sty' not found. ({p}:{n})",
      fix: 'tlmgr install tikz-3dplot',
      names: ['tikz-3dplot.sty'],
    },
    workflow: {
      asks: [
        'explain what a nuc is in the glossary',
        'the term brood pattern is missing in the glossary',
        'glossary: oxalic acid vs formic acid',
      ],
      file: 'appendix/glossary.bib',
      commands: ['bib2gls main', 'makeindex main.idx', 'latexmk -lualatex -shell-escape main.tex'],
    },
    together: ['chapters/swarming.tex', 'figures/src/calendar.py'],
  },
  {
    type: 'platformio',
    name: 'brewbuddy',
    ending: '.cpp',
    folders: ['lib/thermo', 'lib/pump', 'src/screens'],
    files: {
      'platformio.ini': '[env:esp32s3]\nframework = arduino\n',
      'partitions.csv': 'nvs,data,nvs,0x9000,0x5000\n',
      'include/pins.h': '#pragma once\n',
    },
    test: command(
      'pio test -e native -f unit/* | 31 test cases: 31 succeeded in 00:00:07.112 | pio test | Error: Please specify `upload_port` for environment {p} or use global `--upload-port` ({n})',
    ),
    build: command(
      'pio run -e esp32s3 -t size | RAM: [==        ]  17.9% (used 58644 bytes) | arduino-cli compile | Error opening sketch: no valid sketch found in {p}: missing {n} files',
    ),
    lint: command(
      'pio check -e esp32s3 --fail-on-defect=medium | No defects found | clang-format --dry-run -Werror src/*.cpp | {p}:{n}:3: error: code should be clang-formatted [-Wclang-format-violations]',
    ),
    setup: {
      command: 'pio run -e esp32s3 -t buildfs',
      error: 'mklittlefs: error adding {p}: image is full, {n} bytes left, data/ui.gz missing',
      fix: 'node web/pack.mjs --gzip',
      names: ['mklittlefs', 'ui.gz'],
    },
    workflow: {
      asks: ['a recipe for cold brew', 'the ristretto needs an own profile', 'turkish coffee as a preset'],
      file: 'data/profiles.yml',
      commands: ['python tools/profiles2h.py', 'pio run -e esp32s3 -t size', 'pio test -e native -f unit/*'],
    },
    together: ['lib/thermo/curve.cpp', 'web/chart/axis.js'],
  },
  {
    type: 'pulumi',
    name: 'lighthouse-cloud',
    ending: '.ts',
    folders: ['stacks/network', 'stacks/data', 'components'],
    files: {
      'Pulumi.yaml': 'name: lighthouse\nruntime: nodejs\n',
      'Pulumi.qa.yaml': 'config: {}\n',
      'policy/PulumiPolicy.yaml': 'runtime: nodejs\n',
    },
    test: command(
      "npm exec -- mocha --require ts-node/register 'spec/**' | 27 passing (3s) | npx jest | No tests found, exiting with code 1\nIn {p}\n  {n} files checked.",
    ),
    build: command(
      'pulumi preview --stack qa --diff --non-interactive | Resources: 212 unchanged | pulumi preview | error: no stack selected; please use `pulumi stack select` in {p} ({n})',
    ),
    lint: command(
      'pulumi preview --stack qa --policy-pack policy | Policy Packs run: house-rules (v1.4.0) passed | npx cdk-nag . | npm error 404 Not Found: cdk-nag is not in this registry. {p} {n}',
    ),
    setup: {
      command: 'pulumi stack output --stack qa',
      error: 'error: failed to decrypt encrypted configuration value: incorrect passphrase or missing key in {p} ({n})',
      fix: 'scripts/unlock-qa.sh',
      names: ['passphrase', 'decrypt'],
    },
    workflow: {
      asks: [
        'open the metrics subnet for the collector',
        'we get another office, allow its range',
        'take the old vpn range out',
      ],
      file: 'stacks/network/ranges.json',
      commands: [
        'node scripts/cidr-overlap.mjs',
        'pulumi preview --stack qa --diff --non-interactive',
        'pulumi up --stack qa --yes',
      ],
    },
    together: ['components/alarm.ts', 'runbooks/disk-full.md'],
  },
  {
    type: 'solidity-foundry',
    name: 'tulipvault',
    ending: '.sol',
    folders: ['src/vault', 'src/oracle', 'src/gov'],
    files: {
      'foundry.toml': '[profile.default]\nsrc = "src"\n',
      'remappings.txt': '\n',
      'slither.config.json': '{}\n',
    },
    test: command(
      'forge test --fork-url http://anvil:8545 -vv | Ran 19 test suites: 203 tests passed, 0 failed | forge test | [FAIL: backend: failed while inspecting; could not instantiate forked environment] {p} (gas: {n})',
    ),
    build: command(
      'FOUNDRY_PROFILE=ir forge build --sizes | Compiler run successful! | npx hardhat compile | Error HH1: You are not inside a Hardhat project. ({p} {n})',
    ),
    lint: command(
      'slither . --config-file slither.config.json --fail-high | 0 result(s) found | solhint src | {p}:{n}: Failed to load config "solhint:recommended-tulip"',
    ),
    setup: {
      command: 'forge coverage --report lcov',
      error: 'Error: failed to resolve file: "{p}/lib/solmate/src/tokens/ERC4626.sol": No such file ({n})',
      fix: 'forge install --no-commit',
      names: ['solmate', 'failed to resolve'],
    },
    workflow: {
      asks: [
        'emit an event when the cap changes',
        'withdrawals need an event with the fee',
        'add an event for paused vaults',
      ],
      file: 'src/vault/IVaultEvents.sol',
      commands: ['forge bind --overwrite', 'npx wagmi generate', 'forge snapshot --check'],
    },
    together: ['src/oracle/Staleness.sol', 'script/params/mainnet.json'],
  },
];
