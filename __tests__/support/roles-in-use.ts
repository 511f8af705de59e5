import type { EcsTaskExecutionRoleProps } from "../../modules/ecs-task-execution-role";
import { EVERY_FIELD } from "./every-field";

/** Values that are unknown at synth and, on the first plan, to Terraform. */
export const VALUES_IN_STATE = {
  image: "111122223333.dkr.ecr.us-east-1.amazonaws.com/orders:v1",
  secret: "arn:aws:secretsmanager:us-east-1:111122223333:secret:orders-AbCdEf",
  parameter: "arn:aws:ssm:us-east-1:111122223333:parameter/aws/reference/secretsmanager/orders",
  bucket: "arn:aws:s3:::config",
  account: "111122223333",
};

const later = (name: keyof typeof VALUES_IN_STATE) => `\${terraform_data.later.output.${name}}`;

const LOGS = {
  logDriver: "awslogs",
  options: { "awslogs-group": "/ecs/orders", "awslogs-region": "eu-west-1", "awslogs-create-group": "true" },
};

const CONTAINERS = [
  {
    name: "app",
    image: "111122223333.dkr.ecr.us-east-1.amazonaws.com/orders:v1",
    environment: [{ name: "LEVEL", value: "info" }],
    secrets: [
      { name: "DATABASE", valueFrom: "arn:aws:secretsmanager:us-east-1:111122223333:secret:orders-AbCdEf:url::" },
      { name: "FLAGS", valueFrom: "/orders/flags" },
    ],
    environmentFiles: [{ type: "s3", value: "arn:aws:s3:::config/orders.env" }],
    credentialSpecs: ["credentialspec:arn:aws:s3:::config/gmsa.json"],
    logConfiguration: LOGS,
  },
  {
    name: "router",
    image: "registry.example.com/router:v1",
    repositoryCredentials: { credentialsParameter: "registry" },
    firelensConfiguration: {
      type: "fluentbit",
      options: { "config-file-type": "s3", "config-file-value": "arn:aws:s3:::config/router.conf" },
    },
  },
];

export const UNKNOWN_CONTAINERS = [
  {
    name: "app",
    image: later("image"),
    environment: [{ name: "LEVEL", value: "info" }],
    secrets: [
      { name: "DATABASE", valueFrom: later("secret") },
      { name: "FLAGS", valueFrom: later("parameter") },
      { name: "OTHER", valueFrom: "/orders/flags" },
    ],
    environmentFiles: [{ type: "s3", value: `${later("bucket")}/orders.env` }],
    logConfiguration: LOGS,
  },
];

/** Every kind of role, with the inputs that the state fixture of commit 9ee3698 was written with. Never change them. */
export const ROLES_IN_USE: Readonly<Record<string, EcsTaskExecutionRoleProps>> = {
  four: { roleName: "four" },
  "exclusive-four": { roleName: "exclusive-four", exclusive: true },
  fields: {
    roleName: "fields",
    path: "/ecs/orders/",
    description: "starts orders",
    maxSessionDuration: 7200,
    permissionsBoundary: "arn:aws:iam::aws:policy/PowerUserAccess",
    tags: { team: "orders" },
    forceDetachPolicies: true,
    managedPolicies: { pull: "AmazonEC2ContainerRegistryPullOnly" },
    access: {
      ...EVERY_FIELD,
      credentialSpecs: ["arn:aws:s3:::config/gmsa.json"],
      vpcEndpoints: ["vpce-0123456789abcdef0"],
      bucketOwners: ["444455556666", "111122223333"],
      fsxFileSystems: ["arn:aws:fsx:us-east-1:111122223333:file-system/fs-0123456789abcdef0"],
    },
    trust: { sourceAccounts: ["111122223333"], sourceArns: ["arn:aws:ecs:*:111122223333:*"] },
    exclusive: true,
  },
  containers: { roleName: "containers", access: { containerDefinitions: CONTAINERS } },
  json: {
    roleName: "json",
    access: {
      containerDefinitions: JSON.stringify({ containerDefinitions: CONTAINERS }),
      createLogGroups: true,
      logGroups: ["arn:aws:logs:us-east-1:111122223333:log-group:/b"],
    },
    exclusive: true,
  },
  nothing: { roleName: "nothing", access: { containerDefinitions: [{ name: "web", image: "nginx" }] } },
  prefixed: { roleNamePrefix: "prefixed-", access: { guardDutyAgent: true } },
  "unknown-containers": { roleName: "unknown-containers", access: { containerDefinitions: UNKNOWN_CONTAINERS } },
  "unknown-json": {
    roleName: "unknown-json",
    access: { containerDefinitions: "${jsonencode(local.unknown_containers)}" },
  },
  "unknown-fields": {
    roleName: "unknown-fields",
    access: {
      secrets: [later("secret"), "arn:aws:secretsmanager:us-east-1:111122223333:secret:b"],
      parameters: [later("parameter")],
      environmentFiles: [`${later("bucket")}/orders.env`],
      bucketOwners: [later("account")],
      containerDefinitions: CONTAINERS,
    },
    trust: { sourceAccounts: [later("account")] },
  },
  "unknown-list": {
    roleName: "unknown-list",
    access: { secrets: "${[terraform_data.later.output.secret]}" as unknown as string[] },
  },
};
