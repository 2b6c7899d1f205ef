import { command, type Stack } from './stack';

/** The second half of the projects of the validation split. */
export const VALIDATION_STACKS_B: readonly Stack[] = [
  {
    type: 'ansible',
    name: 'greenhouse-ops',
    ending: '.yml',
    folders: ['roles/nginx/tasks', 'roles/backup/tasks', 'inventories/prod'],
    files: {
      'ansible.cfg': '[defaults]\ninventory = inventories/lab\n',
      'requirements.yml': 'collections: []\n',
      'tox.ini': '[tox]\n',
    },
    test: command(
      'molecule test -s debian | PLAY RECAP ok=41 changed=0 failed=0 | ansible-test units | ERROR: The current working directory must be inside a collection: {p} ({n})',
    ),
    build: command(
      'ansible-playbook site.yml --check --diff | PLAY RECAP ok=77 changed=2 | ansible-playbook main.yml | ERROR! the playbook: {p} could not be found ({n})',
    ),
    lint: command(
      'ansible-lint --profile production | Passed: 0 failure(s), 0 warning(s) | yamllint . | {p}:{n}:81 error line too long',
    ),
    setup: {
      command: 'ansible-playbook backup.yml --check',
      error: "ERROR! couldn't resolve module/action 'community.postgresql.postgresql_db' in {p} line {n}",
      fix: 'ansible-galaxy install -r requirements.yml',
      names: ['community.postgresql'],
    },
    workflow: {
      asks: [
        'put the new camera host into the inventory',
        'we have another sensor box, add it',
        'retire host gh-03 and add gh-09',
      ],
      file: 'inventories/prod/hosts.yml',
      commands: ['ansible-inventory --graph', 'ansible-playbook facts.yml', 'ansible-playbook site.yml --check --diff'],
    },
    together: ['roles/nginx/tasks/tls.yml', 'roles/backup/tasks/retention.yml'],
  },
  {
    type: 'dbt',
    name: 'saltmart',
    ending: '.sql',
    folders: ['models/staging', 'models/marts', 'macros'],
    files: { 'dbt_project.yml': 'name: saltmart\n', 'packages.yml': 'packages: []\n', 'profiles.yml': 'saltmart:\n' },
    test: command(
      'dbt test --select state:modified+ --defer | Completed successfully. PASS=88 | dbt test | Database Error in test {p}: permission denied for schema raw_{n}',
    ),
    build: command(
      "dbt build --target dev_local | Completed successfully | dbt run | Runtime Error: Could not find profile named 'prod' ({p} line {n})",
    ),
    lint: command(
      'sqlfluff lint models --dialect duckdb | All Finished! | sqlfluff lint . | User Error: No dialect was specified for {p} ({n})',
    ),
    setup: {
      command: 'dbt compile',
      error: 'Compilation Error: dbt found {n} package(s) specified in packages.yml but only 0 installed in {p}',
      fix: 'dbt deps',
      names: ['packages.yml'],
    },
    workflow: {
      asks: ['a mart for returned pallets', 'new staging model for suppliers', 'we need the daily margin as a model'],
      file: 'models/marts/schema.yml',
      commands: ['dbt build --target dev_local', 'dbt docs generate', 'sqlfluff lint models --dialect duckdb'],
    },
    together: ['models/staging/stg_prices.sql', 'macros/fiscal_week.sql'],
  },
  {
    type: 'embedded',
    name: 'valvectl',
    ending: '.c',
    folders: ['src/drivers', 'src/control', 'src/can'],
    files: { 'west.yml': 'manifest:\n', 'prj.conf': 'CONFIG_CAN=y\n', 'boards/valve_v2.overlay': '/ { };\n' },
    test: command(
      'west twister -T tests -p native_sim | 29 of 29 test configurations passed | ctest | No tests were found!!! in {p} ({n})',
    ),
    build: command(
      'west build -b valve_v2 --sysbuild | Memory region FLASH: 61% | make BOARD=valve | make: *** [{p}:{n}] Error 2: BOARD valve is not known',
    ),
    lint: command(
      'scripts/checkpatch.sh | total: 0 errors, 0 warnings | cppcheck src | {p}:{n}: error: Please include zephyr headers [missingInclude]',
    ),
    setup: {
      command: 'west build -b valve_v2',
      error: 'ERROR: Could not find a package configuration file provided by "Zephyr-sdk" at {p} ({n})',
      fix: 'west sdk install',
      names: ['zephyr-sdk'],
    },
    workflow: {
      asks: [
        'add a can frame for the flow rate',
        'new frame: valve temperature',
        'the bus should carry the fault counter',
      ],
      file: 'src/can/frames.dbc',
      commands: ['python tools/dbc2c.py', 'west build -b valve_v2 --sysbuild', 'west twister -T tests -p native_sim'],
    },
    together: ['src/control/pid.c', 'boards/valve_v2.overlay'],
  },
  {
    type: 'vscode-extension',
    name: 'ink-ruler',
    ending: '.ts',
    folders: ['src/rulers', 'src/panel', 'src/host'],
    files: {
      'package.json':
        '{"name":"ink-ruler","engines":{"vscode":"^1.90.0"},"scripts":{"bundle":"node esbuild.mjs --production","e2e":"xvfb-run -a node out/e2e.js","types":"tsc --noEmit"}}\n',
      'package-lock.json': '{"lockfileVersion":3}\n',
      'esbuild.mjs': 'export {};\n',
    },
    test: command(
      'xvfb-run -a npm run e2e | 36 passing (14s) | npm run e2e | Missing X server or $DISPLAY. {p} exited with {n}',
    ),
    build: command(
      "npm run bundle | dist/extension.js 84.1kb | npx webpack | [webpack-cli] Failed to load '{p}' config ({n})",
    ),
    lint: command(
      'npm run types && npx biome check | Checked 61 files. No fixes applied. | npx tslint src | Configuration will be deprecated: {p} ({n} rules missing)',
    ),
    setup: {
      command: 'npx vsce package',
      error: 'Error: Extension entrypoint(s) missing. Make sure {p} exists ({n})',
      fix: 'npm run bundle',
      names: ['entrypoint'],
    },
    workflow: {
      asks: [
        'a command that hides all rulers',
        'command to copy the ruler position',
        'add a toggle for the second ruler',
      ],
      file: 'src/host/commands.json',
      commands: ['node tools/commands.mjs', 'npm run types', 'xvfb-run -a npm run e2e'],
    },
    together: ['src/rulers/metrics.ts', 'media/panel.css'],
  },
  {
    type: 'game-godot',
    name: 'mossling',
    ending: '.gd',
    folders: ['scenes/player', 'scenes/level', 'autoload'],
    files: {
      'project.godot': '[application]\n',
      'addons/gut/plugin.cfg': '[plugin]\n',
      'export_presets.cfg': '[preset.0]\n',
    },
    test: command(
      "godot --headless -s addons/gut/gut_cmdln.gd | All tests passed! 77/77 | godot --test | Error: Couldn't load main scene {p} ({n})",
    ),
    build: command(
      'godot --headless --export-debug Linux build/mossling | savepack: end | godot --export Linux | Invalid export preset name at {p}: {n}',
    ),
    lint: command(
      'gdlint scenes autoload | Success: no problems found | gdformat --check . | would reformat {p} ({n} files)',
    ),
    setup: {
      command: 'godot --headless --check-only',
      error: 'SCRIPT ERROR: Could not preload resource file "res://.godot/imported/{p}" ({n})',
      fix: 'godot --headless --import',
      names: ['could not preload', 'imported'],
    },
    workflow: {
      asks: ['a new mushroom enemy', 'add a snail to the level pool', 'another boss: the old toad'],
      file: 'autoload/bestiary.json',
      commands: ['python tools/atlas.py', 'godot --headless --import', 'godot --headless -s addons/gut/gut_cmdln.gd'],
    },
    together: ['scenes/player/jump.gd', 'scenes/level/hazards.tscn'],
  },
  {
    type: 'flutter',
    name: 'pantry',
    ending: '.dart',
    folders: ['lib/shelf', 'lib/scan', 'lib/sync'],
    files: { 'pubspec.yaml': 'name: pantry\n', 'melos.yaml': 'name: pantry\n', 'pubspec.lock': 'packages:\n' },
    test: command(
      'fvm flutter test --exclude-tags golden | All tests passed! | flutter test | Expected: golden file {p} to match within {n}%',
    ),
    build: command(
      'fvm flutter build apk --flavor dev | Built build/app/outputs/flutter-apk/app-dev-release.apk | flutter build apk | Gradle task assembleRelease failed with exit code {n}: flavor missing in {p}',
    ),
    lint: command(
      'fvm dart analyze --fatal-infos | No issues found! | dartanalyzer lib | dartanalyzer: command not found ({p}:{n})',
    ),
    setup: {
      command: 'fvm flutter test test/sync',
      error: "Error: Error when reading '{p}/item.g.dart': No such file or directory ({n})",
      fix: 'fvm dart run build_runner build',
      names: ['.g.dart', 'error when reading'],
    },
    workflow: {
      asks: ['items need an opened-on date', 'add a shelf number to items', 'let an item carry a photo'],
      file: 'lib/shelf/item.dart',
      commands: [
        'fvm dart run build_runner build',
        'fvm dart analyze --fatal-infos',
        'fvm flutter test --exclude-tags golden',
      ],
    },
    together: ['lib/scan/barcode.dart', 'android/app/proguard-rules.pro'],
  },
  {
    type: 'haskell',
    name: 'prooflamp',
    ending: '.hs',
    folders: ['src/Lamp/Core', 'src/Lamp/Parse', 'app'],
    files: { 'prooflamp.cabal': 'name: prooflamp\n', 'cabal.project': 'packages: .\n', 'hie.yaml': 'cradle:\n' },
    test: command(
      'cabal test spec --test-show-details=direct | 310 examples, 0 failures | stack test | Error: [S-{n}] No stack.yaml found in {p}',
    ),
    build: command(
      "cabal build exe:lamp -O1 | Linking lamp | ghc --make app | {p}:{n}:1: error: Could not find module 'Lamp.Core'",
    ),
    lint: command(
      'hlint src app --hint=.hlint.yaml | No hints | stylish-haskell -c | {p}: <string>:{n}: error: parse failed',
    ),
    setup: {
      command: 'cabal build --dry-run',
      error: 'Error: [Cabal-{n}] Could not resolve dependencies: unknown package: singletons-lamp (in {p})',
      fix: 'cabal update',
      names: ['singletons-lamp', 'could not resolve'],
    },
    workflow: {
      asks: ['a token for the turnstile symbol', 'parse the box operator', 'add the keyword lemma'],
      file: 'src/Lamp/Parse/Lexer.x',
      commands: [
        'alex src/Lamp/Parse/Lexer.x',
        'happy src/Lamp/Parse/Grammar.y',
        'cabal test spec --test-show-details=direct',
      ],
    },
    together: ['src/Lamp/Core/Unify.hs', 'editor/prooflamp.lua'],
  },
  {
    type: 'helm-kubernetes',
    name: 'orchard-charts',
    ending: '.yaml',
    folders: ['charts/api/templates', 'charts/worker/templates', 'clusters/stage'],
    files: {
      'helmfile.yaml': 'releases: []\n',
      'charts/api/Chart.yaml': 'name: api\n',
      '.sops.yaml': 'creation_rules: []\n',
    },
    test: command(
      'helm unittest charts/api | Tests: 38 passed, 38 total | helm test api | Error: release: not found ({p} {n})',
    ),
    build: command(
      'helmfile -e stage template | rendered 14 releases | helm template . | Error: Chart.yaml file is missing in {p} ({n})',
    ),
    lint: command(
      'ct lint --config ct.yaml --all | All charts linted successfully | helm lint . | Error: {n} chart(s) linted, 1 chart(s) failed in {p}',
    ),
    setup: {
      command: 'helm lint charts/worker',
      error: 'Error: {n} chart(s) failed: found in Chart.yaml, but missing in charts/ directory: common ({p})',
      fix: 'helm dependency update charts/worker',
      names: ['missing in charts'],
    },
    workflow: {
      asks: [
        'give the worker a memory limit',
        'api needs a readiness path value',
        'make the replica count configurable',
      ],
      file: 'charts/api/values.yaml',
      commands: ['helm-docs', 'helm schema charts/api', 'helm unittest charts/api'],
    },
    together: ['charts/api/templates/hpa.yaml', 'clusters/stage/alerts.yaml'],
  },
  {
    type: 'r-package',
    name: 'streamgauge',
    ending: '.R',
    folders: ['R', 'data-raw', 'vignettes'],
    files: { DESCRIPTION: 'Package: streamgauge\n', 'renv.lock': '{}\n', NAMESPACE: '# generated by roxygen2\n' },
    test: command(
      "Rscript -e 'devtools::test()' | [ FAIL 0 WARN 0 PASS 88 ] | R CMD BATCH tests/testthat.R | Error in library(streamgauge): there is no package called 'streamgauge' ({p}, {n})",
    ),
    build: command(
      "R CMD build --no-build-vignettes . | creating 'streamgauge_0.9.tar.gz' | R CMD INSTALL . | ERROR: lazy loading failed for package in {p} ({n})",
    ),
    lint: command(
      "Rscript -e 'lintr::lint_package()' | No lints found | Rscript -e 'styler::style_file()' | Error: argument \"path\" is missing in {p} ({n})",
    ),
    setup: {
      command: "Rscript -e 'devtools::check()'",
      error: 'Error: The project is out-of-sync: package sf {n} is recorded in {p} but not installed',
      fix: "Rscript -e 'renv::restore()'",
      names: ['out-of-sync'],
    },
    workflow: {
      asks: ['export a function for flood days', 'let users pass a custom datum', 'add an argument for hourly data'],
      file: 'R/gauge.R',
      commands: [
        "Rscript -e 'devtools::document()'",
        "Rscript -e 'pkgdown::build_reference()'",
        "Rscript -e 'devtools::test()'",
      ],
    },
    together: ['R/rating_curve.R', 'data-raw/stations.csv'],
  },
  {
    type: 'deno',
    name: 'postbox',
    ending: '.ts',
    folders: ['routes', 'islands', 'lib/mail'],
    files: {
      'deno.json': '{"tasks":{"verify":"deno fmt --check && deno lint","dev":"deno run -A dev.ts"},"imports":{}}\n',
      'deno.lock': '{"version":"4"}\n',
      'import_map.json': '{}\n',
    },
    test: command(
      'deno test -A --unstable-kv | ok (71 passed, 0 failed) | deno test | error: Uncaught (in promise) NotCapable: Requires read access to "{p}" ({n})',
    ),
    build: command(
      'deno task build --snapshot | Assets successfully built | npm run build | npm error enoent Could not read package.json: {p} ({n})',
    ),
    lint: command(
      'deno task verify | Checked 88 files | npx prettier --check . | [error] No parser could be inferred for file {p} ({n})',
    ),
    setup: {
      command: 'deno test -A lib/mail',
      error: 'error: Module not found "file://{p}/gen/templates.ts" ({n})',
      fix: 'deno run -A scripts/templates.ts',
      names: ['gen/templates'],
    },
    workflow: {
      asks: ['a mail for expired invites', 'template for the weekly digest', 'welcome mail in two languages'],
      file: 'lib/mail/templates.json',
      commands: ['deno run -A scripts/templates.ts', 'deno task verify', 'deno test -A --unstable-kv'],
    },
    together: ['lib/mail/quota.ts', 'routes/_middleware.ts'],
  },
];
