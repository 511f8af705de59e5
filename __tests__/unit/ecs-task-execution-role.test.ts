import type { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, TerraformOutput, TerraformResource, TerraformStack, TerraformVariable } from "cdktf";
import {
  DEFAULT_MANAGED_POLICIES,
  EcsTaskExecutionRole,
  type EcsTaskExecutionRoleProps,
} from "../../modules/ecs-task-execution-role";
import { only, type SynthesizedJson, synthesize } from "../support/synthesize";

const withProps = (props?: EcsTaskExecutionRoleProps) =>
  synthesize((stack) => {
    new EcsTaskExecutionRole(stack, "execution", props);
  });

describe("EcsTaskExecutionRole", () => {
  test("allows only ECS tasks to assume the role", () => {
    const { data, resource } = withProps();
    expect(only(data, "aws_iam_policy_document")).toEqual({
      statement: [
        {
          actions: ["sts:AssumeRole"],
          principals: [{ type: "Service", identifiers: ["ecs-tasks.amazonaws.com"] }],
        },
      ],
    });
    expect(only(resource, "aws_iam_role")).toEqual({
      assume_role_policy: "${data.aws_iam_policy_document.execution_assume-role-policy_D3454B81.json}",
    });
  });

  test("attaches the four AWS managed policies by default, in the caller's partition", () => {
    const { resource } = withProps();
    const policies = Object.values(resource.aws_iam_role_policy_attachment ?? {}).map(({ policy_arn }) => policy_arn);
    const partition = "${data.aws_partition.execution_partition_B242EF9F.partition}";
    expect(policies.sort()).toEqual([
      `arn:${partition}:iam::aws:policy/AmazonEC2ContainerRegistryReadOnly`,
      `arn:${partition}:iam::aws:policy/CloudWatchLogsFullAccess`,
      `arn:${partition}:iam::aws:policy/SecretsManagerReadWrite`,
      `arn:${partition}:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy`,
    ]);
  });

  test("attaches the policies in managedPolicies instead, by name, by ARN or by an unknown ARN", () => {
    const { resource } = synthesize((stack) => {
      const given = new TerraformVariable(stack, "policy_arn", { type: "string" });
      new EcsTaskExecutionRole(stack, "execution", {
        managedPolicies: {
          pull: "AmazonEC2ContainerRegistryPullOnly",
          own: "arn:aws-cn:iam::111122223333:policy/ecs/own",
          given: given.stringValue,
        },
      });
    });
    const policies = Object.values(resource.aws_iam_role_policy_attachment ?? {}).map(({ policy_arn }) => policy_arn);
    expect(policies.sort()).toEqual([
      "${var.policy_arn}",
      "arn:${data.aws_partition.execution_partition_B242EF9F.partition}:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly",
      "arn:aws-cn:iam::111122223333:policy/ecs/own",
    ]);
  });

  // The id equals the name, but unlike the name it is known after apply if the role is replaced.
  test("attaches policies by the id of the role", () => {
    const { resource } = withProps({ roleName: "orders" });
    const roles = Object.values(resource.aws_iam_role_policy_attachment ?? {}).map(({ role }) => role);
    expect(roles).toEqual(Array(4).fill("${aws_iam_role.execution_76218383.id}"));
  });

  test("passes its provider to every resource and data source", () => {
    const { resource, data } = synthesize((stack) => {
      new AwsProvider(stack, "aws");
      const provider = new AwsProvider(stack, "second", { alias: "second" });
      new EcsTaskExecutionRole(stack, "execution", { provider }).grant({ guardDutyAgent: true });
    });
    const blocks = [resource, data].flatMap((byType) => Object.values(byType).flatMap((all) => Object.values(all)));
    expect(blocks).toHaveLength(10);
    expect(blocks.map(({ provider }) => provider)).toEqual(Array(10).fill("aws.second"));
  });

  test("can be used in another stack through remote state", () => {
    const app = new App();
    const [shared, service] = [new TerraformStack(app, "shared"), new TerraformStack(app, "service")];
    const execution = new EcsTaskExecutionRole(shared, "execution", { managedPolicies: { a: "X" } });
    new TerraformOutput(service, "role_arn", { value: execution.roleArn });
    execution.grant({ guardDutyAgent: true });
    shared.prepareStack();
    service.prepareStack();
    const { output } = service.toTerraform() as unknown as SynthesizedJson;
    const values = "data\\.terraform_remote_state\\.cross-stack-reference-input-shared\\.outputs\\.[\\w-]+";
    expect(output.role_arn?.value).toMatch(
      new RegExp(`^\\$\\{element\\(\\[${values}, ${values}, ${values}\\], 0\\)\\}$`),
    );
    expect(Object.keys((shared.toTerraform() as unknown as SynthesizedJson).output)).toHaveLength(3);
  });

  test("warns if more policies are attached than the default quota allows", () => {
    const policies = (number: number) =>
      Object.fromEntries(Array.from({ length: number }, (_, i) => [`p${i}`, `arn:aws:iam::111122223333:policy/p${i}`]));
    const warnings = (number: number) => {
      const stack = new TerraformStack(new App(), "test");
      const { node } = new EcsTaskExecutionRole(stack, "execution", { managedPolicies: policies(number) });
      return node.metadata.map(({ type, data }) => (type === "@cdktf/warn" ? data : type));
    };
    expect(warnings(10)).toEqual([]);
    expect(warnings(11)).toEqual([
      "more than 10 policies are attached to the role; AWS allows that only where the account's quota L-0DA4ABF3 is raised (20 at most)",
    ]);
  });

  test("warns that the four managed policies are broad, unless they are set explicitly", () => {
    const warnings = (props: EcsTaskExecutionRoleProps) => {
      const { node } = new EcsTaskExecutionRole(new TerraformStack(new App(), "test"), "execution", props);
      return node.metadata.map(({ data }) => data);
    };
    expect(warnings({})).toEqual([
      expect.stringMatching(/^attaches the four AWS managed policies of the AWS workshop/),
    ]);
    expect(warnings({ managedPolicies: DEFAULT_MANAGED_POLICIES })).toEqual([]);
    expect(warnings({ access: { guardDutyAgent: true } })).toEqual([]);
  });

  test("adds nothing to the stack if an input is invalid", () => {
    const stack = new TerraformStack(new App(), "test");
    expect(() => new EcsTaskExecutionRole(stack, "execution", { roleName: "no spaces" })).toThrow();
    expect(stack.node.children).toEqual([]);
  });

  test.each(["before", "after"])(
    "keeps a lifecycle that is set %s grant(), in addition to its own preconditions",
    (when) => {
      const { resource } = synthesize((stack) => {
        const given = new TerraformVariable(stack, "given", { type: "string" }).stringValue;
        const execution = new EcsTaskExecutionRole(stack, "execution", {
          access: { guardDutyAgent: true },
          trust: { sourceAccounts: [given] },
        });
        const policy = execution.node.findChild("access").node.findChild("Resource") as IamPolicy;
        const precondition = { condition: "${var.given != null}", errorMessage: "Mine." };
        const setLifecycle = () => {
          for (const one of [execution.role, policy]) {
            one.lifecycle = { preventDestroy: true, precondition: [precondition] };
          }
        };
        const steps = [setLifecycle, () => execution.grant({ secrets: [given] })];
        for (const step of when === "before" ? steps : steps.reverse()) {
          step();
        }
      });
      for (const [type, input] of [
        ["aws_iam_role", "trust.sourceAccounts"],
        ["aws_iam_policy", ".faults.secrets"],
      ] as const) {
        const lifecycle = only(resource, type).lifecycle as { precondition: { error_message: string }[] };
        expect(lifecycle).toMatchObject({ prevent_destroy: true });
        const messages = lifecycle.precondition.map(({ error_message }) => error_message);
        expect(messages).toEqual(expect.arrayContaining(["Mine.", expect.stringContaining(input)]));
      }
    },
  );

  test("orders resources through roleArn, because CDKTF ignores a dependency on the construct", () => {
    const { resource } = synthesize((stack) => {
      const execution = new EcsTaskExecutionRole(stack, "execution");
      const later = new TerraformResource(stack, "later", { terraformResourceType: "aws_later" });
      later.node.addDependency(execution);
      const user = new TerraformResource(stack, "user", { terraformResourceType: "aws_user" });
      user.addOverride("role_arn", execution.roleArn);
    });
    expect(only(resource, "aws_later")).toEqual({});
    expect(only(resource, "aws_user").role_arn).toMatch(/aws_iam_role_policy_attachment\./);
  });

  describe("adopt()", () => {
    const importsOf = (props: EcsTaskExecutionRoleProps) => {
      const stack = new TerraformStack(new App(), "test");
      const provider = new AwsProvider(stack, "second", { alias: "second" });
      new EcsTaskExecutionRole(stack, "execution", { ...props, provider }).adopt();
      return (stack.toTerraform() as { import: object[] }).import;
    };

    test("imports the role, its attachments and its exclusive resources with the provider of the role", () => {
      const provider = "aws.second";
      const arn = "arn:aws:iam::111122223333:policy/own";
      const imports = importsOf({ roleName: "by-hand", managedPolicies: { own: arn }, exclusive: true });
      expect(imports).toHaveLength(4);
      expect(imports).toEqual(
        expect.arrayContaining([
          { provider, id: "by-hand", to: expect.stringMatching(/^aws_iam_role\./) },
          { provider, id: `by-hand/${arn}`, to: expect.stringMatching(/^aws_iam_role_policy_attachment\./) },
          { provider, id: "by-hand", to: expect.stringMatching(/^aws_iam_role_policy_attachments_exclusive\./) },
          { provider, id: "by-hand", to: expect.stringMatching(/^aws_iam_role_policies_exclusive\./) },
        ]),
      );
    });

    test("does not import the access policy", () => {
      expect(importsOf({ roleName: "by-hand", access: { guardDutyAgent: true } })).toHaveLength(1);
    });

    test.each([
      ["without a role name", {}, "got nothing"],
      ["with only a prefix", { roleNamePrefix: "by-" }, "got nothing"],
      ["with a role name that is not known at synth", { roleName: "${var.name}" }, 'got "${var.name}" (11 characters)'],
    ])("throws %s", (_, props, got) => {
      expect(() => importsOf(props)).toThrow(
        `EcsTaskExecutionRole "test/execution" cannot be adopted: roleName: ${got}; must be the name of the existing role, known at synth. Fix: write the name that the IAM console shows.`,
      );
    });
  });

  test("adds the attachment of a later grant() to the exclusive attachments", () => {
    const { resource } = synthesize((stack) => {
      const execution = new EcsTaskExecutionRole(stack, "execution", {
        managedPolicies: { own: "Own" },
        exclusive: true,
      });
      execution.grant({ guardDutyAgent: true });
    });
    const depends_on = [
      expect.stringMatching(/^aws_iam_role_policy_attachment\.execution_managed-own_\w+$/),
      expect.stringMatching(/^aws_iam_policy\.execution_access_\w+$/),
      expect.stringMatching(/^aws_iam_role_policy_attachment\.execution_access_attachment_\w+$/),
    ];
    expect(only(resource, "aws_iam_role_policy_attachments_exclusive")).toEqual({
      policy_arns: [
        expect.stringMatching(/^\$\{aws_iam_role_policy_attachment\.execution_managed-own_\w+\.policy_arn\}$/),
        expect.stringMatching(/^\$\{aws_iam_role_policy_attachment\.execution_access_attachment_\w+\.policy_arn\}$/),
      ],
      role_name: "${aws_iam_role.execution_76218383.id}",
      depends_on,
    });
    expect(only(resource, "aws_iam_role_policies_exclusive")).toMatchObject({ policy_names: [], depends_on });
  });
});
