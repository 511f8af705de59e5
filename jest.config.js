const project = (name, more) => ({
  displayName: name,
  testMatch: [`<rootDir>/__tests__/${name}/**/*.test.ts`],
  transform: { "\\.ts$": ["@swc/jest", { jsc: { parser: { syntax: "typescript" }, target: "es2022" } }] },
  ...more,
});

const onRealParts = { globalSetup: "<rootDir>/__tests__/support/find-real-parts.ts" };

module.exports = {
  projects: [project("unit"), project("end-to-end", onRealParts), project("faults", onRealParts)],
  // End-to-end tests mostly wait for Terraform; a test there may take long on a busy machine.
  testTimeout: 240_000,
  maxWorkers: "100%",
  reporters: ["default", "<rootDir>/scripts/support/count-reporter.js"],
};
