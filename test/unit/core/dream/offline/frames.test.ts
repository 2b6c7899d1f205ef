import { describe, expect, it } from 'vitest';
import { readDecision } from '../../../../../src/core/dream/offline/language/decisions';
import { readEnglish } from '../../../../../src/core/dream/offline/language/english';

const isRule = (sentence: string): boolean => readEnglish(sentence).kind === 'instruction';
const isChoice = (sentence: string): boolean => readDecision(sentence).kind === 'decision';

describe('what is said around an instruction', () => {
  it.each([
    'as a standing order, quote identifiers in migrations',
    'as our policy, redact customer names in logs',
    'Permanently: lint the stylesheets with tools/style',
    'for the remainder of this project write amounts with two decimals',
    'Until I say otherwise, keep answers under ten lines',
    'one point to keep in mind forever: uppercase constant names',
    'a thing worth remembering for all sessions: ship changes behind a toggle',
    'bear this in mind for all future work: prefix background tasks with bg_',
    'Something to remember: sample rates go into audio.toml',
    'each time, before you report back, rerun the smoke suite',
    'without any exception, name handlers after their event',
    'i want you to cite the spec section each and every time',
    'I expect you to sort the keys every single time.',
    'please log durations in seconds in general, not only for this change',
    'use tabs in makefiles, not just in this one',
    'Throughout this codebase: express lengths in metres.',
    'on every occasion, show the plan first',
    'no matter how small the fix is, add a regression test',
    'wrap network calls in a timeout regardless of the service',
    'it is an iron rule that queries are parametrised',
    'standing request: keep diffs small',
    'Hard requirement for this repo: no network in unit tests',
    'Let this be a rule: use builders for fixtures',
    'keep this as a permanent note: use semantic version tags',
    'write this down for later sessions: prefer composition roots over service locators',
    'please do this every time: close the channel in a defer',
    'you are expected to always run the type checker',
    'consistently use sentence case in headings',
    "it's important to me that you always ask before migrations",
    'i need you to always print the seed',
    'lowercase all table names, and not only in this migration',
    'add a license line to new sources, every single time please',
  ])('makes it last: %s', (sentence) => {
    expect(isRule(sentence)).toBe(true);
  });

  it.each([
    'for the rest of this file use tabs',
    'for the remainder of the day, leave the server running',
    'until the demo, keep the banner hidden',
    'as a first step, rename the helper',
    'as a test, add a row to the table',
    'each time I open the page it reloads twice',
    'every time the job runs it writes a temp file',
    'one thing to check: does the cache expire?',
    'one thing to fix: the header overlaps the menu',
    'something to remember me by',
    'i expect you to finish the parser today',
    'I want you to rename the helper in utils.ts',
    'please fix the typo, not just here but in the docs',
    'return the id, not just the name',
    'the request fails no matter how often I retry',
    'it crashes regardless of the input',
    'in general it works, but the colours are off',
    'without exception handling this crashes',
    'write this down in the ticket: login fails on iOS',
    'consistently I see a spike at noon',
    'remember this bug from last week?',
    'keep in mind the test is still red',
    'permanently delete the old records from the table',
    'for good measure run the tests once more',
  ])('does not: %s', (sentence) => {
    expect(isRule(sentence)).toBe(false);
  });
});

describe('a ban by other words', () => {
  it.each([
    'At no point hardcode a locale',
    'On no account edit the lock file by hand',
    'In no case should you bypass the code review',
    'It is prohibited to import from internal packages',
    'it is not allowed to print secrets, ever',
    "you're not permitted to squash release branches in this repo",
    'you are never supposed to query the production database',
    'Nobody is allowed to commit binaries in this project.',
    'under no condition skip the licence check',
    'never ever call the payment api from tests',
    'i forbid you to use global variables',
    'It is strictly forbidden to log passwords',
  ])('is one: %s', (sentence) => {
    expect(isRule(sentence)).toBe(true);
  });

  it.each([
    'it is forbidden to access this endpoint, I get a 403',
    'at no time did the cache warm up',
    'the user is not allowed to see this page',
    'you are not allowed to click the button while it loads',
    'under no load it takes 3 ms',
    'in no case did the test pass',
    'it is not possible to log in',
    'at no point does the loop end',
  ])('is none where a program forbids, or something is told: %s', (sentence) => {
    expect(isRule(sentence)).toBe(false);
  });
});

describe('a condition', () => {
  it.each([
    'if you change the schema, always create a migration',
    'when we add a column we must always write a down migration',
    'once you are done, always run the linter',
    'after you finish a task always run make check',
    'when you write a query, always use bind parameters',
  ])('of work is a part of the rule: %s', (sentence) => {
    expect(isRule(sentence)).toBe(true);
  });

  it.each([
    'if this was my project I would never use an ORM',
    'if it were up to me we would always deploy on fridays',
    'had we more people, we would always pair',
    'in a perfect world we would never mock anything',
    'in an ideal world, always use real devices',
    'once we are on the new cluster we should always use spot nodes',
    'as soon as we are live we must never reset the database',
    'when we have more budget we should always run the fuzzers',
    'after we have moved to kotlin we should never write java again',
    'once the rewrite is done we will always use the new client',
    'by the time we launch, we should always cache images',
    'if i ran this team i would always pair on reviews',
    'were it my call i would never ship on a friday',
    'if I could start over I would always use postgres',
    'if we had kept the monorepo we would never need this',
    'one could argue that you should always inline small functions',
    'assuming we always batch writes, how fast is it?',
    "let's say we never retry, what happens",
    'when we get to version 5 we should always use the new api',
    'some day we should always run this in CI',
  ])('that is imagined or awaited makes no rule: %s', (sentence) => {
    expect(isRule(sentence)).toBe(false);
  });
});

