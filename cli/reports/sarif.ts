import { conditionalIn, missingIn, policyName, type RoleReport, usersOf } from "./report";

const RULES = {
  "missing-permission": {
    level: "error",
    text: "The task execution role lacks a permission that Amazon ECS needs to start the task.",
  },
  "conditional-permission": {
    level: "note",
    text: "The task execution role is allowed a needed call only under conditions that cannot be checked.",
  },
  "excess-permission": { level: "warning", text: "The task execution role allows more than its tasks need." },
  "not-checked": { level: "warning", text: "The task execution role could not be checked." },
} as const;

interface Result {
  readonly ruleId: keyof typeof RULES;
  readonly text: string;
}

/**
 * The findings as SARIF 2.1.0. Code scanning requires a location in the repository, which is the checked file.
 *
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function asSarif(reports: readonly RoleReport[], file: string | undefined): string {
  const results = reports.flatMap((report) =>
    resultsOf(report).map(({ ruleId, text }) => ({
      ruleId,
      level: RULES[ruleId].level,
      message: { text },
      locations: [
        {
          ...(file !== undefined && {
            physicalLocation: { artifactLocation: { uri: file.replaceAll("\\", "/") }, region: { startLine: 1 } },
          }),
          logicalLocations: [{ fullyQualifiedName: report.role, kind: "resource" }],
        },
      ],
      partialFingerprints: { finding: `${ruleId} ${report.role} ${text}` },
    })),
  );
  const rules = Object.entries(RULES).map(([id, { text, level }]) => ({
    id,
    shortDescription: { text },
    defaultConfiguration: { level },
  }));
  const driver = { name: "ecs-task-execution-role", rules };
  return JSON.stringify(
    {
      $schema: "https://json.schemastore.org/sarif-2.1.0.json",
      version: "2.1.0",
      runs: [{ tool: { driver }, results }],
    },
    null,
    2,
  );
}

function resultsOf(report: RoleReport): Result[] {
  const { role, excess, notChecked } = report;
  return [
    ...missingIn(report).map((call): Result => {
      const why = call.why ?? `access.${call.field} grants it`;
      const what = call.why === undefined ? "is denied" : "fails at";
      const text = `${role} ${what} ${call.action} on ${call.resource}, which ${usersOf(call)} needs (${why}).`;
      return { ruleId: "missing-permission", text };
    }),
    ...conditionalIn(report).map((call): Result => {
      const text = `${role} is allowed ${call.action} on ${call.resource}, which ${usersOf(call)} needs, only with ${call.onlyWith}.`;
      return { ruleId: "conditional-permission", text };
    }),
    ...excess.map(({ policy, statement, action, resource, why, example }): Result => {
      const where = `${policyName(policy)}, ${statement}`;
      const text = `${role} is allowed ${action} on ${resource} (${where}): ${why}, for example ${example.action}.`;
      return { ruleId: "excess-permission", text };
    }),
    ...(notChecked === undefined ? [] : [{ ruleId: "not-checked" as const, text: `${role}: ${notChecked}.` }]),
  ];
}
