/** Ends a run of jest with one line that scripts can read; a test file that cannot run is a failure. */
module.exports = class CountReporter {
  onRunComplete(_contexts, results) {
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    const skipped = results.numPendingTests > 0 ? `, ${results.numPendingTests} skipped` : "";
    process.stdout.write(`${results.numPassedTests} passed, ${failed} failed${skipped}\n`);
  }
};
