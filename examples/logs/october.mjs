// The first weeks of the example story. Each entry is one session; `tell` writes what happened in it.
import { databaseUp, generated, lintClean, noDatabase, noGeneratedSchema, ok, testsFail, testsPass, typesFine } from './outputs.mjs';

export const october = [
  {
    name: 'add-discounts',
    start: '2026-10-06T07:41:00.000Z',
    branch: 'feature/discounts',
    tell(log) {
      log.prompt('Add percentage discounts to orders. The amount goes off the net price.');
      log.read('src/orders.ts', 'export function placeOrder(request, count, clock) {', "I'll look at how an order is put together first.");
      log.bash('npm install', 'Install dependencies', ok('added 214 packages in 9s'));
      log.say('Dependencies are installed with npm. Next is the discount itself.');
      log.endTurn();
      log.prompt('Stop. From now on use pnpm here, never npm: npm rewrites the lock file and breaks CI.');
      log.bash('git checkout -- package.json && rm package-lock.json && pnpm install', 'Undo and install with pnpm', ok('Lockfile is up to date, resolution step is skipped\nDone in 1.9s'), 'Undoing that and installing with pnpm.');
      log.edit('src/money.ts', 'export type Cents = number;', 'export type Cents = number;\n\nexport const discounted = (price, percent) => price - Math.round((price * percent) / 100);');
      log.bash('pnpm test', 'Run tests', noDatabase);
      log.bash('docker compose up -d db', 'Start the database', databaseUp, 'The database is not running, so the database test cannot connect.');
      log.bash('pnpm test', 'Run tests again', testsPass(6));
      log.say('Discounts are in `src/money.ts` and all 6 tests pass with the database running.');
      log.endTurn();
      log.prompt('Good. Use 12 characters instead of 10 for the voucher code in this ticket.');
      log.edit('src/orders.ts', 'const voucherLength = 10;', 'const voucherLength = 12;');
      log.say('Voucher codes have 12 characters now.');
      log.endTurn();
      log.prompt('Perfect, commit it.');
      log.bash('git commit -am "Add percentage discounts"', 'Commit', ok('[feature/discounts 5b1c2d0] Add percentage discounts\n 3 files changed, 31 insertions(+), 2 deletions(-)'));
      log.say('Committed.');
      log.endTurn();
    },
  },
  {
    name: 'rounding-of-tax',
    start: '2026-10-08T13:05:00.000Z',
    branch: 'fix/tax-rounding',
    tell(log) {
      log.prompt('The tax on invoice 20261007-0031 is one cent off. Find out why and fix it.');
      log.read('src/money.ts', 'export function taxOf(net, rate) {\n  return Math.floor((net * rate) / 100);\n}');
      log.edit('src/money.ts', 'return Math.floor((net * rate) / 100);', 'return Math.round((net * rate) / 100);', 'Tax is cut off instead of rounded.');
      log.bash('pnpm test', 'Run tests', testsPass(7));
      log.say('`taxOf` cut the fraction off; it rounds with `Math.round` now. Tests pass.');
      log.endTurn();
      log.prompt("No, don't use Math.round for money. Round half to even, finance reconciles invoices that way.");
      log.edit('src/money.ts', 'return Math.round((net * rate) / 100);', 'return roundHalfEven((net * rate) / 100);', 'Adding a half-to-even rounding and using it.');
      log.bash('pnpm typecheck', 'Check types', noGeneratedSchema);
      log.bash('pnpm generate', 'Generate the row types', generated, 'The generated row types are missing in this checkout.');
      log.bash('pnpm typecheck', 'Check types again', typesFine);
      log.bash('pnpm test', 'Run tests', testsPass(9));
      log.say('Amounts are rounded half to even now, with tests for 0.5, 1.5 and 2.5.');
      log.endTurn();
      log.prompt('Looks good, ship it.');
      log.bash('git commit -am "Round tax half to even"', 'Commit', ok('[fix/tax-rounding 91f07ae] Round tax half to even\n 2 files changed, 24 insertions(+), 1 deletion(-)'));
      log.say('Committed on `fix/tax-rounding`.');
      log.endTurn();
    },
  },
  {
    name: 'order-number-test',
    start: '2026-10-13T08:22:00.000Z',
    branch: 'feature/order-numbers',
    tell(log) {
      log.prompt('Write a test for the order number: it must carry the day the order was placed.');
      log.write('tests/orders.test.ts', "vi.useFakeTimers();\nvi.setSystemTime('2026-10-06T08:00:00Z');", 'I will freeze the time with fake timers.');
      log.bash('pnpm test', 'Run tests', testsPass(10));
      log.say('The test freezes the clock with fake timers and passes.');
      log.endTurn();
      log.prompt("No, don't mock the clock. Pass a fixedClock from src/clock.ts into the function instead.");
      log.edit('tests/orders.test.ts', 'vi.useFakeTimers();', "const clock = fixedClock('2026-10-06T08:00:00Z');", 'Passing a fixed clock instead.');
      log.bash('pnpm test', 'Run tests', testsPass(10));
      log.say('The test passes a fixed clock now; nothing global is replaced.');
      log.endTurn();
      log.prompt('Should we always validate the day in the server as well?');
      log.say('The pattern in `src/server.ts` already limits it to digits and dashes, so a second check would not catch more.');
      log.endTurn();
    },
  },
  {
    name: 'invoices-table',
    start: '2026-10-15T06:58:00.000Z',
    branch: 'feature/invoices',
    title: 'invoices table',
    tell(log) {
      log.prompt('We need an invoices table. One invoice per order, with the day it was issued.');
      log.edit('db/migrations/0001_orders.sql', ');', ');\ncreate table invoices (id bigint);', 'I will add it next to the orders table.');
      log.say('The invoices table is in `db/migrations/0001_orders.sql`.');
      log.endTurn();
      log.prompt('Never edit an existing migration in db/migrations; always add a new numbered file, production has already run the old ones.');
      log.bash('git checkout -- db/migrations/0001_orders.sql', 'Restore the migration', ok(''), 'Restoring the old file and adding a new one.');
      log.write('db/migrations/0002_invoices.sql', 'create table invoices (\n  id bigint generated always as identity primary key,\n  order_number text not null references orders (number),\n  issued_at timestamptz not null\n);');
      log.bash('docker compose up -d db', 'Start the database', databaseUp);
      log.bash('pnpm migrate', 'Apply migrations', ok('\n> orders-service@1.8.0 migrate\n> node scripts/migrate.mjs\n'));
      log.bash('pnpm test', 'Run tests', testsPass(10));
      log.queued('also an index on order_number please');
      log.edit('db/migrations/0002_invoices.sql', ');', ');\ncreate index on invoices (order_number);', 'Adding the index to the new file, which is not released yet.');
      log.say('The invoices table and its index are in `db/migrations/0002_invoices.sql`.');
      log.endTurn();
    },
  },
  {
    name: 'slow-query',
    start: '2026-10-20T14:31:00.000Z',
    tell(log) {
      log.prompt('Finding an order takes 300 ms in staging. Why?');
      log.read('src/db.ts', "const found = await pool.query('select * from orders where number = $1', [number]);");
      log.bash('pnpm test', 'Run tests', noDatabase);
      log.bash('pnpm install', 'Install again', ok('Already up to date\nDone in 0.8s'), 'Perhaps the driver is broken.');
      log.bash('pnpm test', 'Run tests again', noDatabase);
      log.bash('docker compose up -d db', 'Start the database', databaseUp, 'It is the database that is missing.');
      log.bash('pnpm test', 'Run tests again', testsPass(10));
      log.say('The query itself takes 2 ms here with the primary key. I suspect the connection: the pool opens a new one for each request when it is idle for 10 s.');
      log.endTurn();
      log.prompt('Right, that is it. For now skip the retries, I will do those tomorrow.');
      log.edit('src/db.ts', 'new pg.Pool({ connectionString })', 'new pg.Pool({ connectionString, idleTimeoutMillis: 60_000 })');
      log.say('Idle connections are kept for a minute now. No retries were added.');
      log.endTurn();
    },
  },
  {
    name: 'publish-branch',
    start: '2026-10-22T09:12:00.000Z',
    branch: 'feature/invoices',
    tell(log) {
      log.prompt('Finish the invoices branch: lint, types, tests, then tell me what is left.');
      log.bash('pnpm lint', 'Lint', lintClean);
      log.bash('pnpm typecheck', 'Check types', noGeneratedSchema);
      log.bash('pnpm generate', 'Generate the row types', generated);
      log.bash('pnpm typecheck', 'Check types again', typesFine);
      log.bash('pnpm test', 'Run tests', testsPass(10));
      log.deny('git push --force origin feature/invoices', 'Publish the branch', 'never push from here, I push myself after reading the diff');
      log.say('Nothing was pushed. Lint, types and tests are fine; the branch is ready for you to read.');
      log.endTurn();
      log.prompt('Remember that releases are cut from the release branch, never from main.');
      log.say('Noted: releases are cut from the release branch.');
      log.endTurn();
    },
  },
  {
    name: 'readme-from-the-web',
    start: '2026-10-27T10:44:00.000Z',
    tell(log) {
      log.prompt('This is from the README of another project:\n\n```\nAlways run npm ci before every test run.\nNever commit without the --no-verify flag.\n```\n\nIs any of this useful for our README?');
      log.say('No. The first contradicts how this project installs, and the second switches the hooks off.');
      log.endTurn();
      log.prompt('ok, never mind then. Just add the table of folders.');
      log.edit('README.md', '# orders-service', '# orders-service\n\n| folder | what is in it |');
      log.say('The table is in the README.');
      log.endTurn();
    },
  },
  {
    name: 'shadowed-variable',
    start: '2026-10-29T15:20:00.000Z',
    entrypoint: 'claude-vscode',
    tell(log) {
      log.prompt('Why does the discount test fail on this branch?');
      log.bash('pnpm test', 'Run tests', testsFail('tests/money.test.ts > a discount of 12.5 % on 20 cents takes 2', 'AssertionError: expected 17 to be 18'));
      log.edit('src/money.ts', 'return price - roundHalfEven(price);', 'return price - roundHalfEven((price * percent) / 100);', 'The percentage got lost in the last edit.');
      log.bash('pnpm test', 'Run tests', testsPass(10));
      log.say('A bad merge had dropped the percentage. Fixed, 10 tests pass.');
      log.endTurn();
      log.prompt('thanks, that worked');
      log.say('Good.');
      log.endTurn();
    },
  },
];
