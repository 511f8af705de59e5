const { AwsProvider } = require("@cdktf/provider-aws/lib/provider");
const { App, TerraformStack } = require("cdktf");

/** An app with this number of roles. The stack has the same number of resources for every subject. */
exports.synthesizeRoles = (roles, addRole) => {
  const app = new App();
  const stack = new TerraformStack(app, "bench");
  new AwsProvider(stack, "aws", { region: "us-east-1" });
  for (let i = 0; i < roles; i += 1) {
    addRole(stack, `role-${i}`);
  }
  app.synth();
};

exports.ACCESS = {
  imageRepositories: ["arn:aws:ecr:us-east-1:111122223333:repository/orders"],
  logGroups: ["arn:aws:logs:us-east-1:111122223333:log-group:/ecs/orders"],
  secrets: ["arn:aws:secretsmanager:us-east-1:111122223333:secret:db-AbCdEf"],
};

/** The same access, as the container definitions of a task. */
exports.CONTAINER_DEFINITIONS = [
  {
    name: "app",
    image: "111122223333.dkr.ecr.us-east-1.amazonaws.com/orders:v1",
    secrets: [{ name: "DB", valueFrom: exports.ACCESS.secrets[0] }],
    logConfiguration: {
      logDriver: "awslogs",
      options: { "awslogs-group": "/ecs/orders", "awslogs-region": "us-east-1", "awslogs-stream-prefix": "app" },
    },
  },
];
