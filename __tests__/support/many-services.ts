/*
 * A Terraform configuration with many services that share a few roles. Some of the roles allow too little, some too
 * much.
 */

const ACCOUNT = "123456789012";
const IN = `us-east-1:${ACCOUNT}`;

export const CLUSTER = "prod";

/** The image of the sidecars, and that of each role's services. */
export const imagesOfMany = (roles: readonly RoleOfMany[]) =>
  ["sidecar", ...roles.map(({ name }) => name)].map((repositoryName) => ({ repositoryName, imageTag: "v1" }));

/** The kinds of roles, in rotation. */
export const KINDS = ["exact", "narrow", "wide", "workshop", "keyless"] as const;

type Kind = (typeof KINDS)[number];

export interface RoleOfMany {
  readonly name: string;
  readonly kind: Kind;
  readonly services: readonly string[];
}

export function rolesOfMany(roles: number, servicesOfEach: number): RoleOfMany[] {
  return Array.from({ length: roles }, (_, at) => ({
    name: `role${at}`,
    kind: KINDS[at % KINDS.length] as Kind,
    services: Array.from({ length: servicesOfEach }, (_, service) => `role${at}-service${service}`),
  }));
}

const MANAGED = [
  "AmazonEC2ContainerRegistryReadOnly",
  "CloudWatchLogsFullAccess",
  "SecretsManagerReadWrite",
  "service-role/AmazonECSTaskExecutionRolePolicy",
];

/** The Terraform configuration of these roles. The module is in `./role`. */
export function configurationOfMany(roles: readonly RoleOfMany[]): object {
  const services = roles.flatMap((role) => role.services.map((name) => ({ name, role })));
  const block = <T>(of: readonly { readonly name: string }[], body: (one: never) => T) =>
    Object.fromEntries(of.map((one) => [one.name, body(one as never)]));
  const handmade = roles.filter(({ kind }) => kind !== "exact");
  return {
    module: block(
      roles.filter(({ kind }) => kind === "exact"),
      ({ name, services: own }: RoleOfMany) => ({
        source: "./role",
        role_name: name,
        access: { container_definitions: own.map((service) => `\${local.${service}}`) },
      }),
    ),
    locals: block(services, ({ name, role }: (typeof services)[number]) => `\${jsonencode(${containers(name, role)})}`),
    data: { aws_subnets: { all: {} } },
    resource: {
      aws_ecs_cluster: { prod: { name: CLUSTER } },
      aws_ecr_repository: Object.fromEntries(imagesOfMany(roles).map(({ repositoryName: name }) => [name, { name }])),
      aws_cloudwatch_log_group: block(roles, ({ name }: RoleOfMany) => ({ name: `/ecs/${name}` })),
      aws_kms_key: { key: { description: "orders" } },
      aws_secretsmanager_secret: block(roles, ({ name, kind }: RoleOfMany) => ({
        name: `${name}/database`,
        ...(kind === "keyless" && { kms_key_id: "${aws_kms_key.key.arn}" }),
      })),
      aws_iam_role: block(handmade, ({ name }: RoleOfMany) => ({
        name,
        assume_role_policy: JSON.stringify({
          Version: "2012-10-17",
          Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "ecs-tasks.amazonaws.com" } }],
        }),
      })),
      aws_iam_role_policy: block(
        handmade.filter(({ kind }) => kind !== "workshop"),
        ({ name, kind }: RoleOfMany) => ({
          name: "by-hand",
          role: `\${aws_iam_role.${name}.name}`,
          policy: `\${jsonencode({ Version = "2012-10-17", Statement = ${JSON.stringify([...needed(name), ...MORE[kind]]).replaceAll("SECRET", `\${aws_secretsmanager_secret.${name}.arn}`)} })}`,
        }),
      ),
      aws_iam_role_policy_attachment: Object.fromEntries(
        roles
          .filter(({ kind }) => kind === "workshop")
          .flatMap(({ name }) =>
            MANAGED.map((policy, at) => [
              `${name}_${at}`,
              { role: `\${aws_iam_role.${name}.name}`, policy_arn: `arn:aws:iam::aws:policy/${policy}` },
            ]),
          ),
      ),
      aws_ecs_task_definition: block(services, ({ name, role }: (typeof services)[number]) => ({
        family: name,
        container_definitions: `\${local.${name}}`,
        execution_role_arn:
          role.kind === "exact" ? `\${module.${role.name}.role_arn}` : `\${aws_iam_role.${role.name}.arn}`,
      })),
      aws_ecs_service: block(services, ({ name }: { name: string }) => ({
        name,
        cluster: "${aws_ecs_cluster.prod.arn}",
        task_definition: `\${aws_ecs_task_definition.${name}.arn}`,
        desired_count: 1,
        // Without a network configuration, moto returns an empty one, which crashes the AWS provider.
        network_configuration: { subnets: "${data.aws_subnets.all.ids}" },
      })),
    },
  };
}

function containers(service: string, { name, kind }: RoleOfMany): string {
  const options = { "awslogs-group": `/ecs/${name}`, "awslogs-region": "us-east-1", "awslogs-stream-prefix": "ecs" };
  const app = {
    name: "app",
    image: `${ACCOUNT}.dkr.ecr.us-east-1.amazonaws.com/${name}:v1`,
    memory: 128,
    essential: true,
    logConfiguration: { logDriver: "awslogs", options },
    secrets: [{ name: "PASSWORD", valueFrom: "SECRET" }],
  };
  // The first service of a narrow role has a second container, whose image the role cannot pull.
  const sidecar = {
    name: "sidecar",
    image: `${ACCOUNT}.dkr.ecr.us-east-1.amazonaws.com/sidecar:v1`,
    memory: 128,
    essential: false,
    environment: [],
  };
  const isNarrow = kind === "narrow" && service.endsWith("service0");
  return JSON.stringify(isNarrow ? [app, sidecar] : [app]).replaceAll(
    "SECRET",
    `\${aws_secretsmanager_secret.${name}.arn}`,
  );
}

const PULL = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"];

const allow = (Action: readonly string[], Resource: string, Sid: string) => ({
  Sid,
  Effect: "Allow",
  Action,
  Resource,
});

const needed = (name: string) => [
  allow(["ecr:GetAuthorizationToken"], "*", "Login"),
  allow(PULL, `arn:aws:ecr:${IN}:repository/${name}`, "Pull"),
  allow(["logs:CreateLogStream", "logs:PutLogEvents"], `arn:aws:logs:${IN}:log-group:/ecs/${name}:*`, "Logs"),
  allow(["secretsmanager:GetSecretValue"], "SECRET", "Secret"),
];

/** The statements of handwritten roles that their tasks do not need. */
const MORE: Readonly<Record<Kind, readonly object[]>> = {
  exact: [],
  narrow: [],
  keyless: [],
  workshop: [],
  wide: [
    allow(["s3:GetObject"], "arn:aws:s3:::backups/*", "Backups"),
    allow(["ssm:GetParameters"], `arn:aws:ssm:${IN}:parameter/*`, "Parameters"),
  ],
};
