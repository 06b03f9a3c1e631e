/** Ends a test run with one plain line that scripts and people can read. */
module.exports = class CountReporter {
  onRunComplete(_, results) {
    const skipped = results.numPendingTests + results.numTodoTests;
    const broken = results.testResults.filter((file) => file.testExecError).length;
    const line = `${results.numPassedTests} passed, ${results.numFailedTests + broken} failed, ${skipped} skipped\n`;
    process.once('exit', () => process.stdout.write(line));
  }
};
