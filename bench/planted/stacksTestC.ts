import { command, type Stack } from './stack';

/** The last projects of the test split. */
export const TEST_STACKS_C: readonly Stack[] = [
  {
    type: 'nx-angular',
    name: 'clinicdesk',
    ending: '.ts',
    folders: ['apps/front-desk/src/app', 'libs/booking/src/lib', 'libs/ui-kit/src/lib'],
    files: {
      'nx.json': '{ "defaultBase": "trunk" }\n',
      'package.json': '{"name":"clinicdesk","private":true,"scripts":{}}\n',
      'apps/front-desk/project.json': '{ "name": "front-desk" }\n',
    },
    test: command(
      'npx nx affected -t test --parallel=2 | NX   Successfully ran target test for 9 projects | ng test | Error: This command is not available when running the Angular CLI outside a workspace. ({p}:{n})',
    ),
    build: command(
      'npx nx build front-desk --configuration=staging | Application bundle generation complete. [9.114 seconds] | ng build --prod | Unknown argument: prod ({p} line {n})',
    ),
    lint: command(
      'npx nx run-many -t lint --exclude=legacy | NX   Successfully ran target lint for 14 projects | npx tslint -p . | Could not find a configuration at {p}, {n} rules requested',
    ),
    setup: {
      command: 'npx nx serve front-desk',
      error: "NX   Could not find '@clinicdesk/api-client' imported by {p} ({n} ms)",
      fix: 'npx nx run api-client:generate',
      names: ['api-client'],
    },
    workflow: {
      asks: [
        'a badge component for insurance status',
        'add the stepper to our ui kit',
        'we need a pill for urgent visits',
      ],
      file: 'libs/ui-kit/src/index.ts',
      commands: ['npx nx run ui-kit:stories', 'npx nx run ui-kit:tokens', 'npx nx affected -t test --parallel=2'],
    },
    together: ['libs/booking/src/lib/slots.ts', 'apps/front-desk/src/assets/i18n/errors.json'],
  },
  {
    type: 'sveltekit',
    name: 'seedswap',
    ending: '.svelte',
    folders: ['src/routes/market', 'src/routes/profile', 'src/lib/cards'],
    files: {
      'package.json':
        '{"name":"seedswap","type":"module","scripts":{"test:unit":"vitest --run --project=node","check":"svelte-kit sync && svelte-check"}}\n',
      'svelte.config.js': 'export default {};\n',
      'package-lock.json': '{"lockfileVersion":3}\n',
    },
    test: command(
      "npm run test:unit -- --changed | Test Files  12 passed (12) | npx vitest | Error: Cannot find package '$app' imported from {p} ({n} ms)",
    ),
    build: command(
      'ADAPTER=static npx vite build | ✓ built in 4.02s | npx vite build | Error: Could not detect a supported production environment ({p}:{n})',
    ),
    lint: command(
      "npm run check -- --fail-on-warnings | svelte-check found 0 errors and 0 warnings | npx tsc --noEmit | {p}({n},21): error TS2307: Cannot find module './$types' or its corresponding type declarations.",
    ),
    setup: {
      command: 'npx playwright test tests/market',
      error: "browserType.launch: Executable doesn't exist at {p}/headless_shell ({n} attempts)",
      fix: 'npx playwright install --with-deps chromium',
      names: ['executable', 'browsertype'],
    },
    workflow: {
      asks: ['offers get a germination year', 'let people say how many seeds are in a bag', 'an offer can be a gift'],
      file: 'src/lib/cards/offer.schema.ts',
      commands: ['npx drizzle-kit push', 'npm run types:gen', 'npm run test:unit -- --changed'],
    },
    together: ['src/lib/cards/frost.ts', 'static/zones.geojson'],
  },
  {
    type: 'wordpress-plugin',
    name: 'parish-calendar',
    ending: '.php',
    folders: ['includes/events', 'includes/rest', 'blocks/agenda'],
    files: {
      'parish-calendar.php': '<?php // Plugin Name: Parish Calendar\n',
      '.wp-env.json': '{ "core": null }\n',
      'phpcs.xml.dist': '<ruleset/>\n',
    },
    test: command(
      'npx wp-env run tests-cli phpunit --testdox | OK (77 tests, 190 assertions) | phpunit | PHP Fatal error:  Uncaught Error: Call to undefined function add_action() in {p}:{n}',
    ),
    build: command(
      "npx wp-scripts build --webpack-copy-php | webpack 5.95.0 compiled successfully in 2913 ms | npx webpack | ERROR in Entry module not found: Error: Can't resolve './src' in {p} ({n})",
    ),
    lint: command(
      'composer exec -- phpcs --standard=phpcs.xml.dist -q | no violations | php -l includes | Could not open input file: {p} ({n})',
    ),
    setup: {
      command: 'npx wp-env run cli wp plugin list',
      error: '✖ Environment not initialized. no such container in {p} after {n} ms',
      fix: 'npx wp-env start --xdebug',
      names: ['environment not initialized', 'no such container'],
    },
    workflow: {
      asks: [
        'events can have a location link',
        'show who leads the service',
        'let the office mark an event as cancelled',
      ],
      file: 'blocks/agenda/block.json',
      commands: [
        'npx wp-scripts build --webpack-copy-php',
        'npx wp-env run cli wp i18n make-pot .',
        'npx wp-env run tests-cli phpunit --testdox',
      ],
    },
    together: ['includes/events/recurrence.php', 'blocks/agenda/print.scss'],
  },
  {
    type: 'gtk-meson',
    name: 'sundial-desktop',
    ending: '.vala',
    folders: ['src/widgets', 'src/almanac', 'src/services'],
    files: {
      'meson.build': "project('sundial', 'vala', 'c')\n",
      'build-aux/org.sundial.Devel.json': '{}\n',
      'po/POTFILES': 'src/main.vala\n',
    },
    test: command(
      "meson test -C _build --suite unit --print-errorlogs | Ok: 23  Fail: 0  Timeout: 0 | ninja test | ninja: error: loading 'build.ninja': No such file or directory in {p} ({n})",
    ),
    build: command(
      'flatpak-builder --user --force-clean _flat build-aux/org.sundial.Devel.json | Exporting org.sundial.Devel to repo | meson compile | ERROR: Current directory {p} is not a meson build directory ({n})',
    ),
    lint: command(
      'io.elementary.vala-lint -d src | No mistakes found | vala-lint src | bash: vala-lint: command not found ({p}:{n})',
    ),
    setup: {
      command: 'meson setup _build -Ddocs=true',
      error: "src/meson.build:{n}:0: ERROR: Dependency 'libadwaita-1' not found, tried pkgconfig ({p})",
      fix: 'sudo dnf install -y libadwaita-devel',
      names: ['libadwaita'],
    },
    workflow: {
      asks: ['a switch for 24 hour time', 'preferences: first day of the week', 'let the user choose the horizon'],
      file: 'data/org.sundial.gschema.xml',
      commands: [
        'glib-compile-schemas --strict data',
        'meson compile -C _build sundial-pot',
        'meson test -C _build --suite unit --print-errorlogs',
      ],
    },
    together: ['src/almanac/refraction.vala', 'data/cities.gvariant'],
  },
];
