/** End to end, one file at a time: the built program as processes (started, stopped, killed), and its pages in a real Chromium. */
const base = require('./jest.config.js');

module.exports = {
  ...base,
  testMatch: ['<rootDir>/test/{e2e,blows,processes}/**/*.test.ts'],
  testPathIgnorePatterns: [],
  testTimeout: 120000,
  maxWorkers: 1,
};
