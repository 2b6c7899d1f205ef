import { isAgentDreamsError, type AgentDreamsError } from '../../core/errors';
import { credentialWords } from '../secrets/credentialWords';
import { modelMessage, modelWaysOut } from './modelWords';
import { hiddenWords } from '../hidden/hiddenWords';
import type { Translate } from '../translate';

/** What a person can do about a failure, as a button. */
export type WayOut =
  | 'show-log'
  | 'open-settings'
  | 'retry'
  | 'manage-trust'
  | 'open-folder'
  | 'adopt'
  | 'initialize'
  | 'allow-secret'
  | 'choose-engine';

export interface ErrorWords {
  readonly severity: 'information' | 'warning' | 'error';
  readonly message: string;
  readonly waysOut: readonly WayOut[];
}

const path = (error: AgentDreamsError): string => String(error.details['path'] ?? '');

function storeWords(error: AgentDreamsError, t: Translate): ErrorWords | undefined {
  switch (error.code) {
    case 'conflict':
      return {
        severity: 'warning',
        message: t('{0} changed meanwhile. Nothing was written; look at it and try again.', path(error)),
        waysOut: ['retry', 'show-log'],
      };
    case 'dirty-editor':
      return {
        severity: 'warning',
        message: t('{0} has unsaved changes. Save or close it, then try again.', path(error)),
        waysOut: ['retry'],
      };
    case 'disk-full':
      return {
        severity: 'error',
        message: t('The disk is full. Nothing was changed; free some space and try again.'),
        waysOut: ['retry', 'show-log'],
      };
    case 'read-only':
      return {
        severity: 'error',
        message: t('The memory folder cannot be written to: it is read-only. Nothing was changed.'),
        waysOut: ['retry', 'show-log'],
      };
    case 'permission-denied':
      return {
        severity: 'error',
        message: t('Access was denied to {0}. Check its permissions and try again.', path(error) || t('a file')),
        waysOut: ['retry', 'show-log'],
      };
    case 'locked':
      return {
        severity: 'warning',
        message: t('Another window or process is working on this memory. Try again when it has finished.'),
        waysOut: ['retry', 'show-log'],
      };
    case 'io':
      return {
        severity: 'error',
        message: t('A file could not be read or written. The log says which.'),
        waysOut: ['retry', 'show-log'],
      };
    default:
      return undefined;
  }
}

function contentWords(error: AgentDreamsError, t: Translate): ErrorWords | undefined {
  switch (error.code) {
    case 'invalid-memory':
      return {
        severity: 'warning',
        message: t('{0} is not a readable memory: {1}', path(error), String(error.details['reason'] ?? error.message)),
        waysOut: ['show-log'],
      };
    case 'invalid-path':
      return {
        severity: 'warning',
        message: t('The path {0} cannot be used for a memory.', path(error)),
        waysOut: ['show-log'],
      };
    case 'credential':
      return { severity: 'warning', message: credentialWords(error.details, t), waysOut: ['allow-secret'] };
    case 'hidden-text':
      return { severity: 'warning', message: hiddenWords(error.details, t), waysOut: [] };
    case 'invalid-input':
      return { severity: 'warning', message: t('That cannot be used: {0}', error.message), waysOut: ['show-log'] };
    case 'invalid-setting':
      return {
        severity: 'warning',
        message: t('The setting {0} has a value that cannot be used.', String(error.details['setting'] ?? '')),
        waysOut: ['open-settings'],
      };
    case 'not-found':
      return {
        severity: 'warning',
        message: t('{0} is not there any more.', path(error) || t('What you asked for')),
        waysOut: ['show-log'],
      };
    case 'too-large':
      return {
        severity: 'warning',
        message: t('{0} is too large to be read.', path(error) || t('A file')),
        waysOut: ['show-log'],
      };
    default:
      return undefined;
  }
}

function situationWords(error: AgentDreamsError, t: Translate): ErrorWords | undefined {
  switch (error.code) {
    case 'no-workspace':
      return {
        severity: 'information',
        message: t('Open a folder first: a memory belongs to a folder.'),
        waysOut: ['open-folder'],
      };
    case 'untrusted-workspace':
      return {
        severity: 'information',
        message: t('This workspace is not trusted: its memory is shown, but nothing is captured, dreamed or written.'),
        waysOut: ['manage-trust'],
      };
    case 'no-logs':
      return {
        severity: 'information',
        message: t(
          'No Claude Code sessions of this folder were found. If the folder was moved or renamed, adopt the sessions of its old path.',
        ),
        waysOut: ['adopt', 'open-settings'],
      };
    case 'not-initialized':
      return {
        severity: 'information',
        message: t('This folder has no memory yet.'),
        waysOut: ['initialize'],
      };
    case 'not-enough-sessions':
      return {
        severity: 'information',
        message: t(
          'Nothing to dream yet, {0} of {1} new sessions.',
          Number(error.details['have'] ?? 0),
          Number(error.details['need'] ?? 0),
        ),
        waysOut: [],
      };
    default:
      return undefined;
  }
}

/** A change that was saved, or may have been, before the disk failed: "nothing was changed" would not be true. */
function unfinishedWords(error: AgentDreamsError, t: Translate): ErrorWords {
  const message =
    error.details['unfinished'] === true
      ? t(
          'The change is saved but not yet in its place: the disk failed. It is completed when the folder is opened again.',
        )
      : t('The disk failed while the change was saved. When the folder is opened again it is complete, or not there.');
  return { severity: 'error', message, waysOut: ['show-log'] };
}

/**
 * The words for a failure: what happened and what to do, never a stack. Undefined where there is nothing to say,
 * because the user cancelled. An error that nobody expected gets one line and the log.
 */
export function describeError(error: unknown, command: string, t: Translate): ErrorWords | undefined {
  if (!isAgentDreamsError(error)) {
    return { severity: 'error', message: t('{0} failed unexpectedly.', command), waysOut: ['show-log', 'retry'] };
  }
  if (error.code === 'cancelled') return undefined;
  if (error.details['unfinished'] === true || error.details['uncertain'] === true) return unfinishedWords(error, t);
  const model = modelMessage(error, t);
  if (model !== undefined) return { severity: 'warning', message: model, waysOut: modelWaysOut(error.code) };
  return (
    storeWords(error, t) ??
    contentWords(error, t) ??
    situationWords(error, t) ?? { severity: 'error', message: error.message, waysOut: ['show-log'] }
  );
}
