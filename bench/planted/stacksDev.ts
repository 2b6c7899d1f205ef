import { command, type Stack } from './stack';

/** The projects that authors of miners may look at. */
export const DEV_STACKS: readonly Stack[] = [
  {
    type: 'node-pnpm',
    name: 'parcel-desk',
    ending: '.ts',
    folders: ['packages/api/src', 'packages/web/src', 'packages/labels/src'],
    files: {
      'package.json':
        '{"name":"parcel-desk","private":true,"packageManager":"pnpm@9.4.0","scripts":{"build":"turbo build","test":"vitest run","lint":"eslint .","db:generate":"drizzle-kit generate","db:migrate":"drizzle-kit migrate"}}',
      'pnpm-workspace.yaml': 'packages:\n  - packages/*\n',
      'packages/api/package.json': '{"name":"@parcel/api","scripts":{"test":"vitest run","build":"tsc -b"}}',
    },
    test: command(
      'pnpm --filter @parcel/api test | 41 passed (41) | npm test | npm ERR! code EUNSUPPORTEDPROTOCOL\nnpm ERR! Unsupported URL Type "workspace:": workspace:* at {p}:{n}',
    ),
    build: command(
      'pnpm turbo build | Tasks: 6 successful, 6 total | npx tsc | error TS6307: File {p} is not listed within the file list of project. {n} errors',
    ),
    lint: command(
      'pnpm lint --max-warnings 0 | no problems | npx eslint . | Oops! ESLint could not find the config "@parcel/eslint-base" from {p} line {n}',
    ),
    setup: {
      command: 'pnpm --filter @parcel/web test',
      error: "Error: Cannot find module '@parcel/labels/dist/index.js' imported from {p} ({n} ms)",
      fix: 'pnpm --filter @parcel/labels build',
      names: ['@parcel/labels', 'cannot find module'],
    },
    workflow: {
      asks: [
        'add a column for the carrier to shipments',
        'we need the customs code on a parcel too',
        'store the return address with every label',
      ],
      file: 'packages/api/src/db/schema.ts',
      commands: ['pnpm db:generate', 'pnpm db:migrate', 'pnpm --filter @parcel/api test'],
    },
    together: ['packages/api/src/rates.ts', 'packages/web/src/checkout/summary.tsx'],
  },
  {
    type: 'python-uv',
    name: 'tide-forecast',
    ending: '.py',
    folders: ['src/tide/ingest', 'src/tide/model', 'src/tide/serve'],
    files: {
      'pyproject.toml':
        '[project]\nname = "tide-forecast"\nrequires-python = ">=3.12"\n[tool.uv]\ndev-dependencies = ["pytest","ruff","mypy"]\n',
      'uv.lock': 'version = 1\n',
      Makefile: 'fixtures:\n\tuv run python -m tide.fixtures\n',
    },
    test: command(
      "uv run pytest -q | 88 passed in 4.10s | pytest | ModuleNotFoundError: No module named 'tide' while importing {p} line {n}",
    ),
    build: command(
      "uv build --wheel | Successfully built tide_forecast-0.4.0-py3-none-any.whl | python setup.py bdist_wheel | python: can't open file '{p}/setup.py': [Errno 2] No such file or directory ({n})",
    ),
    lint: command(
      'uv run ruff check src | All checks passed! | flake8 src | bash: flake8: command not found ({p}:{n})',
    ),
    setup: {
      command: 'uv run pytest tests/test_grid.py',
      error: "FileNotFoundError: [Errno 2] No such file or directory: '{p}/grid_{n}.nc'",
      fix: 'make fixtures',
      names: ['filenotfounderror', 'no such file', '.nc', 'grid_'],
    },
    workflow: {
      asks: ['put the new station list in', 'two more stations please', 'drop the Brest station and add Roscoff'],
      file: 'src/tide/ingest/stations.toml',
      commands: ['uv run python -m tide.stations compile', 'uv run python -m tide.stations verify', 'uv run pytest -q'],
    },
    together: ['src/tide/model/harmonics.py', 'deploy/limits.yaml'],
  },
  {
    type: 'go',
    name: 'ledgerd',
    ending: '.go',
    folders: ['internal/posting', 'internal/report', 'cmd/ledgerd'],
    files: {
      'go.mod': 'module example.org/ledgerd\n\ngo 1.23\n',
      Makefile:
        'proto:\n\tbuf generate\ntest:\n\tgo test -race -tags=integration ./...\nlint:\n\tgolangci-lint run\nbuild:\n\tgo build -o bin/ledgerd ./cmd/ledgerd\n',
    },
    test: command(
      'make test | ok  example.org/ledgerd/internal/posting 1.204s | go test ./... | {p}:{n}: undefined: testdb.Open (build constraints exclude all Go files)',
    ),
    build: command('make build | go build -o bin/ledgerd ./cmd/ledgerd | go build . | no Go files in {p} ({n})'),
    lint: command('make lint | 0 issues. | golint ./... | bash: line {n}: golint: command not found in {p}'),
    setup: {
      command: 'go vet ./...',
      error: '{p}:{n}:2: package example.org/ledgerd/gen/ledgerv1 is not in std',
      fix: 'make proto',
      names: ['ledgerv1', 'is not in std'],
    },
    workflow: {
      asks: [
        'the posting message needs a memo field',
        'add a currency to the statement rpc',
        'rename account_no in the api to account_ref',
      ],
      file: 'proto/ledger/v1/ledger.proto',
      commands: ['buf lint', 'make proto', 'make test'],
    },
    together: ['internal/posting/rounding.go', 'internal/report/totals.go'],
  },
  {
    type: 'rails',
    name: 'allotment',
    ending: '.rb',
    folders: ['app/models', 'app/services', 'app/controllers'],
    files: {
      Gemfile: "source 'https://rubygems.org'\ngem 'rails', '~> 8.0'\n",
      'bin/rspec': '#!/usr/bin/env ruby\n',
      'bin/setup': '#!/bin/sh\n',
    },
    test: command(
      'bin/rspec | 212 examples, 0 failures | rspec | LoadError: cannot load such file -- spring/{n} from {p}',
    ),
    build: command(
      "bin/rails assets:precompile RAILS_ENV=test | Writing public/assets/application.css | bin/rails webpacker:compile | Don't know how to build task 'webpacker:compile' ({p}:{n})",
    ),
    lint: command(
      'bin/rubocop --parallel | no offenses detected | standardrb | bundler: command not found: standardrb ({p} {n})',
    ),
    setup: {
      command: 'bin/rspec spec/requests/plots_spec.rb',
      error: 'ActiveRecord::PendingMigrationError: Migrations are pending ({n} in {p})',
      fix: 'bin/rails db:test:prepare',
      names: ['pendingmigrationerror', 'migrations are pending'],
    },
    workflow: {
      asks: ['a plot should know its soil type', 'members get a waiting list position', 'add a deposit to the lease'],
      file: 'app/models/plot.rb',
      commands: ['bin/rails generate migration', 'bin/rails db:migrate', 'bin/rails db:test:prepare', 'bin/rspec'],
    },
    together: ['app/services/lease_renewal.rb', 'config/locales/mailers.en.yml'],
  },
  {
    type: 'terraform',
    name: 'harbour-infra',
    ending: '.tf',
    folders: ['modules/network', 'modules/cluster', 'envs/stage'],
    files: {
      'versions.tf': 'terraform {\n  required_version = ">= 1.9"\n}\n',
      'Taskfile.yml': 'version: "3"\ntasks:\n  check:\n    cmds: [tflint --recursive]\n',
    },
    test: command('task check | 0 issue(s) found | terraform test | Error: No tests defined in {p} ({n} files)'),
    build: command(
      'terraform -chdir=envs/stage plan -lock=false | Plan: 2 to add, 1 to change, 0 to destroy. | terraform plan | Error: No configuration files in {p} line {n}',
    ),
    lint: command(
      'terraform fmt -recursive -check | Success | terraform lint | Terraform has no command named "lint" ({p}, {n})',
    ),
    setup: {
      command: 'terraform -chdir=envs/stage validate',
      error: 'Error: Backend initialization required, please run "terraform init" (at {p} line {n})',
      fix: 'terraform -chdir=envs/stage init -backend=false',
      names: ['backend initialization required', 'terraform init'],
    },
    workflow: {
      asks: [
        'open port 8443 for the gateway',
        'give the cluster one more node pool',
        'the bucket needs a lifecycle rule',
      ],
      file: 'modules/cluster/variables.tf',
      commands: ['terraform fmt -recursive', 'task docs', 'terraform -chdir=envs/stage plan -lock=false'],
    },
    together: ['modules/network/subnets.tf', 'runbooks/failover.md'],
  },
  {
    type: 'java-gradle',
    name: 'timetable-server',
    ending: '.java',
    folders: ['server/src/main/java/tt/plan', 'server/src/main/java/tt/feed', 'shared/src/main/java/tt/model'],
    files: {
      'settings.gradle.kts': 'include("server", "shared")\n',
      'build.gradle.kts': 'plugins { java }\n',
      gradlew: '#!/bin/sh\n',
    },
    test: command(
      './gradlew :server:check | BUILD SUCCESSFUL in 31s | gradle test | Could not compile build file {p}: unsupported class file major version {n}',
    ),
    build: command(
      './gradlew :server:shadowJar | BUILD SUCCESSFUL in 12s | ./gradlew jar | FAILURE: {p} has no main manifest attribute ({n})',
    ),
    lint: command(
      "./gradlew spotlessApply | BUILD SUCCESSFUL in 3s | ./gradlew checkstyle | Task 'checkstyle' not found in root project at {p} ({n})",
    ),
    setup: {
      command: './gradlew :server:integrationTest',
      error: 'org.testcontainers.containers.ContainerFetchException: image tt-gtfs:{n} not found, used by {p}',
      fix: 'docker build -t tt-gtfs docker/gtfs',
      names: ['containerfetchexception', 'tt-gtfs'],
    },
    workflow: {
      asks: [
        'new field on the feed for wheelchair access',
        'let the feed carry platform codes',
        'stops need a zone id in the feed',
      ],
      file: 'shared/src/main/avro/feed.avsc',
      commands: ['./gradlew :shared:generateAvro', './gradlew spotlessApply', './gradlew :server:check'],
    },
    together: ['server/src/main/java/tt/plan/Transfers.java', 'server/src/main/resources/walking.properties'],
  },
  {
    type: 'docs-site',
    name: 'fieldguide',
    ending: '.md',
    folders: ['docs/birds', 'docs/trees', 'docs/maps'],
    files: {
      'mkdocs.yml': 'site_name: Field guide\n',
      'requirements.txt': 'mkdocs-material\n',
      justfile: 'serve:\n  mkdocs serve\nlinks:\n  lychee docs\n',
    },
    test: command('just links | 512 OK, 0 errors | lychee . | error: timeout after {n} s while walking {p}'),
    build: command(
      'mkdocs build --strict | Documentation built in 2.31 seconds | hugo | Error: Unable to locate config file or config directory in {p} ({n})',
    ),
    lint: command(
      'vale docs | 0 errors, 0 warnings | markdownlint . | {p}:{n} MD013/line-length Line length [Expected: 80]',
    ),
    setup: {
      command: 'mkdocs build',
      error: 'ERROR - Config value \'plugins\': The "photo-grid" plugin is not installed ({p}:{n})',
      fix: 'pip install -e tools/photo-grid',
      names: ['photo-grid'],
    },
    workflow: {
      asks: [
        'add the page for the goldcrest',
        'we got photos of the siskin, make its page',
        'a page for the firecrest please',
      ],
      file: 'docs/birds/index.md',
      commands: ['python tools/resize.py', 'python tools/toc.py', 'mkdocs build --strict'],
    },
    together: ['docs/maps/legend.md', 'overrides/partials/footer.html'],
  },
  {
    type: 'cpp-cmake',
    name: 'soundbox',
    ending: '.cpp',
    folders: ['src/dsp', 'src/host', 'src/ui'],
    files: {
      'CMakeLists.txt': 'cmake_minimum_required(VERSION 3.28)\nproject(soundbox)\n',
      'CMakePresets.json': '{"version":6,"configurePresets":[{"name":"asan"}]}',
    },
    test: command(
      "ctest --preset asan | 100% tests passed, 0 tests failed out of 64 | make test | make: *** No rule to make target 'test' at {p}:{n}.  Stop.",
    ),
    build: command(
      'cmake --build --preset asan | [100%] Built target soundbox | make -j8 | make: *** No targets specified and no makefile found in {p} ({n}).  Stop.',
    ),
    lint: command(
      'scripts/tidy.sh --changed | no findings | clang-tidy src | error: unable to handle compilation of {p} ({n} warnings)',
    ),
    setup: {
      command: 'cmake --preset asan',
      error:
        'CMake Error at {p}:{n} (add_subdirectory): The source directory third_party/kissfft does not contain a CMakeLists.txt file.',
      fix: 'git submodule update --init third_party/kissfft',
      names: ['kissfft', 'does not contain a cmakelists'],
    },
    workflow: {
      asks: [
        'one more parameter on the reverb: damping',
        'compressor gets a knee parameter',
        'expose the filter slope as a parameter',
      ],
      file: 'src/dsp/params.def',
      commands: ['python scripts/gen_params.py', 'cmake --build --preset asan', 'ctest --preset asan'],
    },
    together: ['src/dsp/oversample.cpp', 'src/host/latency.cpp'],
  },
];
