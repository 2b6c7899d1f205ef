import { describe, expect, it } from 'vitest';
import { readDecision } from '../../../../../src/core/dream/offline/language/decisions';
import { readEnglish } from '../../../../../src/core/dream/offline/language/english';
import { saysOnlyScope } from '../../../../../src/core/dream/offline/language/englishScopes';
import { readOtherLanguage } from '../../../../../src/core/dream/offline/language/others';

function isRule(sentence: string): boolean {
  const reading = readEnglish(sentence);
  return (reading.kind === 'instruction' ? reading : readOtherLanguage(sentence)).kind === 'instruction';
}

describe('a sentence without a word of time that obliges, bans or allows', () => {
  it.each([
    'Type annotations are mandatory on public functions',
    'Use of eval is prohibited in all our packages',
    'Committing build output is a no-go in this repo',
    'Any new endpoint needs an entry in openapi.yaml',
    'Docker images must be built with buildx; the plain builder breaks our arm runners',
    'anything that talks to stripe has to be idempotent',
    'the dev server must never be started by you, I have it running all the time',
    'Going through the ORM for bulk inserts is out of the question, use COPY',
    'Lockfile changes require a separate commit',
  ])('“%s” is a rule', (sentence) => {
    expect(isRule(sentence)).toBe(true);
  });
});

describe('a sentence without a word of time that says where things go, and how they are made', () => {
  it.each([
    'shaders belong in assets/shaders, not next to the scene files',
    'unit tests go next to the source file, integration tests go in /tests',
    'fixtures are built with factories, never hard-coded json',
    'The Jira key goes at the end of the commit subject, in brackets',
  ])('“%s” is a rule', (sentence) => {
    expect(isRule(sentence)).toBe(true);
  });
});

describe('a sentence without a word of time that tells a practice of the team', () => {
  it.each([
    "we don't do snapshot tests around here",
    'We pin github actions by sha',
    'we prefer composition over inheritance in the engine code',
    'our tests do not sleep',
    'we standardized on ruff so black and isort are out',
    'Nobody on this team uses lodash anymore',
    'nothing goes to prod without a feature flag',
    "we're a pnpm shop, so no npm install please",
    'the go-to http lib for us is httpx',
    'this codebase uses tabs',
  ])('“%s” is a rule', (sentence) => {
    expect(isRule(sentence)).toBe(true);
  });
});

describe('a sentence without a word of time that is made last by the words around it', () => {
  it.each([
    'whatever you do, never regenerate the lockfile',
    'Unless I say otherwise, answer in French',
    'by convention, test doubles are called FakeX and not MockX',
    'Use the Makefile targets instead of calling cargo directly, now and in future',
    'in the mobile app all network calls go through ApiClient',
    'Treat warnings as errors in every crate',
    'for the rest of our work together: I review on a phone, so keep diffs under 200 lines',
    'as a team we agreed that feature branches are rebased, not merged',
  ])('“%s” is a rule', (sentence) => {
    expect(isRule(sentence)).toBe(true);
  });
});

describe('a sentence without a word of time that tells what the speaker wants of all of a kind', () => {
  it.each([
    'I like my diffs small: one concern per commit',
    'I want every PR description to include a test plan',
    'not a fan of default exports, avoid them',
    'I usually want the diff only, no prose',
    "I don't want long lists of caveats in your replies",
    "do not use emojis in commit messages, I can't stand them",
    'i want to be asked before you install anything',
    'My editor breaks on CRLF, so LF line endings in every file',
  ])('“%s” is a rule', (sentence) => {
    expect(isRule(sentence)).toBe(true);
  });
});

describe('a sentence without a word of time that says what to do whenever work of a kind comes up', () => {
  it.each([
    'When you add a column, add the down migration as well',
    'if you write shell, make it posix; half of us are on dash',
    'when in doubt, ask; never guess an API',
    'if you ever need a secret, read it from vault, never from the .env file',
    'whenever the schema changes the ERD in docs/erd.md has to be redrawn',
    'Before each release the translations are pulled from crowdin',
  ])('“%s” is a rule', (sentence) => {
    expect(isRule(sentence)).toBe(true);
  });
});

describe('a sentence without a word of time that heads a rule', () => {
  it.each([
    'The rule with money: integer cents, never floats',
    'It is our policy to keep third-party code under vendor/',
    'Our rule for feature branches is that they live two days at most',
    'the way we do it: controllers thin, services fat',
    'CSS: we use logical properties instead of left/right throughout the app',
  ])('“%s” is a rule', (sentence) => {
    expect(isRule(sentence)).toBe(true);
  });
});

describe('a sentence in the same words of one thing, or this task', () => {
  it.each([
    'the new table goes in the second migration',
    'this should be in utils.ts',
    'I want the tests written first for this feature',
    'when writing this test use a table',
    'use a separate commit for the lockfile here',
    'Functions that can fail: list them',
    'please write a test for each branch of that switch',
    'no comments in this file please',
  ])('“%s” is none', (sentence) => {
    expect(isRule(sentence)).toBe(false);
  });
});

