/** End to end, one file at a time: the built program as processes (started, stopped, killed), its pages in a real Chromium, odd input by the hundred. */
const base = require('./jest.config.js');

module.exports = {
  ...base,
  testMatch: ['<rootDir>/test/{e2e,blows,processes,fuzz,store/embedded}/**/*.test.ts'],
  testPathIgnorePatterns: [],
  testTimeout: 120000,
  maxWorkers: 1,
};
