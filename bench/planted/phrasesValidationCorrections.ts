import type { Nag, Refusal } from './phrases';

export const VALIDATION_NAGS: readonly Nag[] = [
  {
    did: 'fetch(url)',
    says: [
      'not fetch, take our http client',
      'you used fetch, it has to be the http client',
      'that fetch should go through the http client',
    ],
    must: ['fetch', 'http client'],
  },
  {
    did: 'throw new Error("x")',
    says: [
      'use a domain error there, not a bare Error',
      'bare Error again, make it a domain error',
      'should have been a domain error, not a bare Error',
    ],
    must: ['domain error', 'bare error'],
  },
  {
    did: 'LIMIT = 50',
    says: [
      'no magic numbers, put it into settings',
      'this magic number belongs into settings',
      'magic number, move it to settings',
    ],
    must: ['magic number', 'settings'],
  },
  {
    did: 'console.log(rows)',
    says: ['you left a console.log in', 'remove the console.log', 'there is still a console.log'],
    must: ['console.log'],
  },
  {
    did: 'localtime()',
    says: ['this has to be UTC, not localtime', 'localtime is wrong here, UTC', 'UTC please instead of localtime'],
    must: ['utc', 'localtime'],
  },
  {
    did: 'SELECT *',
    says: ['list the columns, no select *', 'select * again, name the columns', 'name the columns instead of select *'],
    must: ['select', 'columns'],
  },
  {
    did: 'def helper2(x):',
    says: [
      'there is a helper in textkit for that, use it',
      'do not write your own, textkit has it',
      'textkit already does this',
    ],
    must: ['textkit'],
  },
  {
    did: '<div onclick="go()">',
    says: [
      'that needs to be a button, not a div',
      'a div is not clickable, use a button',
      'button instead of a div please',
    ],
    must: ['button', 'div'],
  },
  {
    did: '@ts-ignore',
    says: [
      'no ts-ignore, fix the type',
      'you put a ts-ignore there, fix the type',
      'the ts-ignore must go, fix the type',
    ],
    must: ['ts-ignore', 'type'],
  },
  {
    did: 'retry(10)',
    says: [
      'use the backoff helper, not a plain retry',
      'plain retry again, take the backoff helper',
      'this should be the backoff helper',
    ],
    must: ['backoff helper'],
  },
  {
    did: 'assert True',
    says: [
      'that asserts nothing, compare the value',
      'assert true is no test, compare the value',
      'compare the value, assert true says nothing',
    ],
    must: ['compare the value'],
  },
  {
    did: 'copyright 2019',
    says: [
      'wrong header, take the one from HEADER.txt',
      'the header comes from HEADER.txt',
      'you made up a header, HEADER.txt has it',
    ],
    must: ['header.txt'],
  },
];

export const VALIDATION_SILENT: readonly Nag[] = [
  {
    did: 'cp .env.sample .env',
    printed: '',
    says: [
      'no, tools/envgen makes the .env',
      'not by copying, run tools/envgen',
      'envgen! tools/envgen writes that file',
    ],
    must: ['tools/envgen'],
  },
  {
    did: 'git tag v1.4.0',
    printed: '',
    says: ['we tag with tools/cut, not by hand', 'dont tag by hand, tools/cut does it', 'again by hand, use tools/cut'],
    must: ['tools/cut'],
  },
  {
    did: 'find . -name "*.orig" -delete',
    printed: '',
    says: ['that deleted too much, use tools/sweep', 'use tools/sweep instead of find', 'not find, tools/sweep'],
    must: ['tools/sweep'],
  },
  {
    did: 'tail -n 50 app.log',
    printed: 'started',
    says: [
      'wrong log, look into var/log/worker.log',
      'the worker logs to var/log/worker.log',
      'app.log is not it, var/log/worker.log',
    ],
    must: ['var/log/worker.log'],
  },
  {
    did: 'psql -c "select 1"',
    printed: '1',
    says: [
      'that is the wrong database, connect with tools/db',
      'use tools/db, plain psql hits the wrong database',
      'tools/db, not psql',
    ],
    must: ['tools/db'],
  },
  {
    did: 'rsync -a out/ web/',
    printed: '',
    says: ['publish with tools/ship, not rsync', 'no rsync, tools/ship does that', 'rsync again. tools/ship'],
    must: ['tools/ship', 'rsync'],
  },
  {
    did: 'sed -i s/1.0/1.1/ VERSION',
    printed: '',
    says: ['the version comes from tools/bump', 'dont edit VERSION, tools/bump', 'run tools/bump for the version'],
    must: ['tools/bump'],
  },
  {
    did: 'curl -s localhost:3000/metrics',
    printed: 'up 1',
    says: ['metrics are on port 9102', 'wrong port, metrics are on 9102', 'it is 9102 for metrics'],
    must: ['9102', 'metrics'],
  },
];

export const VALIDATION_REFUSALS: readonly Refusal[] = [
  {
    tool: 'Bash',
    subject: 'git push --force',
    says: ['no force push here, others work on this branch', 'do not force push, others work on it'],
    must: ['force', 'push'],
  },
  {
    tool: 'Bash',
    subject: 'rm -rf .cache',
    says: ['do not delete .cache, it takes an hour to fill', 'leave .cache alone, filling it takes an hour'],
    must: ['.cache'],
  },
  {
    tool: 'Edit',
    subject: 'api/openapi.lock.yaml',
    says: ['openapi.lock.yaml is generated, do not touch it', 'dont edit openapi.lock.yaml, it is generated'],
    must: ['openapi.lock.yaml', 'generated'],
  },
  {
    tool: 'Write',
    subject: 'SUMMARY.md',
    says: ['no summary files please, just tell me', 'do not write SUMMARY.md, tell me in the chat'],
    must: ['summary'],
  },
  {
    tool: 'Bash',
    subject: 'npm install -g serve',
    says: ['nothing global, this machine is shared', 'no global installs, the machine is shared'],
    must: ['global', 'shared'],
  },
  {
    tool: 'Bash',
    subject: 'kubectl apply -f prod.yaml',
    says: ['never apply to prod from here, the pipeline does that', 'do not apply to prod, the pipeline does it'],
    must: ['prod', 'pipeline'],
  },
  {
    tool: 'Bash',
    subject: 'git rebase -i HEAD~9',
    says: ['do not rewrite history, it is pushed already', 'no rewriting of history, that is pushed already'],
    must: ['history', 'pushed'],
  },
  {
    tool: 'Edit',
    subject: 'db/structure.dump',
    says: [
      'structure.dump comes from the migration, not from you',
      'do not change structure.dump, the migration writes it',
    ],
    must: ['structure.dump', 'migration'],
  },
  {
    tool: 'Bash',
    subject: 'sudo systemctl restart broker',
    says: ['do not restart the broker, the lab is using it', 'dont restart the broker, the lab uses it'],
    must: ['broker', 'restart'],
  },
  {
    tool: 'Write',
    subject: 'src/utils.x',
    says: ['no utils file, put it next to its caller', 'not into a utils file, next to its caller'],
    must: ['utils', 'caller'],
  },
];
