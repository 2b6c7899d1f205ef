import type { EngineName } from '../../core/dream/dream';
import type { EngineChoice } from '../config/engineSettings';
import type { Translate } from '../translate';

/** What a person has to know of an engine before choosing it: each answer short for a list, and whole for a consent. */
export interface EngineFacts {
  readonly engine: EngineName;
  readonly label: string;
  readonly needs: EngineAnswer;
  readonly costs: EngineAnswer;
  readonly sends: EngineAnswer;
}

interface EngineAnswer {
  readonly short: string;
  readonly whole: string;
}

/** The engines in the order they are offered. */
export const ENGINES: readonly EngineName[] = [
  'offline',
  'claude',
  'claude-batch',
  'claude-code',
  'vscode-lm',
  'managed',
];

/** Where the Claude API is if the user names no other address. */
export const DEFAULT_ADDRESS = 'https://api.anthropic.com';

/** The engine behind a choice: `auto` is offline, since the user chose nothing. */
export function engineOf(choice: EngineChoice): EngineName {
  return choice === 'auto' ? 'offline' : choice;
}

/** Engines that take the key of the Claude API. */
export function needsKey(engine: EngineName): boolean {
  return engine === 'claude' || engine === 'claude-batch' || engine === 'managed';
}

/** Engines that a plan or a quota pays for, which no limit in dollars holds back. */
export function isPrepaid(engine: EngineName): boolean {
  return engine === 'claude-code' || engine === 'vscode-lm';
}

/** What an engine is called in every message. */
export function engineLabel(engine: EngineName, t: Translate): string {
  switch (engine) {
    case 'offline':
      return t('Offline');
    case 'claude':
      return t('Claude API');
    case 'claude-batch':
      return t('Claude API in Batches');
    case 'claude-code':
      return t('Your Claude Code');
    case 'vscode-lm':
      return t('Language Model of VS Code');
    case 'managed':
      return t('Anthropic Dreams (Experimental)');
  }
}

/** Host and port of an address: what a person recognises. */
export function hostOf(address: string): string {
  return new URL(address === '' ? DEFAULT_ADDRESS : address).host;
}

/** What each engine needs, costs and sends; `address` is where the Claude API is. */
export function engineFacts(engine: EngineName, address: string, t: Translate): EngineFacts {
  return { engine, label: engineLabel(engine, t), ...answers(engine, hostOf(address), t) };
}

function answers(engine: EngineName, host: string, t: Translate): Omit<EngineFacts, 'engine' | 'label'> {
  switch (engine) {
    case 'offline':
      return offlineFacts(t);
    case 'claude':
      return claudeFacts(host, t);
    case 'claude-batch':
      return batchFacts(host, t);
    case 'claude-code':
      return claudeCodeFacts(t);
    case 'vscode-lm':
      return languageModelFacts(t);
    case 'managed':
      return managedFacts(host, t);
  }
}

function offlineFacts(t: Translate): Omit<EngineFacts, 'engine' | 'label'> {
  return {
    needs: { short: t('Needs nothing'), whole: t('It needs no key and no network.') },
    costs: { short: t('free'), whole: t('It costs nothing.') },
    sends: { short: t('sends nothing'), whole: t('Nothing leaves this machine.') },
  };
}

function extracts(t: Translate): string {
  return t(
    'An extract of each session: your prompts, corrections, failed calls and outcomes, with secrets replaced. Also the memories of this folder, your personal ones too, its categories, and your instructions for the dream.',
  );
}

function claudeFacts(host: string, t: Translate): Omit<EngineFacts, 'engine' | 'label'> {
  return {
    needs: {
      short: t('Needs an API key'),
      whole: t("An API key of the Claude API. It is kept in VS Code's secret storage, never in a file or a log."),
    },
    costs: {
      short: t('about a cent a session'),
      whole: t(
        'Tokens, by the price list: about a cent a session. You see the estimate before each dream and set a limit.',
      ),
    },
    sends: { short: t('sends redacted extracts to {0}', host), whole: t('To {0}: {1}', host, extracts(t)) },
  };
}

function batchFacts(host: string, t: Translate): Omit<EngineFacts, 'engine' | 'label'> {
  const { needs } = claudeFacts(host, t);
  return {
    needs,
    costs: {
      short: t('half that, in a day'),
      whole: t(
        'Half the price of the Claude API for the part that reads sessions. Most batches take less than an hour, some a day; a dream goes on after a restart.',
      ),
    },
    sends: {
      short: t('sends redacted extracts to {0}', host),
      whole: t(
        'To {0}: {1} The provider can keep what a batch holds for up to 29 days; it is deleted as soon as it was read.',
        host,
        extracts(t),
      ),
    },
  };
}

function claudeCodeFacts(t: Translate): Omit<EngineFacts, 'engine' | 'label'> {
  return {
    needs: {
      short: t('Needs claude, signed in'),
      whole: t(
        'The program claude on this machine, signed in by you. Agent Dreams starts it without tools, hooks and session log, and never sees your login. Anthropic recommends an API key for tools like this one.',
      ),
    },
    costs: {
      short: t('uses your plan'),
      whole: t(
        'It counts against the limits of your Claude plan, or is billed to the account that claude is signed in to. Only dreams that you start use it, never a scheduled one.',
      ),
    },
    sends: {
      short: t('sends redacted extracts through it'),
      whole: t('Through your own Claude Code, to wherever it is signed in: {0}', extracts(t)),
    },
  };
}

function languageModelFacts(t: Translate): Omit<EngineFacts, 'engine' | 'label'> {
  return {
    needs: {
      short: t('Needs an extension with models'),
      whole: t('An extension that offers language models in VS Code, and your consent, for which VS Code asks.'),
    },
    costs: {
      short: t('uses your quota'),
      whole: t(
        'It counts against your quota with that extension. Only dreams that you start use it, never a scheduled one.',
      ),
    },
    sends: {
      short: t('sends it redacted extracts'),
      whole: t('To the provider of the model that you choose: {0}', extracts(t)),
    },
  };
}

function managedFacts(host: string, t: Translate): Omit<EngineFacts, 'engine' | 'label'> {
  return {
    needs: {
      short: t('Needs preview access, a key'),
      whole: t("An API key of an organisation with access to Anthropic's research preview of Dreams."),
    },
    costs: {
      short: t('dollars'),
      whole: t('Tokens twice over, to upload the sessions and to dream: dollars rather than cents. Minutes to hours.'),
    },
    sends: {
      short: t('uploads memory, sessions to {0}', host),
      whole: t(
        'To {0}: all memories of this folder, personal ones too, and up to 100 sessions, redacted and condensed. They are kept there until the dream is over; then Agent Dreams deletes what it made, after a failure or a crash too, and says so where it cannot. The dream itself and its agent can only be archived there. Zero data retention does not apply.',
        host,
      ),
    },
  };
}
