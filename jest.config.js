const swc = JSON.parse(require('node:fs').readFileSync(`${__dirname}/.swcrc`, 'utf8'));
delete swc.$schema;

/** The whole suite: what is pure beside the code, journeys on a real PostgreSQL under test/. */
module.exports = {
  rootDir: __dirname,
  roots: ['<rootDir>/src', '<rootDir>/test'],
  testRegex: '\\.spec\\.ts$',
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/browser/'],
  // A dynamic import becomes a require: Jest's modules cannot wait for the other kind.
  transform: { '^.+\\.(t|j|mj)s$': ['@swc/jest', { ...swc, module: { ...swc.module, ignoreDynamic: false } }] },
  // Packages that come as ES modules only.
  transformIgnorePatterns: ['/node_modules/(?!(@nestjs|@formatjs|file-type|intl-messageformat|node-pg-migrate|strtok3|token-types|uint8array-extras|@tokenizer|@borewit|temporal-polyfill|temporal-utils)/)'],
  testEnvironment: 'node',
  globalSetup: '<rootDir>/test/support/global-setup.ts',
  globalTeardown: '<rootDir>/test/support/global-teardown.ts',
  maxWorkers: '100%',
  testSequencer: '<rootDir>/test/support/longest-first.cjs',
  testTimeout: 120_000,
};
