import { readFile } from 'node:fs/promises';
import { createSecretScanner } from '../../src/core/secrets/scanner';

interface Row {
  readonly rule: string;
  readonly kind: string;
  readonly value: string;
}

export interface Family {
  readonly rule: string;
  readonly samples: number;
  readonly found: number;
}

/** Per rule family of a corpus (one JSON row a line), how many of its true positives hold a finding. */
export async function measureFamilies(file: string): Promise<readonly Family[]> {
  const scanner = createSecretScanner();
  const families = new Map<string, Family>();
  for (const line of (await readFile(file, 'utf8')).split('\n')) {
    if (line === '') continue;
    const { rule, kind, value } = JSON.parse(line) as Row;
    if (kind !== 'tp') continue;
    const { samples, found } = families.get(rule) ?? { samples: 0, found: 0 };
    const hit = scanner.scan(value).length > 0 ? 1 : 0;
    families.set(rule, { rule, samples: samples + 1, found: found + hit });
  }
  return [...families.values()];
}

/** Mean of the families' recall, in percent. */
export function meanRecall(families: readonly Family[]): number {
  const sum = families.reduce((total, { found, samples }) => total + found / samples, 0);
  return (100 * sum) / families.length;
}
