import type { Refusal, WrongClaim } from './phrases';

export const TEST_REFUSALS: readonly Refusal[] = [
  {
    tool: 'Bash',
    subject: 'pulumi destroy --yes',
    says: ['no destroy from a laptop, the sandbox is shared', 'do not run destroy, that sandbox is shared with QA'],
    must: ['destroy', 'shared'],
  },
  {
    tool: 'Bash',
    subject: 'git clean -fdx',
    says: [
      'git clean -fdx kills my local certificates, do not run it',
      'not git clean, my local certificates are in there',
    ],
    must: ['git clean', 'certificates'],
  },
  {
    tool: 'Edit',
    subject: 'api/client/generated.ts',
    says: [
      'that client is generated from the spec, never edit it',
      "don't change the client, it is generated from the spec",
    ],
    must: ['client', 'generated'],
  },
  {
    tool: 'Write',
    subject: 'CHANGELOG.md',
    says: [
      'the changelog is written by the release bot, not by you',
      'do not write to the changelog, the release bot does',
    ],
    must: ['changelog', 'release bot'],
  },
  {
    tool: 'Bash',
    subject: 'docker compose down -v',
    says: [
      'not with -v, that drops the volumes with the seed data',
      "don't pass -v, the seed data lives in these volumes",
    ],
    must: ['-v', 'seed data'],
  },
  {
    tool: 'Bash',
    subject: 'npx playwright test --update-snapshots',
    says: [
      'never update snapshots locally, the fonts differ. CI does it',
      'dont update snapshots here, CI has other fonts',
    ],
    must: ['snapshots', 'fonts'],
  },
  {
    tool: 'Bash',
    subject: 'chmod 777 /var/spool/jobs',
    says: ['777 is a no go, the security scan fails on it', 'no 777, the security scan finds it'],
    must: ['777', 'security'],
  },
  {
    tool: 'Edit',
    subject: '.github/workflows/release.yml',
    says: [
      'release.yml needs a sign-off from infra, you can not change it',
      'do not edit release.yml without the sign-off from infra',
    ],
    must: ['release.yml', 'sign-off'],
  },
  {
    tool: 'Bash',
    subject: 'curl -X POST https://hooks.example/deploy',
    says: [
      'no deploy hooks from here, only the duty engineer triggers them',
      "don't call the deploy hook, the duty engineer does",
    ],
    must: ['deploy hook', 'duty engineer'],
  },
  {
    tool: 'Write',
    subject: 'test/helpers/mocks.ts',
    says: ['no new mocks, we have fakes in test/doubles', 'do not write mocks, take the fakes in test/doubles'],
    must: ['mocks', 'test/doubles'],
  },
  {
    tool: 'Bash',
    subject: 'forge script Deploy --broadcast',
    says: ['never broadcast from here, it costs real gas', 'do not broadcast, that is real gas'],
    must: ['broadcast', 'gas'],
  },
  {
    tool: 'Bash',
    subject: 'killall qemu-system-arm',
    says: ['dont kill qemu, the soak test always runs in it', 'no killing of qemu, our soak test lives in there'],
    must: ['qemu', 'soak test'],
  },
  {
    tool: 'Edit',
    subject: 'migrations/0007_orders.py',
    says: ['an applied migration is not edited, add a new one', 'never edit an applied migration, add a new one'],
    must: ['applied migration', 'new one'],
  },
  {
    tool: 'Bash',
    subject: 'apt-get upgrade -y',
    says: [
      'no apt upgrade in this container, the base image pins the versions',
      'do not apt upgrade, versions come from the base image',
    ],
    must: ['apt upgrade', 'base image'],
  },
];

export const TEST_CLAIMS: readonly WrongClaim[] = [
  {
    claim: 'the device simulator listens on port {v}',
    wrong: '9010',
    right: '9011',
    correction: "no. 9011 is the simulator's port, not 9010. fix your note so that it doesnt come up again",
  },
  {
    claim: 'the billing cycle closes on the {v}',
    wrong: '25th',
    right: '28th',
    correction: 'you wrote that down wrong. the billing cycle closes on the 28th, not on the 25th',
  },
  {
    claim: 'docs are published from the branch {v}',
    wrong: 'gh-pages',
    right: 'docs-live',
    correction:
      'where did you get that? docs are published from docs-live and not from gh-pages. please keep it right from here',
  },
  {
    claim: 'the on-call rota lives in {v}',
    wrong: 'PagerDuty',
    right: 'Opsgenie',
    correction: 'second time i read this. the rota lives in Opsgenie, we never had PagerDuty. update what you remember',
  },
  {
    claim: 'the api base path is {v}',
    wrong: '/api/v2',
    right: '/rest/v2',
    correction: 'Incorrect, the base path of the api is /rest/v2, not /api/v2. Kindly rectify your notes.',
  },
  {
    claim: 'feature specs are kept in {v}',
    wrong: 'Confluence',
    right: 'Notion',
    correction: 'that note of yours is false, the feature specs are in Notion and not in Confluence',
  },
  {
    claim: 'the primary region is {v}',
    wrong: 'eu-west-1',
    right: 'eu-north-1',
    correction: 'wrong region in your memory!! our primary region is eu-north-1, not eu-west-1',
  },
  {
    claim: 'the seed user is called {v}',
    wrong: 'turing-demo',
    right: 'lovelace-demo',
    correction: 'the seed user is called lovelace-demo, not turing-demo, you keep mixing this up since your note',
  },
];