describe('what is told to be known', () => {
  it.each([
    'good to know: the feed arrives gzipped',
    'Worth knowing: the license server listens on port 27000',
    'Useful to know: invoices are numbered per country',
    'a bit of background: the mobile team owns the auth service',
    'some context: our staging box has 2 cores',
    'you should be aware that the sandbox is wiped on mondays',
    'you need to know that customer 17 is the load test account',
    'be aware that exports are written in windows-1252',
    'by the way, the mail relay is called postino',
    'btw the cron job runs at 4 am',
    'btw our minimum android version is 9',
    'in case you wonder: the icons belong to the brand team',
    'for your notes: the vpn gateway is vpn2.internal',
    'important: the api gateway times out after 30 seconds',
  ])('is kept: %s', (sentence) => {
    expect(isRule(sentence)).toBe(true);
  });

  it.each([
    'btw the build is red',
    'btw the header is misaligned',
    'by the way, this is slow',
    'btw the second test still fails',
    'good to know, thanks',
    'you should know that by now',
    'btw can you also check the footer',
    'some context: I am trying to fix the login',
    'background: the page shows a blank screen',
    'btw I changed the config',
    'btw there is an error in the log',
    'you should know the answer',
  ])('is not kept when it is of the day: %s', (sentence) => {
    expect(isRule(sentence)).toBe(false);
  });
});

describe('one kind of thing against another', () => {
  it.each([
    'personally I would rather see plain sql than a query builder',
    "i'd rather have boring code than clever code",
    "I'd take explicit imports over globs any day",
    'I am no fan of deep inheritance, I prefer plain functions',
    'not a fan of giant components, i prefer small ones with props',
    "i don't like abbreviations, i prefer full words",
    'I like small modules way more than large ones.',
    "I much prefer integration tests to mocks, for what it's worth",
    'i favour one assertion per test over long tests',
    'give me short summaries over long reports, always',
    'my preference would be async handlers rather than threads',
    'in my code I want guard clauses instead of nested ifs',
  ])('is a preference: %s', (sentence) => {
    expect(isRule(sentence)).toBe(true);
  });

  it.each([
    "I'd rather have the second one than the first",
    'i would rather wait than merge this now',
    "I'd rather you fix the test first",
    'i am not a fan of this layout, i prefer the old one',
    'which do you like more, tabs or spaces?',
    'I prefer option 2',
    'i would rather have a break than another meeting',
    'I like this version more than the other',
    "i'd rather not touch it today",
  ])('is none of two things at hand: %s', (sentence) => {
    expect(isRule(sentence)).toBe(false);
  });
});

describe('a choice', () => {
  it.each([
    'I want Kafka rather than SQS here since ops runs it already',
    "we'll go for a modular monolith instead of services: the team is tiny",
    'After some thought we choose Vue over React, as the designers know it.',
    'after a long discussion we take gRPC over REST because of streaming',
    'final decision: pnpm workspaces over lerna, because it is maintained',
    'we are going for S3 rather than EFS: it is far cheaper',
    'in the end we picked Terraform over Pulumi since everyone knows it',
    "I'd go with sqlite instead of duckdb here because it ships with python",
    "we're taking tokio over async-std, as all our crates use it",
    "let's do optimistic locking rather than row locks because conflicts are rare",
    'having weighed both, we pick vite over webpack as builds are faster',
    'we want MQTT instead of polling since batteries last longer',
    'the choice is Redis over memcached, we need persistence',
    'for storage we use parquet rather than csv because columns matter',
  ])('with its alternative and reason: %s', (sentence) => {
    expect(isChoice(sentence)).toBe(true);
  });

  it.each([
    'i want the blue one rather than the red one here',
    'we could go for X instead of Y',
    'should we go for kafka instead of sqs?',
    'i want the list sorted by date rather than by name',
    'I want a dropdown instead of a text field here',
    'show the name rather than the id because it is easier to read',
    'return null instead of throwing here since the caller checks',
    'maybe we should take gRPC over REST because of streaming',
    'we would go for kafka instead of sqs if we had ops people',
    'they chose Vue over React because the designers know it',
  ])('is none when weighed, or of what a page shows: %s', (sentence) => {
    expect(isChoice(sentence)).toBe(false);
  });
});

describe('the rule', () => {
  it.each([
    ['one thing to remember for good: lowercase queue names', 'lowercase queue names'],
    ['No matter how small the fix is, add a regression test', 'No matter how small the fix is, add a regression test'],
    ['It is strictly forbidden to log passwords', 'Never log passwords'],
    ['use tabs in makefiles, not just in this one', 'use tabs in makefiles'],
    ['I am no fan of deep inheritance, I prefer plain functions', 'Prefer plain functions to deep inheritance'],
    ['good to know: the feed arrives gzipped', 'the feed arrives gzipped'],
  ])('of “%s” is “%s”', (sentence, rule) => {
    expect(readEnglish(sentence)).toMatchObject({ kind: 'instruction', rule });
  });
});

describe('how code and programs are told to be', () => {
  it.each([
    'The parser never logs email addresses',
    'the exporter always writes a header row before the data',
    'Each request is signed with the tenant key and stored in redis',
    'We have a service which always retries three times',
    'for every commit the bot posts a comment',
    'with every release the app gets slower',
    'in all cases return a 404',
    'for each row add a checkbox',
    'make sure the button is always visible',
    'note: the page is blank',
    'it looks consistent everywhere',
  ])('is no rule: %s', (sentence) => {
    expect(isRule(sentence)).toBe(false);
  });
});
