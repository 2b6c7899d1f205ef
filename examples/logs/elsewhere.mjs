// Sessions that must not be taken for this project's: another project, and this one at the path it had before.
import { ok, testsPass } from './outputs.mjs';

export const elsewhere = [
  {
    name: 'another-shop',
    folder: '-home-dev-web-shop',
    cwd: '/home/dev/web-shop',
    start: '2026-11-04T10:00:00.000Z',
    tell(log) {
      log.prompt('From now on always use yarn in this repository, never pnpm.');
      log.bash('yarn install', 'Install dependencies', ok('Done in 3.20s.'));
      log.say('Installed with yarn.');
      log.endTurn();
    },
  },
  {
    name: 'before-the-move',
    folder: '-home-dev-old-orders-service',
    cwd: '/home/dev/old/orders-service',
    start: '2026-09-29T09:30:00.000Z',
    tell(log) {
      log.prompt('Always write commit messages in the imperative, with one reason per commit.');
      log.say('Understood.');
      log.endTurn();
      log.prompt('Run the tests.');
      log.bash('pnpm test', 'Run tests', testsPass(5));
      log.say('5 tests pass.');
      log.endTurn();
    },
  },
];
