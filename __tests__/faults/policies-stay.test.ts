import {
  DeletePolicyCommand,
  DeleteRoleCommand,
  DetachRolePolicyCommand,
  type IAMClient,
  ListEntitiesForPolicyCommand,
} from "@aws-sdk/client-iam";
import { SecretsmanagerSecret } from "@cdktf/provider-aws/lib/secretsmanager-secret";
import { Fn } from "cdktf";
import { EcsTaskExecutionRole, type EcsTaskExecutionRoleProps } from "../../modules/ecs-task-execution-role";
import { attachedPolicies, FOUR_POLICIES, ownPolicies, roleNames } from "../support/account";
import { moduleCalls } from "../support/as-variables";
import { endToEnd, IS_OLDEST } from "../support/end-to-end";
import { iamCalls, writes } from "../support/recorder";
import { type ResourceChange, rootWithModule } from "../support/root-module";
import { Workspace } from "../support/workspace";

/** References to the secret that the roles use, in one of the languages. */
interface Named {
  readonly arn: string;
  readonly account: string;
}

const IN_MODULE: Named = {
  arn: "${aws_secretsmanager_secret.named.arn}",
  account: '${split(":", aws_secretsmanager_secret.named.arn)[4]}',
};

type PropsOf = (secret: Named) => EcsTaskExecutionRoleProps;

/** Every kind of role, with and without `exclusive`. */
const ROLES: readonly (readonly [kind: string, props: PropsOf])[] = [
  ["four", ({ account }) => ({ trust: { sourceAccounts: [account] } })],
  ["exclusive-four", () => ({ exclusive: true })],
  ["access", ({ arn }) => ({ access: { secrets: [arn] } })],
  [
    "exclusive-access",
    ({ arn }) => ({
      access: {
        containerDefinitions: JSON.stringify([
          { name: "app", image: "nginx", secrets: [{ name: "PASSWORD", valueFrom: arn }] },
        ]),
      },
      exclusive: true,
    }),
  ],
];

const LANGUAGES = ["construct", "module"];

/** Every kind of role in both languages. */
const EACH = LANGUAGES.flatMap((language) => ROLES.map(([kind]) => `${language}.${kind}`));

/** The inputs that a test can change. */
interface Given {
  readonly name: { readonly roleName: string } | { readonly roleNamePrefix: string };
  readonly path: string;
  /** The value of a tag of the secret. */
  readonly build: string;
  /** Whether a resource that uses the role's ARN has create_before_destroy, as task definitions often do. */
  readonly createBeforeDestroy: boolean;
  /** The input of the resource in depends_on of the module; undefined if the module has no depends_on. */
  readonly dependsOn?: string;
}

const FIRST: Given = {
  name: { roleName: "first" },
  path: "/",
  build: "1",
  createBeforeDestroy: true,
  dependsOn: "1",
};

// The oldest Terraform tests every kind of apply, others only those that once detached policies.
endToEnd("a role has all its policies and an empty plan after one apply", (tools) => {
  let roots: Roots;

  beforeAll(async () => {
    roots = await Roots.make(tools);
    await roots.workspace.apply();
  });

  const expectAllPolicies = async () => {
    expect(await roots.attached()).toEqual(roots.expected());
    await roots.workspace.expectNoChanges();
  };

  test("if it is new", expectAllPolicies);

  test("without writes to IAM if a resource in the depends_on of the module changes", async () => {
    await roots.write({ dependsOn: "2" });
    const { changes } = await roots.workspace.plan();
    const inRoles = changes.filter(({ type }) => type !== "terraform_data");
    const replaced = inRoles.filter(({ change }) => change.actions.join() !== "update");
    expect(replaced.map(({ address }) => address)).toEqual([]);
    expect(new Set(inRoles.map(kindOf))).toEqual(new Set(["module aws_iam_role", "module aws_iam_policy"]));
    const calls = await iamCalls(tools, () => roots.workspace.apply());
    expect(calls.length).toBeGreaterThan(0);
    expect(writes(calls)).toEqual([]);
    await expectAllPolicies();
  });

  test("if a tag of its secret changes, which is the only planned change", async () => {
    await roots.write({ build: "2" });
    const { json } = await roots.workspace.plan();
    const planned = (json.resource_changes ?? []).filter(({ change }) => change.actions.join() !== "no-op");
    expect(planned.map(({ address }) => address)).toEqual(["aws_secretsmanager_secret.named"]);
    await roots.workspace.apply("plan");
    await expectAllPolicies();
  });

  const otherNames: [string, Partial<Given>][] = [["name", { name: { roleName: "second" } }]];

  test.each<[string, Partial<Given>]>([
    ["path", { path: "/ecs/", dependsOn: undefined, createBeforeDestroy: false }],
    ...(IS_OLDEST ? otherNames : []),
  ])("if its %s changes", async (_, changed) => {
    await roots.write(changed);
    await roots.workspace.apply();
    await expectAllPolicies();
  });

  const others: [string, RegExp][] = [
    ["its access policy and the attachment of a managed policy", /aws_iam_policy\.|CloudWatchLogsFullAccess/],
    ["the attachment of its access policy and its exclusive resources", /attachment\..*access[^.]*$|_exclusive\./],
  ];

  test.each<[string, RegExp]>([["the role", /aws_iam_role\.[^.]+$/], ...(IS_OLDEST ? others : [])])(
    "if -replace replaces %s",
    async (_, pattern) => {
      const addresses = (await roots.workspace.resources()).filter((address) => pattern.test(address));
      expect(addresses.length).toBeGreaterThanOrEqual(EACH.length);
      await roots.workspace.apply(...addresses.map((address) => `-replace=${address}`));
      await expectAllPolicies();
    },
  );

  if (!IS_OLDEST) {
    return;
  }

  test("if its access policy was deleted outside Terraform", async () => {
    for (const arn of await ownPolicies(tools.iam)) {
      await deletePolicy(tools.iam, arn);
    }
    await roots.workspace.apply();
    await expectAllPolicies();
  });

  test("if it was deleted outside Terraform", async () => {
    for (const RoleName of await roleNames(tools.iam)) {
      await detachAll(tools.iam, RoleName);
      await tools.iam.send(new DeleteRoleCommand({ RoleName }));
    }
    await roots.workspace.apply();
    await expectAllPolicies();
  });

  test.each<[string, Partial<Given>]>([
    ["name becomes a prefix", { name: { roleNamePrefix: "prefix-" } }],
    ["prefix changes, with create_before_destroy", { name: { roleNamePrefix: "new-" }, createBeforeDestroy: true }],
  ])("if its %s", async (_, changed) => {
    await roots.write(changed);
    await roots.workspace.apply();
    await expectAllPolicies();
  });
});

