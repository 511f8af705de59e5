import { mkdir, readFile, symlink } from "node:fs/promises";
import { join } from "node:path";
import { onPath, start } from "../../scripts/parts/child-process";
import { NODE_WITH_TSX } from "../../scripts/parts/project";
import { endToEnd } from "../support/end-to-end";
import { OFFLINE } from "../support/faked-fetch";
import { makeScratchProject } from "../support/scratch-project";

/** As `npm run --silent` sets it for every npm that its script starts. */
const SILENT = { npm_config_loglevel: "silent" };

endToEnd("npm run demo", (parts) => {
  test("only synthesizes and exits with code 3 if Terraform is missing and cannot be downloaded", async () => {
    const bin = join(parts.folder, "bin");
    await mkdir(bin);
    await symlink(onPath("node") ?? "", join(bin, "node"));
    // In a copy, because this checkout can have a Terraform in its cache.
    const project = await makeScratchProject(join(parts.folder, "project"));
    const { code, output } = await start(process.execPath, [...NODE_WITH_TSX, join(project, "scripts", "demo.ts")], {
      env: {
        ...process.env,
        TMPDIR: parts.folder,
        PATH: bin,
        TERRAFORM_BINARY_NAME: "",
        ...OFFLINE,
        ...SILENT,
        npm_config_cache: parts.folder,
      },
    }).finished;
    expect(output).toContain("1 aws_iam_role, 4 aws_iam_role_policy_attachment");
    expect(output).toMatch(/There is no terraform on the PATH: downloading Terraform \S+ into \S+ \.\.\.\n/);
    expect(output).toMatch(/could not be downloaded \(.+\): install Terraform 1\.5 or later/);
    const json = output.match(/\S+cdk\.tf\.json/)?.[0] ?? "";
    expect(JSON.parse(await readFile(json, "utf8")).resource).toHaveProperty("aws_iam_role");
    expect(code).toBe(3);
  });
});
