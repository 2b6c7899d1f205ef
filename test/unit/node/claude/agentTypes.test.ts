import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { agentTypes } from '../../../../src/node/claude/agentTypes';

const made: string[] = [];
afterEach(async () => {
  for (const folder of made.splice(0)) await rm(folder, { recursive: true, force: true });
});

async function folder(files: Readonly<Record<string, string>>): Promise<string> {
  const root = await mkdtemp(path.join(tmpdir(), 'agent-types-'));
  made.push(root);
  for (const [name, text] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(root, name)), { recursive: true });
    await writeFile(path.join(root, name), text);
  }
  return root;
}

describe('types of agents', () => {
  it('are the built-in ones where nobody made any', async () => {
    const nowhere = path.join(tmpdir(), 'no-such-folder');
    expect(await agentTypes({ root: nowhere, configDir: nowhere })).toEqual(['general-purpose', 'Explore', 'Plan']);
  });

  it('are those of the workspace and of the user besides, each once', async () => {
    const root = await folder({
      '.claude/agents/a.md': '---\nname: reviewer\ndescription: Reviews\n---\nText',
      '.claude/agents/team/b.md': '---\r\nname: "tester"\r\n---\r\n',
      '.claude/agents/no-name.md': '---\ndescription: x\n---\n',
      '.claude/agents/plain.md': 'name: nobody\n',
      '.claude/agents/notes.txt': '---\nname: nobody\n---\n',
      '.claude/agents/evil.md': '---\nname: "two\\nlines"\n---\n',
    });
    const configDir = await folder({
      'agents/c.md': '---\nname: Reviewer\n---\n',
      'agents/d.md': '---\nname: p:doc\n---\n',
    });
    await symlink('/etc/passwd', path.join(root, '.claude/agents/link.md'));

    const found = await agentTypes({ root, configDir });
    expect(found.slice(3)).toEqual(['reviewer', 'tester', 'p:doc']);
  });
});