function kindOf({ address, type }: ResourceChange): string {
  return `${address.startsWith("module.") ? "module" : "construct"} ${type}`;
}

/** A root module with a role of every kind in both languages. */
class Roots {
  private given = FIRST;

  private constructor(
    private readonly iam: IAMClient,
    public readonly workspace: Workspace,
  ) {}

  static async make(tools: ConstructorParameters<typeof Workspace>[0]): Promise<Roots> {
    const roots = new Roots(tools.iam, new Workspace(tools, "roles"));
    await rootWithModule(tools, roots.workspace.folder);
    await roots.write();
    return roots;
  }

  async write(changed: Partial<Given> = {}): Promise<void> {
    this.given = { ...this.given, ...changed };
    const { build, createBeforeDestroy: create_before_destroy, dependsOn } = this.given;
    this.workspace.synthesize((stack) => {
      const secret = new SecretsmanagerSecret(stack, "named", { name: "named", tags: { build } });
      secret.overrideLogicalId("named");
      const named = { arn: secret.arn, account: Fn.element(Fn.split(":", secret.arn), 4) };
      const roleArns = ROLES.map(([kind, props]) => {
        const role = new EcsTaskExecutionRole(stack, kind, { ...this.propsOf("construct", kind), ...props(named) });
        return role.roleArn;
      });
      const ofModules = ROLES.map(([kind]) => `\${module.${kind}.role_arn}`);
      stack.addOverride("resource.terraform_data", {
        user: { input: [...roleArns, ...ofModules], lifecycle: { create_before_destroy } },
        first: { input: dependsOn ?? "" },
      });
    });
    const depends_on = dependsOn && { depends_on: ["terraform_data.first"] };
    const calls = ROLES.map(
      ([kind, props]) => [kind, { ...this.propsOf("module", kind), ...props(IN_MODULE), ...depends_on }] as const,
    );
    await this.workspace.write("modules.tf.json", moduleCalls(calls));
  }

  /** The policies that must be attached to each role. */
  expected(): Record<string, string[]> {
    return Object.fromEntries(EACH.map((role) => [role, role.endsWith("four") ? FOUR_POLICIES : ["its own"]]));
  }

  /** The policies that are attached to each role in IAM, by the start of the role's name. */
  async attached(): Promise<Record<string, string[]>> {
    const { name, path } = this.given;
    const attached = (await roleNames(this.iam)).map(async (roleName) => {
      const own = `arn:aws:iam::123456789012:policy${path}${roleName}-access`;
      const policies = await attachedPolicies(this.iam, roleName);
      const [role = roleName] = roleName.split(`.${Object.values(name)[0]}`);
      return [role, policies.map((arn) => (arn === own ? "its own" : arn))];
    });
    return Object.fromEntries(await Promise.all(attached));
  }

  private propsOf(language: string, kind: string): EcsTaskExecutionRoleProps {
    const { name, path } = this.given;
    const [[prop = "", value = ""] = []] = Object.entries(name);
    return { [prop]: `${language}.${kind}.${value}`, path };
  }
}

async function deletePolicy(iam: IAMClient, PolicyArn: string): Promise<void> {
  const { PolicyRoles = [] } = await iam.send(new ListEntitiesForPolicyCommand({ PolicyArn }));
  for (const { RoleName } of PolicyRoles) {
    await iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn }));
  }
  await iam.send(new DeletePolicyCommand({ PolicyArn }));
}

async function detachAll(iam: IAMClient, RoleName: string): Promise<void> {
  for (const PolicyArn of await attachedPolicies(iam, RoleName)) {
    await iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn }));
  }
}
