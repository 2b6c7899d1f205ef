import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { mustRun } from '../../scripts/process';

export interface InjectionText {
  readonly file: string;
  readonly kind: 'attack' | 'benign';
  readonly text: string;
}

/** The texts of the development corpora, unpacked afresh, or undefined where they are not on this machine. */
export async function injectionTexts(archive: string): Promise<readonly InjectionText[] | undefined> {
  if ((await stat(archive).catch(() => undefined)) === undefined) return undefined;
  const folder = await mkdtemp(path.join(tmpdir(), 'agent-dreams-injection-'));
  try {
    await mustRun('tar', ['-xJf', archive, '-C', folder]);
    const files = ['agent_artifacts', 'garak', 'owasp_amg', 'notinject'];
    const texts: InjectionText[] = [];
    for (const name of files) {
      const lines = (await readFile(path.join(folder, 'injection', `${name}.jsonl`), 'utf8')).split('\n');
      for (const line of lines.filter((one) => one !== '')) {
        const { kind, text } = JSON.parse(line) as { readonly kind: 'attack' | 'benign'; readonly text: string };
        texts.push({ file: name, kind, text });
      }
    }
    return texts;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
