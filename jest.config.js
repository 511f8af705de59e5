const { cpus } = require("node:os");

const project = (name, more) => ({
  displayName: name,
  testMatch: [`<rootDir>/__tests__/${name}/**/*.test.ts`],
  transform: { "\\.ts$": ["@swc/jest", { jsc: { parser: { syntax: "typescript" }, target: "es2022" } }] },
  ...more,
});

// Runs the same sources with CDK Terrain instead of CDKTF, if CDKTN_NODE_MODULES is set.
const { CDKTN_NODE_MODULES: cdktn } = process.env;
const onCdktn = cdktn && {
  moduleNameMapper: {
    "^cdktf$": `${cdktn}/cdktn`,
    "^constructs$": `${cdktn}/constructs`,
    "^@cdktf/provider-aws/(.*)$": `${cdktn}/@cdktn/provider-aws/$1`,
  },
};

const onRealParts = {
  globalSetup: "<rootDir>/__tests__/support/find-real-parts.ts",
  globalTeardown: "<rootDir>/__tests__/support/end-real-parts.ts",
};

module.exports = {
  projects: [
    project("unit", onCdktn),
    ...["end-to-end", "faults", "consumers", "versions"].map((name) => project(name, onRealParts)),
  ],
  // End-to-end tests mostly wait for Terraform, which can take long on a busy machine.
  testTimeout: 240_000,
  // Terraform sometimes waits for AWS. One more worker than cores uses that time.
  maxWorkers: cpus().length + 1,
  testSequencer: "<rootDir>/__tests__/support/slowest-first.js",
  reporters: ["default", "<rootDir>/__tests__/support/count-reporter.js"],
};
