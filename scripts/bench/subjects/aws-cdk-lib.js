const { createRequire } = require("node:module");
const { join } = require("node:path");
const { FOUR_POLICIES } = require("./four-policies");

/** The role of AWS CDK, which is installed in the folder. */
exports.synthesize = (_mode, roles, folder) => {
  const from = createRequire(join(folder, "package.json"));
  const { App, Stack, aws_iam: iam } = from("aws-cdk-lib");
  const app = new App();
  const stack = new Stack(app, "bench");
  for (let i = 0; i < roles; i += 1) {
    new iam.Role(stack, `role-${i}`, {
      roleName: `role-${i}`,
      assumedBy: new iam.ServicePrincipal("ecs-tasks.amazonaws.com"),
      managedPolicies: FOUR_POLICIES.map((policy) => iam.ManagedPolicy.fromAwsManagedPolicyName(policy)),
    });
  }
  app.synth();
};
