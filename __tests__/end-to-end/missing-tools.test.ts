import { chmod, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { motoPython } from "../../scripts/tools/aws/moto";
import { onPath, run } from "../../scripts/tools/child-process";
import { MissingTool } from "../../scripts/tools/missing-tool";
import { NODE_WITH_TSX } from "../../scripts/tools/project";
import { endToEnd } from "../support/end-to-end";
import { OFFLINE } from "../support/faked-fetch";
import { makeScratchProject } from "../support/scratch-project";

/** The output of Debian's python3 if the package python3-venv is not installed. */
const NO_ENSUREPIP = `The virtual environment was not created successfully because ensurepip is not
available.  On Debian/Ubuntu systems, you need to install the python3-venv
package using the following command.`;

/** A stub of Python without moto, which is new enough or not; `-m venv FOLDER` runs the script `venv`. */
const pythonWithoutMoto = (isNew: boolean, venv: string) => `#!/bin/sh
case "$*" in
  *moto.server*) exit 1 ;;
  *version_info*) ${isNew} ;;
  "-m venv"*) for folder; do :; done; ${venv} ;;
esac
`;

/** A script that creates a virtual environment whose pip prints this error and fails. */
const venvWithFailingPip = (error: string) =>
  `mkdir -p "$folder/bin"; printf '#!/bin/sh\\necho "${error}" >&2; exit 1\\n' > "$folder/bin/python3"; chmod +x "$folder/bin/python3"`;

endToEnd("without moto or Terraform", (tools) => {
  const environment = { ...process.env };
  let folder: string;
  let bin: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "missing-tools-"));
    bin = join(folder, "bin");
    await mkdir(bin);
    for (const command of ["node", "sh", "mkdir", "chmod"]) {
      await symlink(onPath(command) ?? "", join(bin, command));
    }
    process.env.PATH = bin;
  });
  afterEach(async () => {
    process.env = { ...environment };
    await rm(folder, { recursive: true });
  });

  const putPython = async (script: string) => {
    await writeFile(join(bin, "python3"), script);
    await chmod(join(bin, "python3"), 0o755);
  };

  test.each([
    [
      "Python is missing",
      "",
      "needs Python 3.10 or later: install it (Debian, Ubuntu: apt install python3 python3-venv",
    ],
    [
      "Python is too old",
      pythonWithoutMoto(false, "exit 1"),
      "The emulated AWS needs Python 3.10 or later: install it",
    ],
    [
      "Python lacks its venv or pip package",
      pythonWithoutMoto(true, `echo "${NO_ENSUREPIP}"; exit 1`),
      "cannot create a virtual environment for the emulated AWS. Install its venv and pip packages (Debian, Ubuntu: apt install python3-venv;",
    ],
    [
      "pip finds no package index",
      pythonWithoutMoto(true, venvWithFailingPip("ERROR: No matching distribution found for moto")),
      "pip could not install the emulated AWS (ERROR: No matching distribution found for moto). Give pip access",
    ],
  ])("the error says what to install if %s", async (_, python, sentence) => {
    if (python) {
      await putPython(python);
    }
    const cache = join(folder, "cache");
    const found = motoPython(cache);
    await expect(found).rejects.toThrow(MissingTool);
    await expect(found).rejects.toThrow(sentence);
    // A second attempt starts from scratch.
    await expect(motoPython(cache)).rejects.toThrow(sentence);
  });

  test.each([
    ["Python is missing", {}, /is synthesized, not applied\. The emulated AWS needs Python 3\.10 or later: install it/],
    [
      "Terraform is missing and cannot be downloaded",
      // As `npm run --silent` sets it for every npm that its script starts.
      { TERRAFORM_BINARY_NAME: "", npm_config_loglevel: "silent", ...OFFLINE },
      /There is no terraform on the PATH: downloading Terraform \S+ into \S+ \.\.\.\n.*could not be downloaded \(.+\): install Terraform 1\.5 or later/s,
    ],
  ])("npm run demo only synthesizes the role and exits with code 3 if %s", async (_, variables, sentence) => {
    // In a copy, because this checkout can have moto and Terraform in its cache.
    const project = await makeScratchProject(join(folder, "project"));
    const found = { TERRAFORM_BINARY_NAME: tools.terraform.command, npm_config_cache: folder };
    const env = { ...environment, PATH: bin, TMPDIR: folder, ...found, ...variables };
    const { code, output } = await run(process.execPath, [...NODE_WITH_TSX, join(project, "scripts", "demo.ts")], {
      env,
    });
    expect(output).toContain("1 aws_iam_role, 4 aws_iam_role_policy_attachment");
    expect(output).toMatch(sentence);
    const json = output.match(/\S+cdk\.tf\.json/)?.[0] ?? "";
    expect(JSON.parse(await readFile(json, "utf8")).resource).toHaveProperty("aws_iam_role");
    expect(code).toBe(3);
  });
});
