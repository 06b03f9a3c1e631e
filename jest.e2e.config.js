/** Browser tests: the built program in a real Chromium, one file at a time. */
const base = require('./jest.config.js');

module.exports = {
  ...base,
  testMatch: ['<rootDir>/test/e2e/**/*.test.ts'],
  testPathIgnorePatterns: [],
  testTimeout: 120000,
  maxWorkers: 1,
};
