import { command, type Stack } from './stack';

/** Projects of the test split. */
export const TEST_STACKS_A: readonly Stack[] = [
  {
    type: 'bun-server',
    name: 'tollgate',
    ending: '.ts',
    folders: ['server/lanes', 'server/plates', 'web/kiosk'],
    files: {
      'package.json':
        '{"name":"tollgate","type":"module","scripts":{"ci:unit":"bun test --preload ./server/boot.ts","seed":"bun run server/seed.ts"}}\n',
      'bun.lock': '{ "lockfileVersion": 1 }\n',
      'bunfig.toml': '[test]\ncoverage = false\n',
    },
    test: command(
      "bun run ci:unit | 119 pass\n 0 fail\nRan 119 tests across 21 files. [1.84s] | bun test | error: Cannot read property 'lanes' of undefined\n      at {p}:{n}:14",
    ),
    build: command(
      'bun build server/main.ts --target=bun --outdir out | Bundled 84 modules in 31ms | npm run build | npm error Missing script: "build"\nnpm error A complete log of this run can be found in: {p}-{n}.log',
    ),
    lint: command(
      'bunx oxlint --deny-warnings server web | Found 0 warnings and 0 errors. | bunx eslint server | ESLint: 9.14.0 could not find an eslint.config.(js|mjs|cjs) file near {p} after {n} ms',
    ),
    setup: {
      command: 'bun test server/plates',
      error: 'SQLiteError: no such table: plates\n errno: 1\n      at #run (bun:sqlite:{n}:20)\n      at {p}:{n}:9',
      fix: 'bun run seed',
      names: ['no such table', 'sqliteerror'],
    },
    workflow: {
      asks: [
        'the kiosk needs a tariff for trailers',
        'motorbikes pay half, put that in',
        'add the winter surcharge to the tariffs',
      ],
      file: 'server/lanes/tariffs.json',
      commands: ['bun run server/gen-tariffs.ts', 'bunx oxlint --deny-warnings server web', 'bun run ci:unit'],
    },
    together: ['server/lanes/debounce.ts', 'web/kiosk/beep.css'],
  },
  {
    type: 'python-django',
    name: 'wardbook',
    ending: '.py',
    folders: ['wardbook/beds', 'wardbook/shifts', 'wardbook/billing'],
    files: {
      justfile: 'unit:\n    python -m pytest -n auto\nassets:\n    python manage.py tailwind build\n',
      'manage.py': '#!/usr/bin/env python\n',
      'requirements.in': 'django\n',
      'requirements.txt': '# compiled by pip-compile\n',
    },
    test: command(
      'just unit wardbook | ===== 241 passed, 3 skipped in 18.41s ===== | python manage.py test | django.core.exceptions.ImproperlyConfigured: Requested setting INSTALLED_APPS, but settings are not configured. ({p}, line {n})',
    ),
    build: command(
      'just assets | Rebuilding... Done in 702ms. | npx tailwindcss -i base.css | sh: 1: tailwindcss: not found\n{p}: exit {n}',
    ),
    lint: command(
      'pre-commit run --all-files --hook-stage manual | ruff.....................Passed\ndjlint...................Passed | black --check . | would reformat {p}\nOh no! {n} files would be reformatted.',
    ),
    setup: {
      command: 'python manage.py check --deploy',
      error:
        'django.db.utils.OperationalError: could not translate host name "db" to address: Name or service not known ({p}:{n})',
      fix: 'docker compose up -d db',
      names: ['host name', 'could not translate'],
    },
    workflow: {
      asks: [
        'beds need an isolation flag',
        'store who last cleaned a bed',
        'a bed can be reserved, we need from and until',
      ],
      file: 'wardbook/beds/models.py',
      commands: ['python manage.py makemigrations beds', 'python manage.py graph_models', 'just unit wardbook'],
    },
    together: ['wardbook/shifts/overtime.py', 'wardbook/billing/templates/payslip.html'],
  },
  {
    type: 'scala-sbt',
    name: 'freightline',
    ending: '.scala',
    folders: ['core/src/main/scala/fl/route', 'core/src/main/scala/fl/price', 'http/src/main/scala/fl/http'],
    files: {
      'build.sbt': 'lazy val core = project\n',
      'project/build.properties': 'sbt.version=1.10.5\n',
      '.scalafmt.conf': 'version = 3.8.3\n',
    },
    test: command(
      'sbt -client core/testQuick | [info] Passed: Total 318, Failed 0, Errors 0, Passed 318 | sbt test | [error] java.lang.OutOfMemoryError: Metaspace\n[error] at {p}:{n}',
    ),
    build: command(
      'sbt -client http/Docker/stage | [success] Total time: 12 s | sbt assembly | [error] Deduplicate found different file contents in the following:\n[error]   {p} ({n} errors)',
    ),
    lint: command(
      'sbt -client "scalafixAll --check" | [success] Total time: 6 s | scalafmt --test | error: {p}: unsupported version, {n} files skipped',
    ),
    setup: {
      command: 'sbt -client http/compile',
      error: '[error] {p}:{n}: object proto is not a member of package fl\n[error] one error found',
      fix: 'sbt -client core/protocGenerate',
      names: ['object proto', 'not a member'],
    },
    workflow: {
      asks: [
        'put the incoterm on a shipment',
        'shipments have to carry a customs reference',
        'we want the pallet count in the shipment message',
      ],
      file: 'core/src/main/protobuf/shipment.proto',
      commands: ['buf breaking --against .git', 'sbt -client core/protocGenerate', 'sbt -client core/testQuick'],
    },
    together: ['core/src/main/scala/fl/price/Surcharge.scala', 'http/src/main/resources/openapi-examples.yaml'],
  },
  {
    type: 'clojure',
    name: 'choirmaster',
    ending: '.clj',
    folders: ['src/choir/roster', 'src/choir/score', 'src/choir/web'],
    files: {
      'deps.edn': '{:paths ["src" "gen"] :aliases {:test {} :build {}}}\n',
      'bb.edn': '{:tasks {lint (shell "clj-kondo --lint src")}}\n',
      'tests.edn': '#kaocha/v1 {}\n',
    },
    test: command(
      'bin/kaocha unit --fail-fast | 92 tests, 401 assertions, 0 failures. | clojure -X:test | Execution error (FileNotFoundException) at {p}:{n}.\nCould not locate cognitect/test_runner/api__init.class',
    ),
    build: command(
      "clojure -T:build uber :env prod | Wrote target/choir.jar | lein uberjar | Couldn't find project.clj, which is needed for uberjar ({p} {n})",
    ),
    lint: command(
      'bb lint | linting took 812ms, errors: 0, warnings: 0 | lein eastwood | bash: lein: command not found ({p}: line {n})',
    ),
    setup: {
      command: 'bin/kaocha integration',
      error: 'Syntax error compiling at ({p}:{n}:1). Unable to resolve symbol: scores-schema in this context',
      fix: 'bb gen-schema',
      names: ['scores-schema', 'unable to resolve'],
    },
    workflow: {
      asks: ['singers can have a second voice part', 'mark singers on leave', 'we track who owns which folder now'],
      file: 'resources/singers.edn',
      commands: ['bb gen-schema', 'bb check-specs', 'bin/kaocha unit --fail-fast'],
    },
    together: ['src/choir/score/transpose.clj', 'resources/public/notation.js'],
  },
  {
    type: 'ocaml-dune',
    name: 'quarrel',
    ending: '.ml',
    folders: ['lib/syntax', 'lib/typing', 'bin/repl'],
    files: {
      'dune-project': '(lang dune 3.16)\n',
      'quarrel.opam': 'opam-version: "2.0"\n',
      '.ocamlformat': 'profile = default\n',
    },
    test: command(
      'dune runtest --force --display=short | 57 tests run in 0.4s, all passed | ocamlbuild -use-ocamlfind test.native | Failure: {p} has a _build directory of dune, sanitize it first ({n} leftovers)',
    ),
    build: command(
      "dune build @install --profile release | Leaving directory ok | make all | make: *** No rule to make target 'all' in {p}.  Stop. ({n})",
    ),
    lint: command(
      'dune build @fmt @check | ok, 0 promotions | ocamlformat --check lib | ocamlformat: {p}: Cannot check a directory ({n})',
    ),
    setup: {
      command: 'dune build bin/repl',
      error: 'File "{p}", line {n}, characters 12-20:\nError: Library "menhirLib" not found.',
      fix: 'opam install . --deps-only --with-test',
      names: ['menhirlib'],
    },
    workflow: {
      asks: ['we want a spread operator', 'add let-else to the syntax', 'parse labelled blocks'],
      file: 'lib/syntax/grammar.mly',
      commands: [
        'menhir --only-preprocess lib/syntax/grammar.mly',
        'dune promote',
        'dune runtest --force --display=short',
      ],
    },
    together: ['lib/typing/occurs.ml', 'editors/tree-sitter/queries.scm'],
  },
  {
    type: 'zig',
    name: 'pebblefs',
    ending: '.zig',
    folders: ['src/blocks', 'src/journal', 'src/fuse'],
    files: {
      'build.zig': 'const std = @import("std");\n',
      'build.zig.zon': '.{ .name = .pebblefs }\n',
      '.zigversion': '0.14.0\n',
    },
    test: command(
      "zig build test --summary all | Build Summary: 5/5 steps succeeded; 133/133 tests passed | zig test src/main.zig | {p}:{n}:26: error: no module named 'options' available within module main",
    ),
    build: command(
      'zig build -Doptimize=ReleaseSafe -Dfuse=true | install success | zig build-exe src/main.zig | error: ld.lld: undefined symbol: fuse_main_real\n    note: referenced by {p}:{n}',
    ),
    lint: command(
      'zig fmt --check src build.zig | formatted, nothing to do | zlint src | thread {n} panic: unexpected token in {p}',
    ),
    setup: {
      command: 'zig build fuse-test',
      error:
        "error: unable to find dynamic system library 'fuse3' using strategy 'paths_first'. searched paths: {p} ({n})",
      fix: 'sudo apt-get install -y libfuse3-dev',
      names: ['fuse3'],
    },
    workflow: {
      asks: [
        'the superblock needs a generation counter',
        'reserve 16 bytes for the volume label',
        'add a feature bit for compression to the layout',
      ],
      file: 'src/blocks/layout.def',
      commands: ['zig build gen-layout', 'zig build fuzz -- --runs=500', 'zig build test --summary all'],
    },
    together: ['src/journal/replay.zig', 'tools/hexview.lua'],
  },
  {
    type: 'nix-flake',
    name: 'cottage-hosts',
    ending: '.nix',
    folders: ['hosts/attic', 'modules/media', 'modules/backup'],
    files: {
      'flake.nix': '{ outputs = _: { }; }\n',
      'flake.lock': '{ "version": 7 }\n',
      'secrets/secrets.nix': '{ }\n',
    },
    test: command(
      'nix build .#checks.x86_64-linux.vm --no-link | test script finished in 48.20s | nix flake check | error: cannot build for aarch64-linux, {p} needs a builder ({n} jobs left)',
    ),
    build: command(
      "nixos-rebuild build --flake .#attic | building the system configuration... | nixos-rebuild build | error: file 'nixos-config' was not found in the Nix search path (at {p}:{n})",
    ),
    lint: command(
      'nix run .#lint -- hosts modules | statix: ok\ndeadnix: ok | nixfmt . | nixfmt: {p}: withFile: inappropriate type (is a directory) ({n})',
    ),
    setup: {
      command: 'nix build .#attic-image',
      error: "error: path '{p}/generated/hardware.nix' is not tracked by Git ({n})",
      fix: 'git add --intent-to-add generated/hardware.nix',
      names: ['not tracked by git', 'hardware.nix'],
    },
    workflow: {
      asks: [
        'give the printer its own port in the firewall',
        'attic should serve the photo library',
        'allow the garden sensors through',
      ],
      file: 'modules/media/services.toml',
      commands: [
        'nix run .#render-services',
        'nixos-rebuild dry-build --flake .#attic',
        'nix build .#checks.x86_64-linux.vm --no-link',
      ],
    },
    together: ['modules/backup/retention.nix', 'hosts/attic/grafana.json'],
  },
  {
    type: 'bazel-monorepo',
    name: 'skyhook',
    ending: '.cc',
    folders: ['skyhook/planner', 'skyhook/telemetry', 'skyhook/ground'],
    files: {
      'MODULE.bazel': 'module(name = "skyhook")\n',
      '.bazelrc': 'build:ci --remote_cache=local\n',
      '.bazelversion': '7.4.1\n',
    },
    test: command(
      "bazelisk test //skyhook/... --config=ci | Executed 64 out of 64 tests: 64 tests pass. | bazel test //... | ERROR: {p}/BUILD.bazel:{n}:11: no such package '@@hw_rig//': fetching is disabled",
    ),
    build: command(
      'bazelisk build //skyhook/ground:bundle -c opt | Target //skyhook/ground:bundle up-to-date | cmake --build out | Error: could not load cache in {p} ({n})',
    ),
    lint: command(
      "bazelisk run //tools:buildifier.check | INFO: Running command line: ok | clang-tidy skyhook/planner/*.cc | {p}:{n}:10: error: 'absl/status/status.h' file not found [clang-diagnostic-error]",
    ),
    setup: {
      command: 'bazelisk test //skyhook/telemetry:all',
      error: 'ERROR: {p}: toolchain resolution failed, run {n}: no matching toolchains found for types @sysroot//:cc',
      fix: 'tools/fetch_sysroot.sh',
      names: ['toolchain'],
    },
    workflow: {
      asks: [
        'send the battery voltage down as well',
        'telemetry should contain the wind estimate',
        'new channel for the winch current please',
      ],
      file: 'skyhook/telemetry/channels.textproto',
      commands: [
        'bazelisk run //tools:channel_gen',
        'bazelisk run //:gazelle',
        'bazelisk test //skyhook/... --config=ci',
      ],
    },
    together: ['skyhook/planner/wind_limits.cc', 'docs/pilot_card.tex'],
  },
];
