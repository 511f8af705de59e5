const { default: Sequencer } = require("@jest/test-sequencer");

/** Tests that take minutes. Without a cache, Jest starts the largest files first, and waits for these at the end. */
const SLOWEST = [
  "consumers/fresh-app",
  "versions/every-input",
  "consumers/npm-packages",
  "faults/killed-apply",
  "faults/demo",
  "faults/aws-in-trouble",
  "end-to-end/examples",
  "end-to-end/rules-in-both-languages",
  "end-to-end/terraform-module",
];

const rank = ({ path }) => {
  const at = SLOWEST.findIndex((name) => path.endsWith(`${name}.test.ts`));
  return at < 0 ? SLOWEST.length : at;
};

module.exports = class extends Sequencer {
  sort(tests) {
    return super.sort(tests).sort((one, other) => rank(one) - rank(other));
  }
};
