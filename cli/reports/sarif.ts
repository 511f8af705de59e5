import type { RoleReport } from "./report";
import { RULES } from "./sarif-rules";

/**
 * The findings as SARIF 2.1.0. Code scanning requires a location in the repository, which is the checked file.
 *
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function asSarif(reports: readonly RoleReport[], file: string | undefined): string {
  const results = reports.flatMap((report) =>
    Object.entries(RULES).flatMap(([ruleId, { level, found }]) =>
      found(report).map((text) => ({
        ruleId,
        level,
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
    ),
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
