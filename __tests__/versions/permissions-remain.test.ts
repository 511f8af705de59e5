import { spawnSync } from "node:child_process";
import { permissionsRemain } from "../support/permissions-remain";
import { BINARIES, terraformAt } from "../support/terraform-1.5";

describe.each(BINARIES)("%s", (binary) => {
  // The construct's import blocks, which are JSON, need Terraform 1.6.
  const imports = !/v1\.5\./.test(spawnSync(binary, ["version"], { encoding: "utf8" }).stdout);
  permissionsRemain(() => terraformAt(binary), imports);
});
