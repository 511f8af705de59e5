import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { PROJECT_ROOT } from "../../scripts/parts/project";

const MODULE = join(PROJECT_ROOT, "modules", "ecs-task-execution-role");

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

/** The imports between folders. A file in the root counts as a folder of its own. */
function betweenFolders(imports: Graph): Graph {
  const folderOf = (file: string) => (file.includes("/") ? dirname(file) : file);
  const graph = new Map<string, Set<string>>();
  for (const [file, imported] of imports) {
    const from = folderOf(file);
    const others = [...imported].map(folderOf).filter((to) => to !== from);
    graph.set(from, new Set([...(graph.get(from) ?? []), ...others]));
  }
  return graph;
}

/**
 * The longest import chain.
 *
 * @throws Error if there is an import cycle.
 */
function longestChain(graph: Graph): string[] {
  const longest = new Map<string, string[]>();
  const from = (node: string, way: readonly string[]): string[] => {
    if (way.includes(node)) {
      throw new Error(`a circle of imports: ${[...way.slice(way.indexOf(node)), node].join(" -> ")}`);
    }
    const found =
      longest.get(node) ??
      [...(graph.get(node) ?? [])]
        .map((next) => [node, ...from(next, [...way, node])])
        .reduce((one, other) => (other.length > one.length ? other : one), [node]);
    longest.set(node, found);
    return found;
  };
  return [...graph.keys()]
    .map((node) => from(node, []))
    .reduce((one, other) => (other.length > one.length ? other : one));
}

describe("the architecture", () => {
  const imports = importsIn(MODULE);

  test("has no import cycle, and no import chain longer than 9 files", () => {
    expect(longestChain(imports).length).toBeLessThanOrEqual(9);
    expect(() => longestChain(betweenFolders(imports))).not.toThrow();
  });

  test.each(["aws", "inputs", "rules", "synth", "resources"])(
    "has no import chain longer than 5 files in %s",
    (folder) => {
      expect(longestChain(importsIn(join(MODULE, folder))).length).toBeLessThanOrEqual(5);
    },
  );

  test("lets aws, inputs and rules import nothing but each other", () => {
    const folders = betweenFolders(imports);
    const allowed = { aws: ["unknown.ts"], inputs: ["aws"], rules: ["aws", "inputs", "unknown.ts"] };
    for (const [folder, others] of Object.entries(allowed)) {
      expect([
        folder,
        [...(folders.get(folder) ?? [])].filter((other) => !(others as string[]).includes(other)),
      ]).toEqual([folder, []]);
    }
    expect(folders.get("synth")).not.toContain("resources");
  });

  test("has no import cycle in the command, and no import chain longer than 8 files", () => {
    const command = importsIn(join(PROJECT_ROOT, "cli"));
    expect(longestChain(command).length).toBeLessThanOrEqual(8);
    expect(() => longestChain(betweenFolders(command))).not.toThrow();
  });

  test("lets the command import only the parts of the module that do not need CDKTF", () => {
    const folders = ["aws", "inputs", "rules", "synth", "resources/child-ids", "unknown"];
    const command = filesBelow(join(PROJECT_ROOT, "cli")).map((file) =>
      readFileSync(join(PROJECT_ROOT, "cli", file), "utf8"),
    );
    const imported = command.flatMap((text) => [
      ...text.matchAll(/from "[./]+\/modules\/ecs-task-execution-role\/(.*)"/g),
    ]);
    expect(imported.length).toBeGreaterThan(5);
    expect(imported.filter(([, path = ""]) => !folders.some((folder) => path.startsWith(folder)))).toEqual([]);
  });
});
