import { describe, expect, it } from 'vitest';
import { denyRules, isOurRule } from '../../../../../src/core/recall/connect/denyRules';
import { hookGroups, type HookPlace } from '../../../../../src/core/recall/connect/hookCommands';
import { isOurHandler } from '../../../../../src/core/recall/connect/ours';
import { parseRecord } from '../../../../../src/core/recall/connect/record';
import type { HookGroup } from '../../../../../src/core/recall/connect/settingsText';

const PLACE: HookPlace = {
  platform: 'posix',
  recallFolder: "/home/o'dev/shop/.agent-memory/.local/recall",
  prefix: '',
  root: "/home/o'dev/shop",
};
const WISHES = { hookFiles: 1, agentTypes: [], sessionEnd: false };

const handlersOf = (groups: readonly HookGroup[]) => groups.flatMap(({ hooks }) => hooks);
const matchers = (groups: readonly HookGroup[]): readonly (string | undefined)[] =>
  groups.filter(({ event }) => event === 'SubagentStart').map(({ matcher }) => matcher);

describe('the hooks of a connection', () => {
  it('match each type of agents once: by its own group, or by that of all others', () => {
    const groups = hookGroups(PLACE, { ...WISHES, agentTypes: ['reviewer', 'a.b', 'fork', 'plug:in', 'reviewer'] });
    const matching = (type: string): number =>
      matchers(groups).filter((matcher) => new RegExp(matcher ?? '', 'u').test(type)).length;
    for (const type of ['reviewer', 'a.b', 'plug:in', 'code-reviewer', 'axb', 'Explore'])
      expect(matching(type)).toBe(1);
    expect(matching('fork')).toBe(0);
  });

  it('name the path alone without git, in no shell', () => {
    const [handler] = handlersOf(hookGroups({ ...PLACE, prefix: undefined }, WISHES));
    expect(handler).toEqual({
      type: 'command',
      command: 'head',
      args: ['-c', '65536', `${PLACE.recallFolder}/session-start.json`],
      timeout: 5,
    });
  });

  it('quote what stands in a path', () => {
    const [handler] = handlersOf(hookGroups(PLACE, WISHES));
    expect(handler?.command).toContain(`'/home/o'\\''dev/shop/.agent-memory/.local/recall/session-start.json'`);
  });

  it('print bytes by powershell on Windows', () => {
    const place: HookPlace = {
      platform: 'windows',
      recallFolder: "C:\\o'dev\\shop\\.agent-memory\\.local\\recall",
      prefix: '',
      stableCommand: 'C:\\u\\bin\\agent-dreams',
      root: 'C:\\dev\\shop',
    };
    const handlers = handlersOf(hookGroups(place, { ...WISHES, sessionEnd: true }));
    expect(handlers[0]?.command).toBe('powershell');
    expect(handlers[0]?.args?.at(-1)).toContain(
      "OpenRead('C:\\o''dev\\shop\\.agent-memory\\.local\\recall\\session-start.json')",
    );
    expect(handlers.at(-1)).toMatchObject({
      command: 'C:\\u\\bin\\agent-dreams.cmd',
      args: ['capture', '--detach', 'C:\\dev\\shop'],
    });
    const marks = { prefix: '', stableCommand: place.stableCommand };
    expect(handlers.every((handler) => isOurHandler(handler, marks))).toBe(true);
  });

  it('keep the name of a folder inside of its quotes on Windows', () => {
    const place: HookPlace = {
      platform: 'windows',
      recallFolder: 'C:\\a\u2019);calc;(\u2018',
      prefix: '',
      stableCommand: 'C:\\u\\bin\\agent-dreams',
      root: 'C:\\a&calc',
    };
    const groups = hookGroups(place, { ...WISHES, sessionEnd: true });
    expect(handlersOf(groups)[0]?.args?.at(-1)).toContain(
      "OpenRead('C:\\a\u2019\u2019);calc;(\u2018\u2018\\session-start.json')",
    );
    expect(groups.some(({ event }) => event === 'SessionEnd')).toBe(false);
  });

  it('are known as ours where a folder is called as our tag is', () => {
    for (const prefix of ['', '# Agent Dreams x/', 'a/# Agent Dreams/']) {
      const place = { ...PLACE, prefix, recallFolder: '/r/# Agent Dreams x/.agent-memory/.local/recall' };
      const [handler] = handlersOf(hookGroups(place, WISHES));
      expect(isOurHandler(handler, { prefix })).toBe(true);
      expect(isOurHandler(handler, { prefix: 'packages/app/' })).toBe(false);
    }
  });

  it('are known as ours, and those of another store of the repository are not', () => {
    const app = { ...PLACE, prefix: 'packages/app/', recallFolder: '/r/packages/app/.agent-memory/.local/recall' };
    const handlers = handlersOf(hookGroups(app, WISHES));
    expect(handlers.every((handler) => isOurHandler(handler, { prefix: 'packages/app/' }))).toBe(true);
    expect(handlers.some((handler) => isOurHandler(handler, { prefix: '' }))).toBe(false);
    for (const other of [{ type: 'command', command: 'date' }, 'cat', null, { command: 7, args: 'x' }])
      expect(isOurHandler(other, { prefix: '' })).toBe(false);
  });
});

