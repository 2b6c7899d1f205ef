import type { Translate } from './translate';

/** "1 memory", "12 memories". */
export function memoryCount(count: number, t: Translate): string {
  return count === 1 ? t('1 memory') : t('{0} memories', count);
}

/** "1 file", "12 files". */
export function fileCount(count: number, t: Translate): string {
  return count === 1 ? t('1 file') : t('{0} files', count);
}
