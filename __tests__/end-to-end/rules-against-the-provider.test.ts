import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import type { EcsTaskExecutionRoleProps } from "../../modules/ecs-task-execution-role";
import { run, succeed } from "../../scripts/tools/child-process";
import { AWS_PROVIDER_VERSIONS } from "../../scripts/tools/terraform/terraform";
import { endToEnd } from "../support/end-to-end";
import { violationsAtSynth } from "../support/inputs";

const EACH = 120;

const allowed = fc.constantFrom(..."aZ09_+=,.@-");
const any = fc.oneof(
  { weight: 8, arbitrary: allowed },
  fc.constantFrom(..."/ :;#*\t\n\"'“‘’–éß日☃\u007f\u00a0\u00ff\u0100"),
);
const near = (limit: number) => fc.integer({ min: limit - 2, max: limit + 2 }).map((length) => "x".repeat(length));
const text = (limit: number, character: fc.Arbitrary<string>) =>
  fc.oneof(
    fc.array(allowed, { maxLength: 12 }).map((all) => all.join("")),
    fc.array(character, { maxLength: 12 }).map((all) => all.join("")),
    near(limit),
  );

const path = fc.oneof(
  text(512, any),
  fc
    .array(fc.array(fc.oneof(allowed, fc.constantFrom(..."!~ /é")), { maxLength: 5 }))
    .map((tools) => `/${tools.map((part) => part.join("")).join("/")}/`),
  near(510).map((middle) => `/${middle}/`),
  fc.constantFrom("/", "//", "/ecs", "ecs/", "/ecs/", "/a b/"),
);

const seconds = fc.oneof(
  fc.integer({ min: 0, max: 50_000 }),
  fc.constantFrom(3599, 3600, 3601, 43199, 43200, 43201, 3600.5, -3600),
);

type Case = { readonly prop: keyof EcsTaskExecutionRoleProps; readonly argument: string; readonly value: unknown };

const sample = (prop: Case["prop"], argument: string, values: fc.Arbitrary<unknown>): Case[] =>
  fc.sample(values, { seed: 42, numRuns: EACH }).map((value) => ({ prop, argument, value }));

const CASES: readonly Case[] = [
  ...sample("roleName", "name", text(64, any)),
  ...sample("roleNamePrefix", "name_prefix", text(38, any)),
  ...sample("path", "path", path),
  ...sample("description", "description", text(1000, any)),
  ...sample("maxSessionDuration", "max_session_duration", seconds),
];

/** The values that our rules reject on purpose: the provider accepts them, but AWS rejects them. */
const STRICTER_ON_PURPOSE: Record<string, (verdict: { prop: string; value: unknown }) => boolean> = {
  "a path begins and ends with a slash": ({ prop, value }) =>
    prop === "path" && (value === "//" || !/^\/(.*\/)?$/s.test(String(value))),
  "a path has visible ASCII characters only": ({ prop, value }) =>
    prop === "path" && /[^\x21-\x7e]/.test(String(value)),
  "a description has the characters of the IAM API's own pattern": ({ prop, value }) =>
    prop === "description" && /[^\t\n\r\x20-\x7e\u00a1-\u00ff]/.test(String(value)),
};

endToEnd("the rules and the validation of the AWS provider", (tools) => {
  test(`agree on ${CASES.length} generated values, except where the rules are stricter on purpose`, async () => {
    const folder = join(tools.folder, "validate");
    await mkdir(folder);
    const roles = CASES.map(({ argument, value }, index) => [
      `case_${index}`,
      { assume_role_policy: "{}", [argument]: value },
    ]);
    await writeFile(
      join(folder, "main.tf.json"),
      // In many lines, because each diagnostic quotes its line.
      JSON.stringify(
        {
          terraform: { required_providers: { aws: { source: "hashicorp/aws", version: AWS_PROVIDER_VERSIONS } } },
          resource: { aws_iam_role: Object.fromEntries(roles) },
        },
        null,
        1,
      ),
    );
    const terraform = (...args: string[]) =>
      run(tools.terraform.command, args, {
        cwd: folder,
        env: { ...tools.environment, TF_REATTACH_PROVIDERS: tools.reattach },
      });
    succeed(await terraform("init", "-input=false"));
    const { diagnostics } = JSON.parse((await terraform("validate", "-json")).stdout) as {
      diagnostics: { severity: string; address: string }[];
    };
    const refusedByProvider = new Set(
      diagnostics.filter(({ severity }) => severity === "error").map(({ address }) => address),
    );

    const verdicts = CASES.map(({ prop, value }, index) => ({
      prop,
      value,
      ours: violationsAtSynth({ [prop]: value }).length === 0,
      theirs: !refusedByProvider.has(`aws_iam_role.case_${index}`),
    }));
    expect(verdicts.filter(({ ours }) => ours).length).toBeGreaterThan(CASES.length / 5);
    expect(verdicts.filter(({ theirs }) => !theirs).length).toBeGreaterThan(CASES.length / 10);

    const looser = verdicts.filter(({ ours, theirs }) => ours && !theirs);
    expect(looser).toEqual([]);

    const stricter = verdicts.filter(({ ours, theirs }) => !ours && theirs);
    const onPurpose = Object.values(STRICTER_ON_PURPOSE);
    expect(stricter.filter((verdict) => !onPurpose.some((is) => is(verdict)))).toEqual([]);
    for (const is of onPurpose) {
      expect(stricter.some(is)).toBe(true);
    }
  });
});
