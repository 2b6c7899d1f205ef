// The house rules that a machine can check. The layers: core <- node, engines <- vscode, mcp <- cli, extension.ts.
import { builtinModules } from 'node:module';
import sonarjs from 'eslint-plugin-sonarjs';
import tseslint from 'typescript-eslint';

const vscodeModule = { regex: '^vscode$', message: 'Only src/vscode and src/extension.ts may import vscode.' };
const nodeModules = {
  regex: `^(node:.*|(${builtinModules.filter((name) => !name.startsWith('_')).join('|')})(/.*)?)$`,
  message: 'The core has no Node; ask for a port (src/core/ports.ts).',
};
const layers = (...names) => ({
  regex: `^(\\.{1,2}/)+((src/)?(${names.join('|')}))(/|$)`,
  message: 'Dependencies point one way: core <- node, engines <- vscode, mcp <- cli.',
});
const entry = { regex: '^(\\.{1,2}/)+extension$', message: 'Nothing imports the entry.' };
const restrictImports = (...patterns) => ({ 'no-restricted-imports': ['error', { patterns: [...patterns, entry] }] });

const noDefaultExport = { selector: 'ExportDefaultDeclaration', message: 'Named exports only.' };
const noSwitchedOffTest = {
  selector: 'MemberExpression[property.name=/^(only|skip)$/][object.name=/^(describe|it|test|suite)$/]',
  message: 'Run every test; skipIf states its condition.',
};
const purity = [
  {
    selector: 'NewExpression[callee.name="Date"][arguments.length=0]',
    message: 'The core has no clock; use the Clock port.',
  },
  {
    selector: 'CallExpression[callee.property.name=/^(localeCompare|toLocale\\w+)$/]',
    message: 'Results must not depend on the locale; compare code units.',
  },
];
const ambient = ['process', 'Buffer', 'setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask', 'TextEncoder']
  .concat(['TextDecoder', 'URL', 'crypto', 'fetch', 'performance', 'structuredClone', 'console', 'Intl'])
  .map((name) => ({ name, message: 'The core compiles with no ambient types; use a port.' }));

export default tseslint.config(
  {
    ignores: [
      'node_modules/',
      'dist/',
      'out/',
      'coverage/',
      'test-results/',
      'examples/',
      'test/fixtures/',
      '**/*.mjs',
    ],
  },
  {
    files: ['**/*.ts', '**/*.mts'],
    extends: [tseslint.configs.strictTypeChecked],
    plugins: { sonarjs },
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      'sonarjs/cognitive-complexity': ['error', 15],
      'max-lines': ['error', 350],
      'max-lines-per-function': ['error', { max: 80, skipBlankLines: true, skipComments: true }],
      'no-warning-comments': ['error', { terms: ['todo', 'fixme', 'xxx'] }],
      eqeqeq: 'error',
      'no-empty': 'error',
      'no-useless-escape': 'error',
      'no-unsafe-finally': 'error',
      'no-async-promise-executor': 'error',
      'no-misleading-character-class': 'error',
      'no-unreachable-loop': 'error',
      'no-self-compare': 'error',
      'no-restricted-syntax': ['error', noDefaultExport],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-floating-promises': ['error', { checkThenables: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    },
  },
  { files: ['src/**/*.ts'], rules: { 'no-console': 'error' } },
  {
    files: ['src/core/**/*.ts'],
    rules: {
      ...restrictImports(vscodeModule, nodeModules, layers('node', 'engines', 'vscode', 'cli', 'mcp')),
      'no-restricted-globals': ['error', ...ambient],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: 'The core has no clock; use the Clock port.' },
        { object: 'Math', property: 'random', message: 'The core has no randomness; use the Ids port.' },
      ],
      'no-restricted-syntax': ['error', noDefaultExport, ...purity],
    },
  },
  {
    files: ['src/node/**/*.ts', 'src/engines/**/*.ts'],
    rules: restrictImports(vscodeModule, layers('vscode', 'cli', 'mcp')),
  },
  { files: ['src/mcp/**/*.ts'], rules: restrictImports(vscodeModule, layers('vscode', 'cli')) },
  { files: ['src/cli/**/*.ts'], rules: restrictImports(vscodeModule, layers('vscode')) },
  { files: ['src/vscode/**/*.ts'], rules: restrictImports(layers('cli', 'mcp')) },
  {
    files: ['test/**/*.ts', 'bench/**/*.ts'],
    rules: {
      'max-lines-per-function': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/require-await': 'off',
      'no-restricted-syntax': ['error', noDefaultExport, noSwitchedOffTest],
    },
  },
  { files: ['**/*.config.mts'], rules: { 'no-restricted-syntax': 'off' } },
);
