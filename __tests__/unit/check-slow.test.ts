import type { RoleWithPolicies } from "../../cli/aws-calls/policies";
import type { StatementJson } from "../../cli/policy-json";
import { EXACT, policy, roleWith, verdict } from "../support/roles";

const READ = "secretsmanager:GetSecretValue";

const ranges = (from: number, count: number) => Array.from({ length: count }, (_, at) => `10.${from + at}.0.0/16`);
const inRanges = (Effect: string, addresses: readonly string[]): StatementJson => ({
  Effect,
  Action: READ,
  Resource: "*",
  Condition: { IpAddress: { "aws:SourceIp": addresses } },
});

/** Policies that took more than a minute when the command tried example values and regular expressions. */
const SLOW: readonly (readonly [string, RoleWithPolicies, string | RegExp])[] = [
  [
    "many addresses in the policy, the boundary and a Deny",
    roleWith([inRanges("Allow", ranges(0, 200)), inRanges("Deny", ranges(0, 150))], {
      boundary: policy([inRanges("Allow", ranges(140, 50))]),
    }),
    /^aws:SourceIp in 10\.150\.0\.0\/16 or .* or other values of its condition keys$/,
  ],
  [
    "many addresses that a Deny covers",
    roleWith([inRanges("Allow", ranges(0, 200)), inRanges("Deny", ["10.0.0.0/8"])]),
    "denied",
  ],
  [
    "many values of twelve keys",
    roleWith([
      {
        ...inRanges("Allow", ranges(0, 3)),
        Condition: {
          StringLike: Object.fromEntries(
            Array.from({ length: 12 }, (_, at) => [`aws:ResourceTag/${at}`, ["a*", "b*", "c*"]]),
          ),
        },
      },
    ]),
    /^aws:ResourceTag\/0 like a\* and .* and 8 more or other values of its condition keys$/,
  ],
  [
    "a log stream with many wildcards",
    roleWith([
      ...EXACT,
      {
        Effect: "Deny",
        Action: "logs:*",
        Resource: `arn:aws:logs:*:*:log-group:${"*a?".repeat(40)}:log-stream:${"*?b".repeat(40)}`,
      },
    ]),
    "ok",
  ],
];

test.each(SLOW)("a role with %s is checked in less than two seconds of processor time", async (_, role, expected) => {
  // Loads the reference of actions.
  await verdict(roleWith([{ Effect: "Allow", Action: "iam:*", Resource: "*" }]), READ);
  // Not the time of day, which other processes take as well.
  const start = process.cpuUsage();
  const found = await verdict(role, READ);
  expect(process.cpuUsage(start).user / 1_000_000).toBeLessThan(2);
  expect(found).toMatch(expected);
});
