import type { Nag } from './phrases';

export const TEST_NAGS: readonly Nag[] = [
  {
    did: 'Math.random()',
    says: [
      'Math.random can not be seeded, our Rng class can',
      'hmm Math.random again... swap it for Rng',
      'i see Math.random in the diff, that wants to be the Rng class',
    ],
    must: ['math.random', 'rng'],
  },
  {
    did: 'border-left: 4px solid',
    says: [
      'border-left breaks arabic, use border-inline-start',
      'that wont flip in rtl: border-inline-start, not border-left',
      'border-left should read border-inline-start',
    ],
    must: ['border-left', 'border-inline-start'],
  },
  {
    did: 'JSON.parse(raw)',
    says: [
      'parse it with the zod schema, a plain JSON.parse lets junk in',
      'JSON.parse without the zod schema... pls add it',
      'why JSON.parse, we have a zod schema for that body',
    ],
    must: ['json.parse', 'schema'],
  },
  {
    did: 'font-size: 14px',
    says: [
      'the font size is in px again, should be rem',
      'make that font size rem and not px',
      'rem for the font size, px ignores the browser setting',
    ],
    must: ['font size', 'rem'],
  },
  {
    did: 'base + "/" + path',
    says: [
      'build the url with urljoin, not by gluing strings',
      'a url glued together from strings, thats what urljoin is for',
      'double slash in the url. urljoin would have got it right',
    ],
    must: ['url', 'urljoin'],
  },
  {
    did: 'if (user.role === "admin")',
    says: [
      'check the permission, not the role',
      'role check... ask for the permission',
      'the role tells nothing, look at the permission',
    ],
    must: ['role', 'permission'],
  },
  {
    did: '<h2>Are you sure?</h2>',
    says: [
      'that text is hard coded, it goes through t()',
      'hard coded text, t() is missing',
      'wrap the hard coded text in t()',
    ],
    must: ['hard coded', 't()'],
  },
  {
    did: 'TODO later',
    says: [
      'that TODO has no ticket number',
      'TODO and again no ticket number on it',
      'you forgot the ticket number on the TODO',
    ],
    must: ['todo', 'ticket number'],
  },
  {
    did: 'digitalWrite(13, HIGH)',
    says: [
      'pin 13 has a name in pins.h',
      'use the names from pins.h, not raw pin numbers',
      'a raw pin number.. they are all in pins.h',
    ],
    must: ['pins.h'],
  },
  {
    did: 'require(msg.sender == owner)',
    says: [
      'onlyRole modifier instead of the bare require',
      'a bare require on the owner, i want onlyRole',
      'swap the bare require for onlyRole',
    ],
    must: ['onlyrole', 'require'],
  },
  {
    did: '$wpdb->get_results("... $id")',
    says: [
      'prepare() is missing on that query',
      'that query has to go through prepare()',
      'hm a query without prepare()',
    ],
    must: ['prepare()', 'query'],
  },
  {
    did: 'new Date(input)',
    says: [
      'new Date guesses the format, take parseISO',
      'use parseISO there instead of new Date',
      'new Date on user input... parseISO does it right',
    ],
    must: ['new date', 'parseiso'],
  },
  {
    did: 'it("works")',
    says: [
      'the test title says nothing, describe the behaviour',
      'title of the test: describe the behaviour',
      '"works" is no title for a test. describe the behaviour',
    ],
    must: ['title', 'behaviour'],
  },
  {
    did: 'import _ from "lodash"',
    says: [
      'the whole lodash for one function? es-toolkit has it',
      'that lodash import should be es-toolkit',
      'lodash... es-toolkit is already in the bundle',
    ],
    must: ['lodash', 'es-toolkit'],
  },
];

export const TEST_SILENT: readonly Nag[] = [
  {
    did: 'docker build -t api .',
    printed: 'naming to docker.io/library/api done',
    says: [
      'images are built with scripts/image, a plain docker build misses the labels',
      'that was plain docker build, scripts/image is the one',
      'scripts/image builds it, docker build leaves the labels out',
    ],
    must: ['scripts/image', 'docker build'],
  },
  {
    did: 'pg_dump shop > dump.sql',
    printed: '',
    says: [
      'thats unmasked data, bin/masked-dump exists for that',
      'bin/masked-dump, not pg_dump',
      'oh no pg_dump gives you real customers, take bin/masked-dump',
    ],
    must: ['bin/masked-dump'],
  },
  {
    did: 'git checkout -b fix-thing',
    printed: "Switched to a new branch 'fix-thing'",
    says: [
      'the branch comes from bin/start so that the ticket is linked',
      'you made the branch by hand, bin/start does it',
      'bin/start for the branch please',
    ],
    must: ['bin/start', 'branch'],
  },
  {
    did: 'cat logs/current.log',
    printed: 'idle',
    says: [
      'that log is rotated away, journalctl -u relay has the real one',
      'look at journalctl -u relay, not current.log',
      'journalctl -u relay! current.log is stale',
    ],
    must: ['journalctl -u relay'],
  },
  {
    did: 'curl -s http://localhost:8000/health',
    printed: 'ok',
    says: [
      'the service has /_internal/health, /health is the proxy',
      'thats the proxy answering, i meant /_internal/health',
      '/_internal/health is the service, the other one is the proxy',
    ],
    must: ['/_internal/health'],
  },
  {
    did: 'cp -r assets public/',
    printed: '',
    says: [
      'assets get there with bin/pack-assets, it hashes the names',
      'copied by hand, so no hash. bin/pack-assets',
      'bin/pack-assets hashes them, cp does not',
    ],
    must: ['bin/pack-assets'],
  },
  {
    did: 'redis-cli flushall',
    printed: 'OK',
    says: [
      'ouch, that empties everybodys cache. bin/cache-drop takes a prefix',
      'flushall again.. bin/cache-drop with our prefix',
      'bin/cache-drop, flushall hits the whole team',
    ],
    must: ['bin/cache-drop'],
  },
  {
    did: 'npm version patch',
    printed: 'v1.4.1',
    says: [
      'changesets does versions here, npm version skips the notes',
      'npm version? we have changesets',
      'that should have been changesets and not npm version',
    ],
    must: ['changesets', 'npm version'],
  },
  {
    did: 'convert logo.svg logo.png',
    printed: '',
    says: [
      'the png comes out blurry that way, bin/rasterize',
      'bin/rasterize makes the png',
      'use bin/rasterize for a png',
    ],
    must: ['bin/rasterize', 'png'],
  },
  {
    did: 'echo "0x1F" >> addresses.txt',
    printed: '',
    says: [
      'addresses.txt is kept sorted by bin/add-address, dont append',
      'append with bin/add-address, it keeps the order of addresses.txt',
      'now the order in addresses.txt is gone, bin/add-address please',
    ],
    must: ['bin/add-address', 'addresses.txt'],
  },
];
