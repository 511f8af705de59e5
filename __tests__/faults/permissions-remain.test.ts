import {
  AttachRolePolicyCommand,
  CreatePolicyVersionCommand,
  CreateRoleCommand,
  GetRoleCommand,
  type IAMClient,
  PutRolePolicyCommand,
} from "@aws-sdk/client-iam";
import { readPolicy } from "../../cli/aws-calls/role";
import { EcsTaskExecutionRole, type EcsTaskExecutionRoleProps } from "../../modules/ecs-task-execution-role";
import type { AwsCall } from "../../scripts/tools/aws/aws-proxy";
import { succeed } from "../../scripts/tools/child-process";
import { attachedPolicies, ECS_TASKS_TRUST, inlinePolicies, MEDDLED, meddle, trustOf } from "../support/account";
import { moduleCalls } from "../support/as-variables";
import { endToEnd, IS_OLDEST } from "../support/end-to-end";
import { fixture } from "../support/fixture";
import { accessPolicyArn } from "../support/half-made";
import { Proxied } from "../support/proxied";

const SECRET = "arn:aws:secretsmanager:us-east-1:123456789012:secret:orders-AbCdEf";
const TASKS = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy";

/** What an apply does to a role, and the calls that must not take anything away if they fail. */
interface Change {
  /** The props in the state before the change. Without them, the role was created by hand. */
  readonly before?: EcsTaskExecutionRoleProps;
  readonly after: EcsTaskExecutionRoleProps;
  /** Whether the role has an inline policy and a policy that was attached outside Terraform. */
  readonly meddled?: boolean;
  /** The names of calls, each with the end of the policy's name where the apply makes several. */
  readonly failing: readonly string[];
  /** What the role lacks after the failed apply, because Terraform has no order for it. The docs show another way. */
  readonly lacks?: readonly string[];
}

/** One row for each row of the table in docs/changing-a-role.md. */
const CHANGES = fixture<Readonly<Record<string, Change>>>("changing-a-role.json");

const LANGUAGES = ["construct", "module"] as const;

/** A role of one language whose change meets one failing call. */
interface Case extends Change {
  readonly roleName: string;
  readonly language: (typeof LANGUAGES)[number];
  readonly call: string;
}

/** Adds versions of a role's access policy that are not in effect, as updates of the policy leave them. */
async function fillVersions(iam: IAMClient, roleName: string): Promise<void> {
  const PolicyArn = accessPolicyArn(roleName);
  const PolicyDocument = JSON.stringify(await readPolicy(iam, PolicyArn));
  for (const _ of [2, 3, 4, 5]) {
    await iam.send(new CreatePolicyVersionCommand({ PolicyArn, PolicyDocument, SetAsDefault: false }));
  }
}

/** Everything about a role that grants or limits permissions, read from AWS. */
async function stateOf(iam: IAMClient, roleName: string) {
  const { Role } = await iam.send(new GetRoleCommand({ RoleName: roleName }));
  const attached = await attachedPolicies(iam, roleName);
  const access = accessPolicyArn(roleName);
  return {
    attached,
    inline: await inlinePolicies(iam, roleName),
    trust: await trustOf(iam, roleName),
    boundary: Role?.PermissionsBoundary?.PermissionsBoundaryArn,
    access: attached.includes(access) ? await readPolicy(iam, access) : undefined,
  };
}

/** A role as people create it by hand: a managed policy, and an inline policy that reads the secret. */
async function createByHand(iam: IAMClient, RoleName: string): Promise<void> {
  await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: JSON.stringify(ECS_TASKS_TRUST) }));
  await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn: TASKS }));
  const Statement = [{ Effect: "Allow", Action: "secretsmanager:GetSecretValue", Resource: SECRET }];
  const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement });
  await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: "read-secrets", PolicyDocument }));
}