describe('a sentence in the same words of what a program has to do', () => {
  it.each([
    'Each session expires after 30 minutes of inactivity',
    'A player may never have more than 8 cards on hand',
    'Deleting rows is not allowed by the RLS policy, look into why',
    'All vehicles must have a plate number',
    'the invoice must always show the VAT',
    'Requests must carry the X-Tenant header or they get a 401, implement that',
    'Use the blue icon for all buttons',
  ])('“%s” is none', (sentence) => {
    expect(isRule(sentence)).toBe(false);
  });
});

describe('a sentence in the same words of what goes wrong, or went on before', () => {
  it.each([
    'All tests are failing since the upgrade',
    'mocks are returned instead of real data',
    'our convention is broken in 5 files, list them',
    'We were using yarn back then and it was a mess',
    'in the old repo we always used squash',
    'API keys are rejected by the server since noon',
    'no logs are written',
    'All test helpers use the temp folder',
    'code directly imports the parser',
    'jobs are run apart from the web process',
    'We name things badly, I know',
  ])('“%s” is none', (sentence) => {
    expect(isRule(sentence)).toBe(false);
  });
});

describe('a sentence in the same words of what is asked, weighed or quoted', () => {
  it.each([
    'our naming scheme is domain.entity.event, right?',
    'in an ideal world nobody would use floats for money',
    'AC: each row has a checkbox',
    'The reviewer wants all functions to have docstrings, please add them in this module',
    'we could standardize on ruff at some point',
    'normally we would add a changelog entry but skip it',
  ])('“%s” is none', (sentence) => {
    expect(isRule(sentence)).toBe(false);
  });
});

describe('how things are done, in other languages', () => {
  it.each([
    'Commit-Nachrichten schreiben wir grundsätzlich auf Englisch.',
    'In diesem Projekt wird nichts ohne Test gemergt.',
    'Migrationen werden bei uns nie nachträglich geändert.',
    'Los ficheros generados no se tocan.',
    'Antes de cada commit hay que pasar el linter.',
    'Chez nous les commits se font en anglais.',
    'Avant chaque push, fais tourner les tests.',
    'Toda função pública precisa de docstring.',
    'A regra do time é squash no merge.',
    '所有接口都必须有单元测试。',
    '注释统一写英文。',
    'main に直接 push するのは禁止です。',
    'テストは必ず pytest で書くこと。',
    "D'ora in poi rispondi sempre in italiano.",
    'Gebruik altijd pnpm in deze repo.',
  ])('“%s” is a rule', (sentence) => {
    expect(isRule(sentence)).toBe(true);
  });

  it.each([
    'Der Button soll immer sichtbar sein.',
    'Jede Bestellung muss eine Nummer haben, ergänze das.',
    'Los tests siempre fallan.',
    'Todas las filas salen vacías.',
    'Chaque commande doit avoir un numéro, ajoute ça.',
    'Os testes sempre falham no CI.',
    '所有用户都必须有邮箱,加一下校验。',
    '每次启动都会崩溃。',
    'ボタンは常に表示されるようにしてください。',
    'Perché fallisce sempre?',
    'Waarom faalt dit altijd?',
  ])('“%s” is none', (sentence) => {
    expect(isRule(sentence)).toBe(false);
  });
});

describe('a choice and what it was made against', () => {
  it.each([
    "Let's do it with server-sent events instead of websockets, one direction is enough",
    'The choice is made, Playwright and not Cypress.',
    'After talking to ops we settled on Nomad instead of Kubernetes.',
    'between redux and zustand I choose zustand',
    'we considered mongo but went with postgres',
    'I decided against GraphQL, we stay with REST because the clients are simple.',
    'Auth0 is out, we use Keycloak now because of the price',
    'rather than a monorepo we keep separate repos, CI is simpler that way',
    'Wir haben uns gegen Angular und für Svelte entschieden.',
    'Webpack ではなく Vite を使うことにしました。',
  ])('“%s” is a decision', (sentence) => {
    expect(readDecision(sentence).kind).toBe('decision');
  });

  it.each([
    "let's use a map instead of a list in this function",
    'we lost 3 days because we went with X instead of Y',
    'I clicked on save instead of cancel',
    "I'd maybe go with zod over yup, thoughts?",
    'change the label from Save to Store',
    'Sollen wir Caddy statt nginx nehmen?',
  ])('“%s” is none', (sentence) => {
    expect(readDecision(sentence).kind).not.toBe('decision');
  });
});

describe('a sentence that only says how far the one before it holds', () => {
  it.each([
    ['That goes for every package.', true],
    ["That's a rule for the whole frontend.", true],
    ['Everywhere.', true],
    ['That is the wrong file.', false],
    ['Fix it everywhere in this module.', false],
  ])('“%s”: %s', (sentence, only) => {
    expect(saysOnlyScope(sentence)).toBe(only);
  });
});
