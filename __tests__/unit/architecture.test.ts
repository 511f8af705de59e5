import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { PROJECT_ROOT } from "../../scripts/tools/project";

const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !join(entry.parentPath, entry.name).includes("node_modules"))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll("\\", "/"));

type Graph = ReadonlyMap<string, ReadonlySet<string>>;

/** The imports between the files in a folder, including type imports. */
function importsIn(folder: string): Graph {
  const files = filesBelow(folder).filter((file) => file.endsWith(".ts"));
  return new Map(
    files.map((file) => {
      const text = readFileSync(join(folder, file), "utf8");
      const imported = [...text.matchAll(/^(?:import|export) [^;]*?from "(\..+?)";/gms)].map(([, path = ""]) =>
        `${join(dirname(file), path)}.ts`.replaceAll("\\", "/"),
      );
      return [file, new Set(imported.filter((path) => files.includes(path)))];
    }),
  );
}

/** A file in the root counts as a folder of its own. */
const folderOf = (file: string) => (file.includes("/") ? dirname(file) : file);

/** The imports between groups of files. */
function between(imports: Graph, groupOf: (file: string) => string): Graph {
  const graph = new Map<string, Set<string>>();
  for (const [file, imported] of imports) {
    const from = groupOf(file);
    const others = [...imported].map(groupOf).filter((to) => to !== from);
    graph.set(from, new Set([...(graph.get(from) ?? []), ...others]));
  }
  return graph;
}

/** What is imported from here, directly or by others. */
function reachedFrom(node: string, graph: Graph, reached = new Set<string>()): ReadonlySet<string> {
  for (const next of [...(graph.get(node) ?? [])].filter((one) => !reached.has(one))) {
    reachedFrom(next, graph, reached.add(next));
  }
  return reached;
}

const inCycles = (graph: Graph) => [...graph.keys()].filter((node) => reachedFrom(node, graph).has(node));

/** The folders that each folder may import. Files without a folder, such as `unknown.ts`, are for all of them. */
const DIRECTIONS: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  "modules/ecs-task-execution-role": {
    inputs: [],
    permissions: ["inputs"],
    rules: ["inputs", "permissions"],
    synth: ["inputs", "permissions", "rules"],
    resources: ["inputs", "permissions", "rules", "synth"],
  },
  cli: {
    "aws-calls": [],
    needs: ["aws-calls"],
    evaluation: ["aws-calls", "needs"],
    findings: ["aws-calls", "needs", "evaluation"],
    sources: ["aws-calls", "needs", "evaluation"],
    reports: ["needs", "evaluation", "findings"],
    derive: ["aws-calls", "needs"],
    explain: [],
    verify: ["aws-calls", "evaluation", "findings"],
    commands: ["aws-calls", "needs", "sources", "findings", "reports", "derive", "explain", "verify"],
  },
};

describe.each(Object.entries(DIRECTIONS))("the imports in %s", (root, directions) => {
  const imports = importsIn(join(PROJECT_ROOT, root));

  test("have no cycle, between files or between folders", () => {
    expect(inCycles(imports)).toEqual([]);
    expect(inCycles(between(imports, folderOf))).toEqual([]);
  });

  test("have these directions", () => {
    const actual = Object.fromEntries(
      [...between(imports, (file) => file.split("/")[0] ?? "")]
        .filter(([folder]) => !folder.endsWith(".ts"))
        .map(([folder, others]) => [folder, [...others].filter((other) => !other.endsWith(".ts"))]),
    );
    const violations = Object.entries(actual).flatMap(([folder, others]) =>
      others.filter((other) => !directions[folder]?.includes(other)).map((other) => `${folder} imports ${other}`),
    );
    expect(Object.keys(actual).sort()).toEqual(Object.keys(directions).sort());
    expect(violations).toEqual([]);
  });
});

test("only resources/ and the construct import CDKTF, apart from its types", () => {
  const module = join(PROJECT_ROOT, "modules", "ecs-task-execution-role");
  const withCdktf = filesBelow(module).filter(
    (file) =>
      file.endsWith(".ts") &&
      /^import (?!type )[^;]*from "(cdktf|constructs|@cdktf)\b/m.test(readFileSync(join(module, file), "utf8")),
  );
  expect([...new Set(withCdktf.map(folderOf))].sort()).toEqual(["ecs-task-execution-role.ts", "resources"]);
});

test("the command imports only the parts of the module that do not need CDKTF", () => {
  const allowed = ["inputs", "permissions", "rules", "synth", "resources/child-ids", "unknown"];
  const imported = filesBelow(join(PROJECT_ROOT, "cli")).flatMap((file) => [
    ...readFileSync(join(PROJECT_ROOT, "cli", file), "utf8").matchAll(
      /from "[./]+\/modules\/ecs-task-execution-role\/(.*)"/g,
    ),
  ]);
  expect(imported.length).toBeGreaterThan(5);
  expect(imported.filter(([, path = ""]) => !allowed.some((folder) => path.startsWith(folder)))).toEqual([]);
});
