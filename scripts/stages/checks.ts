import path from 'node:path';
import { runProgram } from '../process';
import { root } from '../root';
import type { Stage } from './stage';

interface Check {
  readonly name: string;
  readonly proves: string;
  /** Each is a tool in node_modules with its arguments; each counts as one test. */
  readonly commands: readonly (readonly [tool: string, ...args: string[]])[];
}

const CHECKS: readonly Check[] = [
  { name: 'lint', proves: 'house rules and layers', commands: [['eslint', '.', '--max-warnings', '0']] },
  { name: 'format', proves: 'one code style', commands: [['prettier', '--check', '--log-level', 'warn', '.']] },
  {
    name: 'types',
    proves: 'strict types; the core with no ambient types',
    commands: [
      ['tsc', '--noEmit', '-p', 'tsconfig.json'],
      ['tsc', '--noEmit', '-p', 'src/core/tsconfig.json'],
    ],
  },
  { name: 'knip', proves: 'no dead code, no unused package', commands: [['knip']] },
];

/** Path of a tool that npm installed. */
export function toolPath(tool: string): string {
  return path.join(root, 'node_modules/.bin', process.platform === 'win32' ? `${tool}.cmd` : tool);
}

function toStage({ name, proves, commands }: Check): Stage {
  return {
    name,
    proves,
    run: async () => {
      let passed = 0;
      for (const [tool, ...args] of commands) {
        const { code } = await runProgram(toolPath(tool), args, { cwd: root, shell: process.platform === 'win32' });
        if (code === 0) passed += 1;
      }
      return { passed, failed: commands.length - passed };
    },
  };
}

/** The checks that read the code without running it. */
export const checkStages: readonly Stage[] = CHECKS.map(toStage);
