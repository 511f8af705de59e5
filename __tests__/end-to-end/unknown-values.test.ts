import { EcsTaskDefinition } from "@cdktf/provider-aws/lib/ecs-task-definition";
import { DataResource, TerraformOutput, TerraformVariable, Token } from "cdktf";
import fc from "fast-check";
import { EcsTaskExecutionRole, type TaskExecutionAccess } from "../../modules/ecs-task-execution-role";
import { ARN_FIELD_NAMES } from "../../modules/ecs-task-execution-role/access";
import { policyDocumentSize } from "../../modules/ecs-task-execution-role/policy-document-size";
import { policyDocuments, roleNames } from "../support/account";
import { arbitraryAccess } from "../support/arbitrary-access";
import { endToEnd } from "../support/end-to-end";
import { Workspace } from "../support/workspace";

// The emulator hands policies out unescaped, so that the provider reads another + or % than it wrote,
// and Terraform writes & < > as six characters, which are counted so and read back as one.
const ACCESSES = fc
  .sample(arbitraryAccess, { seed: 3, numRuns: 100 })
  .filter((access) => !/[+%&<>]/.test(JSON.stringify(access)))
  .filter((access) => ARN_FIELD_NAMES.filter((field) => access[field]?.length).length >= 3)
  .slice(0, 3);

endToEnd("values that Terraform knows only at apply", (parts) => {
  test("give the same policy as the literal ones, whether they come one by one or as lists", async () => {
    const workspace = new Workspace(parts, "unknown");
    workspace.synthesize((stack) => {
      for (const [index, access] of ACCESSES.entries()) {
        const unknown = new DataResource(stack, `data-${index}`, { input: { ...access } });
        const output = (of: string) => `\${terraform_data.${unknown.friendlyUniqueId}.output.${of}}`;
        const mapFields = (
          map: (field: (typeof ARN_FIELD_NAMES)[number]) => readonly string[],
        ): TaskExecutionAccess => ({
          ...access,
          ...Object.fromEntries(
            ARN_FIELD_NAMES.filter((field) => access[field]?.length).map((field) => [field, map(field)]),
          ),
        });
        const oneByOne = mapFields((field) => (access[field] ?? []).map((_, at) => output(`${field}[${at}]`)));
        const lists = mapFields((field) => [...Token.asList(output(field)), ...(access[field] ?? []).slice(0, 1)]);
        // Known and unknown fields meet in one statement.
        const mixed = mapFields((field) =>
          ARN_FIELD_NAMES.indexOf(field) % 2 === 0 ? (access[field] ?? []) : Token.asList(output(field)),
        );
        for (const [kind, given] of Object.entries({ literal: access, oneByOne, lists, mixed })) {
          new EcsTaskExecutionRole(stack, `${kind}-${index}`, { roleName: `${kind}-${index}`, access: given });
        }
      }
    });
    await workspace.apply();
    await workspace.expectNoChanges();

    expect(ACCESSES).toHaveLength(3);
    for (const [index, access] of ACCESSES.entries()) {
      const [literal] = await policyDocuments(parts.iam, `literal-${index}`);
      expect(await policyDocuments(parts.iam, `oneByOne-${index}`)).toEqual([literal]);
      expect(await policyDocuments(parts.iam, `lists-${index}`)).toEqual([literal]);
      expect(await policyDocuments(parts.iam, `mixed-${index}`)).toEqual([literal]);
      expect(JSON.stringify(literal).replace(/\s/g, "").length).toBe(policyDocumentSize(access));
    }
  });

  test.each([
    [
      "an ARN of the wrong service",
      ["arn:aws:s3:::bucket/key"],
      `access.secrets: got ["arn:aws:s3:::bucket/key"]; must be the ARN of a Secrets Manager secret`,
    ],
    ["an empty list", [], "access.secrets: got an empty list; must hold something"],
    [
      "a policy that is too long",
      Array.from({ length: 90 }, (_, i) => `arn:aws:secretsmanager:eu-west-1:111122223333:secret:orders/${i}-AbCdEf`),
      "characters; must give a policy of at most 6144 characters without white space",
    ],
  ])("are checked by Terraform, in our words, before the policy is made: %s", async (_, secrets, message) => {
    const workspace = new Workspace(parts, `refused-${secrets.length}`);
    workspace.synthesize((stack) => {
      const unknown = new DataResource(stack, "data", { input: { secrets } });
      new EcsTaskExecutionRole(stack, "execution", {
        roleName: `refused-${secrets.length}`,
        access: { secrets: Token.asList(`\${terraform_data.${unknown.friendlyUniqueId}.output.secrets}`) },
      });
    });
    const { code, output } = await workspace.terraform("apply", "-input=false", "-auto-approve");
    expect(code).toBe(1);
    const text = output.replace(/\n[│\s]*/g, " ");
    expect(text).toContain(`EcsTaskExecutionRole "refused-${secrets.length}/execution" has input that is not valid:`);
    expect(text).toContain(message);
    expect(await policyDocuments(parts.iam, `refused-${secrets.length}`)).toEqual([]);
    await workspace.destroy();
  });

  test("a grant that comes later adds to the policy in place and leaves the task definition alone", async () => {
    const workspace = new Workspace(parts, "grant");
    const build = (grant: (role: EcsTaskExecutionRole) => void) =>
      workspace.synthesize((stack) => {
        const name = new TerraformVariable(stack, "name", { default: "db" });
        const execution = new EcsTaskExecutionRole(stack, "execution", {
          roleName: "grant",
          access: { secrets: [`arn:aws:secretsmanager:us-east-1:123456789012:secret:${name.stringValue}`] },
        });
        new EcsTaskDefinition(stack, "task", {
          family: "grant",
          containerDefinitions: JSON.stringify([{ name: "app", image: "app", memory: 128 }]),
          executionRoleArn: execution.roleArn,
        });
        grant(execution);
        new TerraformOutput(stack, "policy_arns", { value: execution.policyArns });
      });
    build(() => undefined);
    await workspace.apply();
    build((role) => {
      role.grant({ logGroups: ["arn:aws:logs:us-east-1:123456789012:log-group:/ecs/grant"], createLogGroups: true });
      role.grant({ guardDutyAgent: true });
    });
    const { changes } = await workspace.plan();
    expect(changes.map(({ type, change }) => [type, change.actions])).toEqual([["aws_iam_policy", ["update"]]]);
    await workspace.apply();
    expect(await workspace.outputs()).toEqual({
      policy_arns: { access: "arn:aws:iam::123456789012:policy/grant-access" },
    });
    await workspace.destroy();
    expect(await roleNames(parts.iam)).not.toContain("grant");
  });
});
