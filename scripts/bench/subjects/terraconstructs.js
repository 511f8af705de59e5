const { createRequire } = require("node:module");
const { join } = require("node:path");
const { FOUR_POLICIES } = require("./four-policies");

/** The role of TerraConstructs, which is installed in the folder. */
exports.synthesize = (_mode, roles, folder) => {
  const from = createRequire(join(folder, "package.json"));
  const { App } = from(from.resolve("cdktf"));
  const { AwsStack, iam } = from("terraconstructs").aws;
  const app = new App();
  const stack = new AwsStack(app, "bench", {
    environmentName: "bench",
    gridUUID: "12345678-1234",
    providerConfig: { region: "us-east-1" },
    gridBackendConfig: { address: "http://localhost:3000" },
  });
  for (let i = 0; i < roles; i += 1) {
    new iam.Role(stack, `role-${i}`, {
      roleName: `role-${i}`,
      assumedBy: new iam.ServicePrincipal("ecs-tasks.amazonaws.com"),
      managedPolicies: FOUR_POLICIES.map((policy) =>
        iam.ManagedPolicy.fromAwsManagedPolicyName(stack, `role-${i}-${policy.split("/").pop()}`, policy),
      ),
    });
  }
  app.synth();
};
