/** Tests run from the TypeScript source; the process zone is deliberately not the bureau's, so that nothing can lean on it. */
process.env.TZ = 'America/New_York';

module.exports = {
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  /** Whole processes, browsers and odd input are run by jest.e2e.config.js. */
  testPathIgnorePatterns: ['<rootDir>/test/(e2e|blows|processes|fuzz|store/embedded)/'],
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/data/'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' }, sourceMaps: 'inline' },
    ],
  },
  moduleFileExtensions: ['ts', 'js', 'json'],
  globalSetup: '<rootDir>/test/support/jest/globalSetup.ts',
  globalTeardown: '<rootDir>/test/support/jest/globalTeardown.ts',
  reporters: ['default', '<rootDir>/test/support/jest/countReporter.js'],
  testTimeout: 30000,
  maxWorkers: 2,
  /** A worker keeps something of every file it has run; a full heap makes the long files three times as slow as they are alone. */
  workerIdleMemoryLimit: '700MB',
};
