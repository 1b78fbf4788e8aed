const { testPathIgnorePatterns, ...base } = require('./jest.config');

/** Every page in a real Chromium, in three languages and at two widths: minutes, not seconds. */
module.exports = { ...base, roots: ['<rootDir>/test/browser'], testPathIgnorePatterns: testPathIgnorePatterns.filter((path) => !path.includes('browser')), testTimeout: 600_000 };
