import type { UserRuleFault } from '../../core/boundary/userRules';
import { settingsSection } from '../ids';
import type { Translate } from '../translate';
import type { SettingProblem } from './parseSettings';
import type { StoreFault } from './recallSettings';

/** One sentence that names the setting and says what it takes. */
export function describeProblem({ key, reason }: SettingProblem, t: Translate): string {
  const name = `${settingsSection}.${key}`;
  switch (reason.kind) {
    case 'not-boolean':
      return t('{0} must be true or false; the default is used.', name);
    case 'not-one-of':
      return t('{0} must be one of {1}; the default is used.', name, reason.allowed.join(', '));
    case 'out-of-range':
      return t('{0} must be a whole number from {1} to {2}; the default is used.', name, reason.min, reason.max);
    case 'not-a-time':
      return t('{0} must be a time as HH:MM on a 24-hour clock; the default is used.', name);
    case 'not-an-amount':
      return t('{0} must be an amount in US dollars from 0 to {1}; no limit counts as set.', name, reason.max);
    case 'not-a-model':
      return t('{0} must be the id of a model; the default is used.', name);
    case 'not-an-address':
      return t('{0} must be an address with https, or with http on this machine. Nothing is sent until it is.', name);
    case 'not-prices':
      return t('{0} must give models prices in US dollars per million tokens; it is ignored.', name);
    case 'not-absolute':
      return t('{0} must be an absolute path. Nothing is started until it is.', name);
    case 'not-a-list':
      return t('{0} must be a list of texts; it is ignored.', name);
    case 'not-fingerprints':
      return t('{0} must list fingerprints of 8 hexadecimal digits; others are ignored.', name);
    case 'not-a-store':
      return t('{0}: store {1} is ignored: {2}', name, reason.at, storeFaultWords(reason.fault, t));
    case 'not-a-secret-rule':
      return t('{0}: rule {1} is ignored: {2}', name, reason.at, faultWords(reason.fault, t));
    case 'not-a-path-map':
      return t('{0} must map old folders to new ones; it is ignored.', name);
  }
}

function storeFaultWords(fault: StoreFault, t: Translate): string {
  switch (fault) {
    case 'not-a-store':
      return t('it must be an object with a "path".');
    case 'not-absolute':
      return t('its path must be absolute.');
    case 'bad-text':
      return t('its name or its instructions are no text, or too long.');
    case 'bad-access':
      return t('its access must be read_only or read_write.');
    case 'twice':
      return t('another one has its path.');
  }
}

function faultWords(fault: UserRuleFault, t: Translate): string {
  switch (fault) {
    case 'not-a-rule':
      return t('it must have the texts "id" and "pattern".');
    case 'bad-id':
      return t('its id must be 2 to 40 lower-case letters, digits and dashes.');
    case 'duplicate-id':
      return t('another rule has its id.');
    case 'bad-keywords':
      return t('its keywords must be 1 to 20 texts without spaces.');
    case 'not-a-regex':
      return t('its pattern is no regular expression.');
    case 'too-long':
      return t('its pattern is longer than 500 characters.');
    case 'matches-nothing':
      return t('its pattern matches an empty text.');
    case 'unbounded':
      return t(
        'its pattern may repeat without end. Write {0} instead of * and +, and repeat no group that repeats.',
        '{0,100}',
      );
  }
}