describe('the rules that keep agents out', () => {
  it('name every part but the inbox where there is one', () => {
    const whole = denyRules('/r/.agent-memory/.local', { prefix: '', inbox: false });
    expect(whole).toEqual(['Read(//r/.agent-memory/.local/**)', 'Read(.agent-memory/.local/**)']);
    const parts = denyRules('/r/.agent-memory/.local', { prefix: '', inbox: true });
    expect(parts).toContain('Read(//r/.agent-memory/.local/personal/**)');
    expect(parts.some((rule) => rule.includes('inbox') || rule.includes('.local/**'))).toBe(false);
    expect([...whole, ...parts].every((rule) => isOurRule(rule, { prefix: '' }))).toBe(true);
  });

  it('write a drive as Claude Code does', () => {
    const [rule] = denyRules('C:\\r\\.agent-memory\\.local', { prefix: '', inbox: false });
    expect(rule).toBe('Read(//c/r/.agent-memory/.local/**)');
  });

  it('are told from those of other stores in the repository, of which there may be no record', () => {
    const top = { prefix: '', folder: '/r' };
    const app = { prefix: 'packages/app/', folder: '/r/packages/app' };
    const rulesOf = (folder: string, prefix: string) =>
      denyRules(`${folder}/.agent-memory/.local`, { prefix, inbox: true });
    for (const rule of rulesOf('/r', ''))
      expect([rule, isOurRule(rule, top), isOurRule(rule, app)]).toEqual([rule, true, false]);
    for (const rule of rulesOf('/r/packages/app', 'packages/app/'))
      expect([rule, isOurRule(rule, top), isOurRule(rule, app)]).toEqual([rule, false, true]);
    for (const rule of rulesOf('/r/old/packages/app', 'packages/app/')) expect(isOurRule(rule, app)).toBe(false);
    // From before the repository moved.
    for (const rule of rulesOf('/elsewhere/packages/app', 'packages/app/')) expect(isOurRule(rule, app)).toBe(true);
    const drive = denyRules('C:\\r\\.agent-memory\\.local', { prefix: '', inbox: false });
    expect(drive.every((rule) => isOurRule(rule, { prefix: '', folder: 'C:\\r' }))).toBe(true);
  });

  it('leave rules of people alone', () => {
    for (const rule of ['Read(./.env)', 'Bash(.agent-memory/.local/x)', 'Read', 7, undefined])
      expect(isOurRule(rule, { prefix: '' })).toBe(false);
  });
});

describe('the record of a connection', () => {
  it('is nothing where it was damaged', () => {
    for (const text of ['', '{', '[]', '{"format":1}', '{"format":2,"files":[]}'])
      expect(parseRecord(text)).toBeUndefined();
  });
});
