import { command, type Stack } from './stack';

/** The first half of the projects of the validation split. */
export const VALIDATION_STACKS_A: readonly Stack[] = [
  {
    type: 'yarn-monorepo',
    name: 'quaycraft',
    ending: '.tsx',
    folders: ['apps/shop/src', 'apps/admin/src', 'libs/cart/src'],
    files: {
      'package.json':
        '{"name":"quaycraft","private":true,"packageManager":"yarn@4.5.0","workspaces":["apps/*","libs/*"],"scripts":{"check":"yarn workspaces foreach -A run lint","codegen":"graphql-codegen"}}\n',
      'yarn.lock': '__metadata:\n',
    },
    test: command(
      'yarn workspace shop jest --ci | Tests: 67 passed, 67 total | npx jest | Error: jest-haste-map: duplicate manual mock found in {p} ({n})',
    ),
    build: command(
      'yarn workspaces foreach -Apt run build | Done in 41s 200ms | npm run build | npm error Missing script: "build" in {p} {n}',
    ),
    lint: command("yarn check | Done in 8s | npx eslint --fix | ESLint couldn't find eslint.config.js near {p} ({n})"),
    setup: {
      command: 'yarn workspace admin jest',
      error: "Cannot find module '../gql/graphql' from '{p}' after {n} ms",
      fix: 'yarn codegen',
      names: ['gql/graphql'],
    },
    workflow: {
      asks: [
        'the basket query should return the voucher',
        'expose loyalty points in the graph',
        'orders need a gift note in the api',
      ],
      file: 'libs/cart/src/schema.graphql',
      commands: ['yarn codegen', 'yarn check', 'yarn workspace shop jest --ci'],
    },
    together: ['libs/cart/src/discount.ts', 'apps/admin/src/refunds/form.tsx'],
  },
  {
    type: 'python-poetry',
    name: 'vineyard',
    ending: '.py',
    folders: ['vineyard/soil', 'vineyard/reports', 'vineyard/cli'],
    files: {
      'pyproject.toml': '[tool.poetry]\nname = "vineyard"\n',
      'poetry.lock': '# generated\n',
      'noxfile.py': 'import nox\n',
    },
    test: command(
      'poetry run nox -s unit | nox > Session unit was successful. | python -m unittest | ImportError: attempted relative import beyond top-level package ({p}, line {n})',
    ),
    build: command(
      'poetry build -f wheel | Built vineyard-2.1.0-py3-none-any.whl | pip wheel . | error: subprocess-exited-with-error in {p} ({n} lines of output)',
    ),
    lint: command(
      'poetry run nox -s types | Success: no issues found in 54 source files | mypy vineyard | {p}:{n}: error: Cannot find implementation or library stub for module named "shapely"',
    ),
    setup: {
      command: 'poetry run nox -s reports',
      error: "OSError: cannot load library 'libpango-1.0-0' (ctypes, {p}:{n})",
      fix: 'sudo apt-get install -y libpango-1.0-0',
      names: ['libpango'],
    },
    workflow: {
      asks: ['add the merlot parcel', 'new parcel on the south slope', 'split parcel 7 in two'],
      file: 'vineyard/soil/parcels.yaml',
      commands: ['poetry run vineyard reindex', 'poetry run vineyard check-geometry', 'poetry run nox -s unit'],
    },
    together: ['vineyard/soil/moisture.py', 'vineyard/reports/colours.toml'],
  },
  {
    type: 'rust',
    name: 'lockpick',
    ending: '.rs',
    folders: ['crates/core/src', 'crates/cli/src', 'crates/wasm/src'],
    files: {
      'Cargo.toml': '[workspace]\nmembers = ["crates/*"]\n',
      'Cargo.lock': 'version = 4\n',
      '.cargo/config.toml': '[alias]\nxtask = "run -p xtask --"\n',
    },
    test: command(
      'cargo nextest run --workspace | Summary 143 tests run: 143 passed | cargo test | error: could not compile `core` (lib test) at {p}:{n}: feature "doc-fixtures" is required',
    ),
    build: command(
      'cargo xtask dist | dist: 3 artifacts | cargo build --release --target wasm32 | error: failed to run rustc to learn about target-specific information ({p} {n})',
    ),
    lint: command(
      'cargo clippy --all-features -- -D warnings | Finished `dev` profile | cargo lint | error: no such command: `lint` ({p}:{n})',
    ),
    setup: {
      command: 'cargo nextest run -p wasm',
      error: 'error: linker `wasm-bindgen-test-runner` not found for {p} after {n} s',
      fix: 'cargo install wasm-bindgen-cli --locked',
      names: ['wasm-bindgen'],
    },
    workflow: {
      asks: [
        'a new error variant for expired keys',
        'error code for a wrong checksum',
        'add an error for unknown ciphers',
      ],
      file: 'crates/core/src/errors.in',
      commands: ['cargo xtask codes', 'cargo clippy --all-features -- -D warnings', 'cargo nextest run --workspace'],
    },
    together: ['crates/core/src/kdf.rs', 'crates/wasm/pkg-template/worker.js'],
  },
  {
    type: 'java-maven',
    name: 'claimcheck',
    ending: '.java',
    folders: [
      'claims-core/src/main/java/cc/rules',
      'claims-core/src/main/java/cc/intake',
      'claims-web/src/main/java/cc/web',
    ],
    files: { 'pom.xml': '<project><artifactId>claimcheck</artifactId></project>\n', mvnw: '#!/bin/sh\n' },
    test: command(
      './mvnw -pl claims-core verify | BUILD SUCCESS | mvn test | [ERROR] {p}:[{n},8] cannot find symbol class ClaimMapperImpl',
    ),
    build: command(
      './mvnw -T1C package -DskipITs | BUILD SUCCESS Total time: 48 s | mvn install | [ERROR] Rule 0: RequireJavaVersion failed in {p} ({n})',
    ),
    lint: command(
      "./mvnw spotless:check | BUILD SUCCESS Spotless is clean | ./mvnw checkstyle:check | [ERROR] No plugin found for prefix 'checkstyle' in {p} ({n})",
    ),
    setup: {
      command: './mvnw -pl claims-web verify',
      error: 'Could not find artifact cc:claims-core:jar:tests:{n}-SNAPSHOT in {p}',
      fix: './mvnw -pl claims-core install -Dmaven.test.skip=false',
      names: ['claims-core'],
    },
    workflow: {
      asks: [
        'add a rule for duplicate invoices',
        'rule: reject claims older than three years',
        'rule for missing diagnosis codes',
      ],
      file: 'claims-core/src/main/resources/rules.drl',
      commands: ['./mvnw -pl claims-core generate-sources', './mvnw spotless:apply', './mvnw -pl claims-core verify'],
    },
    together: ['claims-core/src/main/java/cc/rules/Deductible.java', 'claims-web/src/main/resources/help/faq.adoc'],
  },
  {
    type: 'dotnet',
    name: 'beacon',
    ending: '.cs',
    folders: ['src/Beacon.Api', 'src/Beacon.Domain', 'src/Beacon.Jobs'],
    files: {
      'Beacon.sln': 'Microsoft Visual Studio Solution File\n',
      'Directory.Build.props': '<Project/>\n',
      '.config/dotnet-tools.json': '{"version":1,"tools":{"dotnet-ef":{"version":"9.0.0"}}}\n',
    },
    test: command(
      "dotnet test tests/Beacon.Unit --no-restore | Passed! - Failed: 0, Passed: 233 | dotnet test | error NETSDK1004: Assets file '{p}' not found for Beacon.E2E ({n})",
    ),
    build: command(
      'dotnet build Beacon.sln -warnaserror | Build succeeded. 0 Warning(s) | msbuild | MSB{n}: {p} contains more than one project or solution file',
    ),
    lint: command(
      'dotnet format --verify-no-changes | Format complete | dotnet-format check | Could not execute because {p} was not found ({n})',
    ),
    setup: {
      command: 'dotnet ef migrations list --project src/Beacon.Domain',
      error: 'Could not execute because the specified command dotnet-ef was not found in {p} ({n})',
      fix: 'dotnet tool restore',
      names: ['dotnet-ef'],
    },
    workflow: {
      asks: [
        'add the field Priority to incidents',
        'incidents get an owner team',
        'store when an incident was acknowledged',
      ],
      file: 'src/Beacon.Domain/Incident.cs',
      commands: [
        'dotnet ef migrations add Change --project src/Beacon.Domain',
        'dotnet ef database update',
        'dotnet test tests/Beacon.Unit --no-restore',
      ],
    },
    together: ['src/Beacon.Domain/Escalation.cs', 'src/Beacon.Jobs/schedules.json'],
  },
  {
    type: 'php-laravel',
    name: 'teahouse',
    ending: '.php',
    folders: ['app/Models', 'app/Actions', 'app/Http'],
    files: {
      'composer.json': '{"name":"tea/house","scripts":{"test":"pest --parallel","stan":"phpstan analyse"}}\n',
      artisan: '#!/usr/bin/env php\n',
      'phpstan.neon': 'parameters:\n',
    },
    test: command(
      'composer test | Tests: 154 passed (402 assertions) | vendor/bin/phpunit | Error: Class "Tests\\CreatesTea" not found in {p}:{n}',
    ),
    build: command(
      'npm run build --prefix resources/ui | built in 5.12s | mix --production | sh: mix: not found ({p}:{n})',
    ),
    lint: command(
      'composer stan | [OK] No errors | vendor/bin/psalm | Could not locate a config XML file in path {p} ({n})',
    ),
    setup: {
      command: 'php artisan route:list',
      error: 'RuntimeException: No application encryption key has been specified. {p}:{n}',
      fix: 'php artisan key:generate',
      names: ['encryption key'],
    },
    workflow: {
      asks: ['add allergens to the menu items', 'menu items need a season', 'a spice level for each dish'],
      file: 'app/Models/MenuItem.php',
      commands: ['php artisan make:migration', 'php artisan migrate', 'php artisan ide-helper:models', 'composer test'],
    },
    together: ['app/Actions/CloseTill.php', 'resources/views/pdf/receipt.blade.php'],
  },
  {
    type: 'elixir',
    name: 'murmur',
    ending: '.ex',
    folders: ['lib/murmur/rooms', 'lib/murmur/presence', 'lib/murmur_web/live'],
    files: { 'mix.exs': 'defmodule Murmur.MixProject do\nend\n', 'mix.lock': '%{}\n' },
    test: command(
      'mix test --include db | 98 tests, 0 failures | elixir -r test | ** (Code.LoadError) could not load {p} ({n})',
    ),
    build: command(
      'MIX_ENV=prod mix release --overwrite | Release created at _build/prod/rel/murmur | mix escript.build | ** (Mix) Could not generate escript for {p}, please set :main_module ({n})',
    ),
    lint: command(
      'mix credo --strict | found no issues. | mix lint | ** (Mix) The task "lint" could not be found ({p}:{n})',
    ),
    setup: {
      command: 'mix test test/rooms',
      error: '** (Postgrex.Error) FATAL 3D000 database "murmur_test{n}" does not exist ({p})',
      fix: 'mix ecto.create --quiet',
      names: ['3d000', 'does not exist', 'postgrex'],
    },
    workflow: {
      asks: ['rooms need a topic', 'let a room be archived', 'add slow mode to rooms'],
      file: 'lib/murmur/rooms/room.ex',
      commands: ['mix ecto.gen.migration', 'mix ecto.migrate', 'mix format', 'mix test --include db'],
    },
    together: ['lib/murmur/presence/tracker.ex', 'assets/js/hooks/typing.js'],
  },
  {
    type: 'android',
    name: 'footpath',
    ending: '.kt',
    folders: ['app/src/main/java/fp/map', 'app/src/main/java/fp/track', 'core/src/main/java/fp/geo'],
    files: {
      'settings.gradle': "include ':app', ':core'\n",
      'gradle.properties': 'org.gradle.jvmargs=-Xmx4g\n',
      gradlew: '#!/bin/sh\n',
    },
    test: command(
      './gradlew :core:testDebugUnitTest | BUILD SUCCESSFUL in 22s | ./gradlew connectedCheck | com.android.builder.testing.api.DeviceException: No connected devices! {p} ({n})',
    ),
    build: command(
      "./gradlew :app:assembleStaging | BUILD SUCCESSFUL in 1m 3s | ./gradlew assembleRelease | Keystore file '{p}' not found for signing config 'release' ({n})",
    ),
    lint: command(
      './gradlew ktlintFormat detekt | BUILD SUCCESSFUL in 9s | ./gradlew lintFix | Lint found {n} errors in {p}. Aborting.',
    ),
    setup: {
      command: './gradlew :app:testStagingUnitTest',
      error: "SDK location not found. Define a valid SDK location in the local.properties file at '{p}' ({n})",
      fix: 'cp local.properties.example local.properties',
      names: ['sdk location'],
    },
    workflow: {
      asks: [
        'a preference for imperial units',
        'add a setting for dark map tiles',
        'let people turn off the compass sound',
      ],
      file: 'app/src/main/res/xml/settings.xml',
      commands: [
        './gradlew :app:generateSettings',
        './gradlew ktlintFormat detekt',
        './gradlew :core:testDebugUnitTest',
      ],
    },
    together: ['core/src/main/java/fp/geo/Simplify.kt', 'app/src/main/assets/style.json'],
  },
  {
    type: 'ios',
    name: 'kitelog',
    ending: '.swift',
    folders: ['Kitelog/Flights', 'Kitelog/Weather', 'KitelogKit/Sources'],
    files: {
      'Package.swift': '// swift-tools-version:6.0\n',
      'project.yml': 'name: Kitelog\n',
      'fastlane/Fastfile': 'lane :unit do\n',
    },
    test: command(
      "bundle exec fastlane unit | Test Succeeded | xcodebuild test | xcodebuild: error: '{p}' is not a workspace file ({n})",
    ),
    build: command(
      "xcodebuild -scheme Kitelog-Dev -destination 'generic/platform=iOS' build | ** BUILD SUCCEEDED ** | swift build | error: no such module 'UIKit' {p}:{n}",
    ),
    lint: command(
      'swiftlint --strict | Done linting! Found 0 violations | swift-format lint | <unknown>:{n}: error: unable to load configuration for {p}',
    ),
    setup: {
      command: 'xcodebuild -list',
      error: 'xcodebuild: error: Kitelog.xcodeproj does not exist at {p} ({n})',
      fix: 'xcodegen generate',
      names: ['does not exist', 'xcodeproj'],
    },
    workflow: {
      asks: ['a screen for wind gusts', 'new string for the landing reminder', 'add the text for the kite size picker'],
      file: 'Kitelog/Localizable.xcstrings',
      commands: ['swiftgen', 'xcodegen generate', 'bundle exec fastlane unit'],
    },
    together: ['KitelogKit/Sources/GustModel.swift', 'Kitelog/Weather/Legend.plist'],
  },
  {
    type: 'data-science',
    name: 'cropsight',
    ending: '.py',
    folders: ['cropsight/features', 'cropsight/train', 'notebooks'],
    files: {
      'dvc.yaml': 'stages:\n  train:\n    cmd: python -m cropsight.train\n',
      'environment.yml': 'name: cropsight\n',
      'params.yaml': 'epochs: 20\n',
    },
    test: command(
      'conda run -n cropsight pytest tests/fast | 51 passed in 12.90s | python -m pytest | ImportError: libgdal.so.34: cannot open shared object file ({p}:{n})',
    ),
    build: command(
      "dvc repro train | Updating lock file 'dvc.lock' | python cropsight/train/main.py | KeyError: 'ndvi_{n}' raised in {p}",
    ),
    lint: command(
      'nbqa ruff notebooks | All checks passed! | ruff notebooks/*.py | {p}:{n}: E902 No such file or directory',
    ),
    setup: {
      command: 'dvc status',
      error: "ERROR: failed to read '{p}': cache entry {n} is missing",
      fix: 'dvc pull -r lab',
      names: ['cache entry', 'failed to read'],
    },
    workflow: {
      asks: ['try a deeper tree in the model', 'raise the learning rate a bit', 'use 40 epochs and see'],
      file: 'params.yaml',
      commands: ['dvc repro train', 'dvc metrics diff', 'dvc push -r lab'],
    },
    together: ['cropsight/features/clouds.py', 'docs/model_card.md'],
  },
];