function roleOf({ parameters }: AwsCall): string {
  const policy = parameters.get("PolicyName") ?? parameters.get("PolicyArn")?.replace(/^.*\//, "") ?? "";
  return parameters.get("RoleName") ?? policy.replace(/-access$/, "");
}

const DENIED =
  "<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>denied</Message></Error></ErrorResponse>";

const cases: readonly Case[] = LANGUAGES.flatMap((language) =>
  Object.entries(CHANGES)
    // The construct's import blocks, which are JSON, need Terraform 1.6.
    .filter(([, { before }]) => before || !IS_OLDEST || language === "module")
    .flatMap(([name, change]) =>
      change.failing.map((call) => ({
        ...change,
        language,
        call,
        roleName: `${language}-${name}-${call.replace(/\W+/g, "-")}`,
      })),
    ),
);

endToEnd(
  "a role keeps its permissions if the apply that replaces them fails, and the next apply completes it:",
  (tools) => {
    let proxied: Proxied;
    const states = new Map<string, { before: State; failed: State; after: State }>();

    const write = async (propsOf: (one: Case) => EcsTaskExecutionRoleProps | undefined, when: "before" | "after") => {
      proxied.workspace.synthesize((stack) => {
        for (const one of cases.filter(({ language }) => language === "construct")) {
          const { roleName } = one;
          const { access, ...props } = propsOf(one) ?? {};
          if (propsOf(one)) {
            // With grant(), the access policy is the last child, after the exclusive resources.
            const role = new EcsTaskExecutionRole(stack, roleName, { managedPolicies: {}, ...props, roleName });
            if (access) {
              role.grant(access);
            }
            if (when === "after" && !one.before) {
              role.adopt();
            }
          }
        }
      });
      const ofModule = cases.filter((one) => one.language === "module" && propsOf(one));
      const calls = ofModule.map((one) => [one.roleName, { ...propsOf(one), roleName: one.roleName }] as const);
      await proxied.workspace.write("modules.tf.json", moduleCalls(calls));
      const imported = ofModule.filter(({ before }) => !before && when === "after");
      await proxied.workspace.write("imports.tf", imported.map(({ roleName }) => importBlocks(roleName)).join(""));
    };

    const readAll = async () =>
      new Map(
        await Promise.all(
          cases.map(async ({ roleName }) => [roleName, await stateOf(tools.iam, roleName)] as [string, State]),
        ),
      );

    // Terraform commands take most of the time, so one failing apply and one more change all roles.
    beforeAll(async () => {
      proxied = await Proxied.make(tools, "changed");
      await proxied.workspace.writeModule("role");
      await write(({ before }) => before, "before");
      // The apply with faults needs the provider that the others do not.
      await proxied.workspace.terraform("init", "-input=false");
      await proxied.direct.apply();
      for (const { roleName } of cases.filter(({ before }) => !before)) {
        await createByHand(tools.iam, roleName);
      }
      for (const { roleName } of cases.filter(({ meddled }) => meddled)) {
        await meddle(tools.iam, roleName);
      }
      for (const { roleName } of cases.filter((one) => one.roleName.includes("sixth-version"))) {
        await fillVersions(tools.iam, roleName);
      }
      await write(({ after }) => after, "after");
      succeed(await proxied.workspace.terraform("get"));
      const before = await readAll();

      const calls = new Map(cases.map(({ roleName, call }) => [roleName, call]));
      proxied.onCall = (call) => {
        const [action, policy = ""] = (calls.get(roleOf(call)) ?? "").split(" ");
        const isFailing = call.action === action && (call.parameters.get("PolicyArn") ?? "").endsWith(policy);
        return isFailing ? call.answer(403, DENIED) : call.forward();
      };
      const { output } = await proxied.workspace.terraform("apply", "-input=false", "-auto-approve");
      expect(output.match(/^Error: .*/gm)).toHaveLength(cases.length);
      const failed = await readAll();

      await proxied.direct.apply();
      const after = await readAll();
      for (const [roleName, state] of before) {
        states.set(roleName, {
          before: state,
          failed: failed.get(roleName) as State,
          after: after.get(roleName) as State,
        });
      }
    });

    test.each(cases.map((one) => [one.roleName, one] as const))("%s", (roleName, { after: props, lacks = [] }) => {
      const { before, failed, after } = states.get(roleName) as { before: State; failed: State; after: State };
      expect(failed).toMatchObject({ trust: before.trust, inline: before.inline });
      expect(before.attached.filter((arn) => !failed.attached.includes(arn))).toEqual(
        before.attached.filter((arn) => lacks.includes(arn)),
      );
      expect(failed.boundary === before.boundary).toBe(!lacks.includes(before.boundary ?? ""));
      if (before.access) {
        expect(failed.access).toEqual(before.access);
      }
      // What failed took place with the next apply.
      expect(after).not.toEqual(failed);
      expect(after.attached.includes(accessPolicyArn(roleName))).toBe(props.access !== undefined);
      expect(after.inline).toEqual(props.exclusive ? [] : before.inline);
      expect(after.attached.includes(MEDDLED.attached)).toBe(false);
    });

    test("and the plan after the next apply is empty", () => proxied.direct.expectNoChanges());
  },
);

type State = Awaited<ReturnType<typeof stateOf>>;

function importBlocks(roleName: string): string {
  const addresses = [
    "aws_iam_role.this",
    "aws_iam_role_policy_attachments_exclusive.this[0]",
    "aws_iam_role_policies_exclusive.this[0]",
  ];
  return addresses
    .map((address) => `import {\n  to = module.${roleName}.${address}\n  id = "${roleName}"\n}\n`)
    .join("");
}
