import type { CorePorts } from '../ports';

/** Renames a file of `.local` that cannot be read to `<name>.broken-<time>` and says so in the log. Returns the name. */
export async function setAside(
  ports: Pick<CorePorts, 'files' | 'clock' | 'logger'>,
  path: string,
  reason: string,
): Promise<string> {
  const stamp = new Date(ports.clock.now()).toISOString().replace(/[:.]/gu, '-');
  const aside = `${path}.broken-${stamp}`;
  await ports.files.rename(path, aside);
  ports.logger.warn(`${path} cannot be read (${reason}); it is kept as ${aside}`);
  return aside;
}
