import type { SourceFile } from "../needs/task-with-role";
import { isSuppressed } from "./ignored";
import type { RoleReport } from "./report";
import { type Finding, findingsIn, RULES } from "./rules";

/** The files that were checked, by task definition. */
export type Files = ReadonlyMap<string, SourceFile>;

/**
 * The findings as SARIF 2.1.0. Code scanning requires a location in the repository, which is in a checked file.
 *
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function asSarif(reports: readonly RoleReport[], files: Files = new Map()): string {
  const results = reports.flatMap((report) => resultsOf(report, files));
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

function resultsOf(report: RoleReport, files: Files): object[] {
  return findingsIn(report).map((finding) => ({
    ruleId: finding.id,
    level: RULES[finding.id]?.level,
    message: { text: finding.text },
    locations: [
      {
        ...physicalLocation(finding, report, files),
        logicalLocations: [{ fullyQualifiedName: report.role, kind: "resource" }],
      },
    ],
    partialFingerprints: { "finding/v1": [finding.id, report.role, finding.subject].join(" ") },
    // Either all results or none have the property.
    suppressions: isSuppressed(finding, report) ? [{ kind: "external" }] : [],
  }));
}

/** A finding about the role is at a task definition that has it; one about no file, at the first file. */
function physicalLocation({ tasks, subject }: Finding, report: RoleReport, files: Files): object {
  const users = [...tasks, ...report.taskDefinitions.map(({ name }) => ({ taskDefinition: name, container: "" }))];
  const user = users.find(({ taskDefinition }) => files.has(taskDefinition));
  const file = user ? files.get(user.taskDefinition) : [...files.values()][0];
  if (file === undefined) {
    return {};
  }
  const startLine = user ? file.lineOf(user.container, subject) : 1;
  return {
    physicalLocation: { artifactLocation: { uri: file.name.replaceAll("\\", "/") }, region: { startLine } },
  };
}
