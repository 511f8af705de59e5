import type { CheckedCall, Excess, RoleFindings } from "../../cli/findings/findings";
import type { RoleReport } from "../../cli/reports/report";

/** Longer than a line of a report. */
export const LONG = `arn:aws:secretsmanager:eu-west-1:111122223333:secret:${"team/".repeat(30)}database-AbCdEf`;

export const CALL: CheckedCall = {
  action: "s3:GetObject",
  resource: "arn:aws:s3:::b/k",
  field: "environmentFiles",
  tasks: [{ taskDefinition: "orders:3", container: "app" }],
  allowed: true,
};

export const EXCESS: Excess = {
  policy: "arn:aws:iam::aws:policy/SecretsManagerReadWrite",
  statement: "BasePermissions",
  action: "secretsmanager:*",
  resource: "*",
  level: "Permissions management",
  example: { action: "secretsmanager:DeleteResourcePolicy", resource: LONG },
  why: "no task needs the action",
};

export function report(more: Partial<RoleReport> = {}): RoleReport {
  return {
    role: "arn:aws:iam::111122223333:role/orders",
    taskDefinitions: [{ name: "orders:3", services: [] }],
    calls: [CALL],
    excess: [],
    principals: [],
    dead: [],
    absent: [],
    unknown: [],
    notes: [],
    ...more,
  };
}

const SERVICES = Array.from({ length: 100 }, (_, at) => ({
  name: `a-team-with-a-long-name-orders-${at}:3`,
  services: Array.from({ length: 5 }, (_, one) => `a-team-with-a-long-name-orders-${at}-${one}`),
}));
const everyTask = SERVICES.map(({ name }) => ({ taskDefinition: name, container: "app" }));
const firstTask = everyTask.slice(0, 1);

/** A role with 100 services and every kind of finding, each with values that are longer than a line. */
const FINDINGS: RoleFindings = {
  calls: [
    { ...CALL, resource: LONG, tasks: everyTask },
    { ...CALL, action: "kms:Decrypt", field: "decryptionKeys", resource: LONG, tasks: firstTask, allowed: false },
    { ...CALL, tasks: everyTask, allowed: false, deniedBy: `the permissions boundary ${LONG}, which allows nothing` },
    { ...CALL, resource: "*", tasks: everyTask, allowed: false, why: "the key is Disabled" },
    { ...CALL, resource: LONG, tasks: everyTask, onlyWith: `aws:SourceArn like ${LONG}, and aws:SourceVpce vpce-1` },
  ],
  excess: [
    EXCESS,
    { ...EXCESS, action: "kms:ListKeys", level: "List", also: [{ policy: "own", statement: "Keys" }] },
    { ...EXCESS, statement: "S3Permissions", action: "s3:GetObject", resource: LONG, level: "Read" },
  ],
  principals: [
    { statement: "statement 1", principal: "*" },
    { statement: "statement 1", principal: LONG },
  ],
  dead: [{ policy: LONG, statement: "Decrypt", action: "kms:Decrypt", resource: LONG, why: "it is no key's ARN" }],
  absent: [{ kind: "image", name: LONG, why: "the repository has no such tag", tasks: everyTask }],
  unknown: [
    { field: "secrets[0].valueFrom", waitsFor: ["aws_secretsmanager_secret.orders", LONG], tasks: everyTask },
    { field: "policy", waitsFor: [], calls: [{ action: "s3:GetObject", resource: LONG }], tasks: firstTask },
  ],
  notes: [`the KMS key of ${LONG} is unknown (secretsmanager:DescribeSecret: AccessDeniedException)`],
};

export const EVERYTHING = report({ role: LONG, taskDefinitions: SERVICES, ...FINDINGS });
