import { plantNag, plantRefusal, plantTurn, plantWrongClaim } from './itemsCorrected';
import { plantCommands, plantNoise, plantSetup, plantTogether, plantWorkflow } from './itemsDone';
import {
  plantAgentTalk,
  plantDecoys,
  plantEcho,
  plantInjection,
  plantPlan,
  plantSecret,
  plantStale,
} from './itemsOther';
import { agentWork, plantDecision, plantFact, plantForeign, plantPreference, plantRule } from './itemsSaid';
import type { Phrases } from './phrases';
import { DEV_PHRASES } from './phrasesDev';
import { TEST_PHRASES } from './phrasesTest';
import { VALIDATION_PHRASES } from './phrasesValidation';
import { createDecks, ProjectBuilder, type Project, type Scene } from './project';
import { createRandom } from './random';
import { typed } from './say';
import type { SessionLog } from './sessionLog';
import type { Stack } from './stack';
import { DEV_STACKS } from './stacksDev';
import { TEST_STACKS_A } from './stacksTestA';
import { TEST_STACKS_B } from './stacksTestB';
import { TEST_STACKS_C } from './stacksTestC';
import { VALIDATION_STACKS_A } from './stacksValidationA';
import { VALIDATION_STACKS_B } from './stacksValidationB';

export type Split = 'dev' | 'validation' | 'test';

const SEEDS: Readonly<Record<Split, string>> = {
  dev: 'planted dev 1',
  validation: 'planted test 1',
  test: 'planted test 2',
};
const SESSIONS = 12;
const QUIET_SESSIONS = 8;

/**
 * The projects of a split, always the same ones. `folderOf` says where the workspace of a project stands: its logs name
 * that folder.
 */
export function generate(split: Split, folderOf: (name: string) => string): readonly Project[] {
  const { phrases, stacks } = contents(split);
  const decks = createDecks(phrases, createRandom(SEEDS[split]));
  const planted = stacks.map((stack, index) => {
    const project = new ProjectBuilder(stack, decks, folderOf(stack.name), `${SEEDS[split]} ${stack.name}`, SESSIONS);
    plantAll(project, index);
    return project.build((log, scenes) => play(project, log, scenes), false);
  });
  const quiet = stacks
    .filter((_, index) => index % 4 === 0)
    .map((stack) => {
      const name = `${stack.name}-quiet`;
      const project = new ProjectBuilder(
        { ...stack, name },
        decks,
        folderOf(name),
        `${SEEDS[split]} ${name}`,
        QUIET_SESSIONS,
      );
      plantDecoys(project, 8);
      plantPlan(project);
      plantAgentTalk(project);
      return project.build((log, scenes) => play(project, log, scenes), true);
    });
  return [...planted, ...quiet];
}

function contents(split: Split): { readonly phrases: Phrases; readonly stacks: readonly Stack[] } {
  if (split === 'dev') return { phrases: DEV_PHRASES, stacks: DEV_STACKS };
  if (split === 'test')
    return { phrases: TEST_PHRASES, stacks: [...TEST_STACKS_A, ...TEST_STACKS_B, ...TEST_STACKS_C] };
  return { phrases: VALIDATION_PHRASES, stacks: [...VALIDATION_STACKS_A, ...VALIDATION_STACKS_B] };
}

/** Not everything everywhere: what a project has follows from its number. */
function plantAll(project: ProjectBuilder, index: number): void {
  const { decks } = project;
  const every = (n: number, rest = 0): boolean => index % n === rest;
  plantRule(project, 'order');
  plantRule(project, 'order', every(2));
  plantRule(project, 'ban');
  if (every(2)) plantRule(project, 'exception');
  plantPreference(project);
  if (every(2, 1)) plantFact(project);
  const foreign = decks.phrases.foreign[index % decks.phrases.foreign.length];
  if (foreign) plantForeign(project, foreign);
  plantNag(project, decks.deal('nags'), 'correction', every(3));
  if (every(2)) plantNag(project, decks.deal('silent'), 'correction-silent', false);
  plantRefusal(project, every(3) ? 1 : 2);
  plantDecision(project);
  if (every(2, 1)) plantTurn(project, every(4, 3), every(4, 1));
  if (every(3, 1)) plantWrongClaim(project, every(2, 0));
  plantCommands(project);
  plantSetup(project);
  if (every(2)) plantWorkflow(project);
  if (every(2, 1)) plantTogether(project);
  plantNoise(project);
  plantDecoys(project, 6);
  plantPlan(project);
  plantAgentTalk(project);
  plantInjection(project);
  if (every(2, 1)) plantEcho(project);
  if (every(2)) plantStale(project);
  if (every(3)) plantSecret(project, every(2));
}

function play(project: ProjectBuilder, log: SessionLog, scenes: readonly Scene[]): void {
  log.prompt(typed(project.task(), log.random));
  agentWork(project, log);
  for (const scene of scenes) {
    scene(log);
    if (log.random.chance(0.25)) log.prompt(typed(project.decks.deal('closings'), log.random));
    if (log.random.chance(0.2)) log.bash('git status', { text: 'On branch main\nnothing to commit' });
    if (log.random.chance(0.06)) log.interrupt();
  }
  log.prompt(typed(project.decks.deal('closings'), log.random));
  log.say('You are welcome.');
}
