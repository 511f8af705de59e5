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
  globalSetup: "<rootDir>/__tests__/support/find-tools.ts",
  globalTeardown: "<rootDir>/__tests__/support/end-tools.ts",
};

module.exports = {
  projects: [
    project("unit", onCdktn),
    ...["end-to-end", "faults", "consumers"].map((name) => project(name, onRealParts)),
    project("versions", {
      ...onRealParts,
      // The oldest Terraform also does what these fault tests test.
      testMatch: ["<rootDir>/__tests__/versions/**/*.test.ts", "<rootDir>/__tests__/faults/p*.test.ts"],
      setupFiles: ["<rootDir>/__tests__/support/terraform-1.5.ts"],
    }),
  ],
  // End-to-end tests mostly wait for Terraform, which can take long on a busy machine.
  testTimeout: 240_000,
  // Terraform sometimes waits for AWS. One more worker than cores uses that time.
  maxWorkers: cpus().length + 1,
  testSequencer: "<rootDir>/__tests__/support/slowest-first.js",
  reporters: ["default", "<rootDir>/__tests__/support/count-reporter.js"],
};
