import js from '@eslint/js';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

/** What the house forbids, by its shape, with what to do instead. */
const bans = {
  clock: [
    { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'The time comes from Clock.' },
    { selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']", message: 'The time comes from Clock.' },
    { selector: "MemberExpression[object.object.name='Temporal'][object.property.name='Now']", message: 'The time comes from Clock.' },
  ],
  environment: [{ selector: "MemberExpression[object.name='process'][property.name='env']", message: 'The environment is read by platform/config.ts alone.' }],
  chance: [{ selector: "MemberExpression[object.name='Math'][property.name='random']", message: 'Chance comes from node:crypto, ids from newId().' }],
  repository: [
    { selector: "Decorator[expression.callee.name='InjectRepository']", message: 'Repositories come from database.of(…), inside the unit of work.' },
    { selector: "CallExpression[callee.property.name=/^(save|remove|softRemove|recover)$/]", message: 'Write with insert(), or with updateOne() where id and version.' },
    { selector: "CallExpression[callee.property.name='query'][callee.object.name=/^(dataSource|source|manager|entityManager)$/]", message: 'Statements go through database.sql(…), inside the unit of work.' },
    { selector: "CallExpression[callee.property.name='query'][callee.object.property.name=/^(dataSource|source|manager|entityManager)$/]", message: 'Statements go through database.sql(…), inside the unit of work.' },
    { selector: "CallExpression[callee.name='forwardRef']", message: 'A knot means that a concept lives in the wrong module.' },
  ],
  parallel: [{ selector: "CallExpression[callee.object.name='Promise'][callee.property.name=/^(all|allSettled|any|race)$/]", message: 'Nothing runs in parallel inside a unit of work.' }],
  modules: [{ selector: 'ExportDefaultDeclaration', message: 'Exports have names.' }],
};
const ban = (...names) => ['error', ...names.flatMap((name) => bans[name])];

export default defineConfig(
  { ignores: ['node_modules/', 'dist/', 'coverage/', 'templates/assets/', '.jalon/', 'test/browser/screenshots/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { project: './tsconfig.json', tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
      '@typescript-eslint/no-extraneous-class': 'off', // a Nest module is a class without members
      '@typescript-eslint/require-await': 'off', // a method of a contract answers a promise though one of its makers need not wait
      '@typescript-eslint/unbound-method': ['error', { ignoreStatic: true }],
      'eqeqeq': 'error',
      'no-console': 'error',
      'no-eval': 'error',
      'no-restricted-syntax': ban('clock', 'environment', 'chance', 'repository', 'modules'),
    },
  },
  { files: ['src/modules/**/*.ts'], rules: { 'no-restricted-syntax': ban('clock', 'environment', 'chance', 'repository', 'parallel', 'modules') } },
  // Who may read the clock: itself, the maker of ids, and what counts seconds of a machine and not of the product.
  {
    files: ['src/platform/clock.ts', 'src/platform/id.ts', 'src/platform/database/database.ts', 'src/platform/database/roles.ts'],
    rules: { 'no-restricted-syntax': ban('environment', 'chance', 'repository', 'modules') },
  },
  // The embedded server waits for a process, and hands it a PATH.
  { files: ['src/platform/database/server.ts'], rules: { 'no-restricted-syntax': ban('chance', 'repository', 'modules') } },
  { files: ['src/platform/config.ts'], rules: { 'no-restricted-syntax': ban('clock', 'chance', 'repository', 'modules') } },
  // Measuring and testing read the machine's clock and environment, and send many requests at once.
  {
    files: ['test/**/*.ts', 'bench/**/*.ts', '**/*.spec.ts'],
    rules: { 'no-restricted-syntax': ban('chance'), '@typescript-eslint/unbound-method': 'off' },
  },
  { files: ['test/support/global-{setup,teardown}.ts'], rules: { 'no-restricted-syntax': 'off', 'no-console': 'off' } }, // Jest calls their default export
  // The command line speaks to people.
  { files: ['src/cli/**/*.ts', 'src/cli.ts', 'src/start.ts', 'bench/**/*.ts'], rules: { 'no-console': 'off' } },
  {
    files: ['**/*.mjs', '**/*.cjs', '**/*.js'],
    languageOptions: { globals: { process: 'readonly', console: 'readonly', Buffer: 'readonly', URL: 'readonly', setTimeout: 'readonly', clearTimeout: 'readonly', module: 'writable', require: 'readonly', __dirname: 'readonly' } },
  },
  { files: ['**/*.js', '**/*.cjs'], languageOptions: { sourceType: 'commonjs' } },
  { files: ['src/browser/**/*.js', 'templates/**/*.js'], languageOptions: { sourceType: 'script', globals: { document: 'readonly', window: 'readonly', htmx: 'readonly', location: 'readonly', sessionStorage: 'readonly' } } },
);
