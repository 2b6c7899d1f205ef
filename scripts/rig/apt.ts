import { existsSync } from 'node:fs';
import { mustRun, say } from '../process';

const command = process.getuid?.() === 0 ? 'apt-get' : 'sudo apt-get';

/** True on Debian, Ubuntu and their relatives. */
export function hasApt(): boolean {
  return existsSync('/usr/bin/apt-get');
}

/** Installs packages with apt-get, with sudo only where this is not root. Throws with apt's words where that fails. */
export async function aptInstall(packages: readonly string[]): Promise<void> {
  say(`Installing ${packages.join(', ')} with apt ...`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const install = `${command} install -y -qq --no-install-recommends ${packages.join(' ')}`;
  await mustRun('sh', ['-c', `${command} update -qq && ${install}`], { env });
}
