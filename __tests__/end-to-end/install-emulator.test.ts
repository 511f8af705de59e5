import { existsSync } from "node:fs";
import { chmod, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { onPath, run, succeed } from "../../scripts/support/child-process";
import { motoServer } from "../../scripts/support/emulated-aws";
import { NODE_WITH_TSX } from "../../scripts/support/project";
import { endToEnd } from "../support/end-to-end";
import { makeScratchProject } from "../support/scratch-project";

// A wheel that stands for moto's and starts the real one: no test downloads from a package index.
const MAKE_WHEEL = `
import sys, zipfile
folder, real, path = sys.argv[1:]
start = "import os, sys\\ndef main():\\n    os.environ['PATH'] = %r\\n    os.execv(%r, [%r] + sys.argv[1:])\\n"
with zipfile.ZipFile(folder + "/moto-5.2.1-py3-none-any.whl", "w") as wheel:
    wheel.writestr("moto_stand_in.py", start % (path, real, real))
    info = "moto-5.2.1.dist-info/"
    wheel.writestr(info + "METADATA", "Metadata-Version: 2.1\\nName: moto\\nVersion: 5.2.1\\nProvides-Extra: server\\n")
    wheel.writestr(info + "WHEEL", "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
    wheel.writestr(info + "entry_points.txt", "[console_scripts]\\nmoto_server = moto_stand_in:main\\n")
    wheel.writestr(info + "RECORD", "")
`;

endToEnd("where there is no moto_server on the PATH", (parts) => {
  test("the demo installs it with pip into the project's cache folder", async () => {
    const [bin, wheels] = [join(parts.folder, "bin"), join(parts.folder, "wheels")];
    await mkdir(bin);
    await mkdir(wheels);
    const python = succeed(await run("python3", ["-c", "import sys; print(sys.executable)"])).stdout.trim();
    succeed(await run(python, ["-c", MAKE_WHEEL, wheels, await motoServer(), process.env.PATH ?? ""]));
    for (const [name, command] of [
      ["python3", python],
      ["terraform", parts.terraform.command],
      ["node", process.execPath],
      ["sh", onPath("sh")],
    ]) {
      await writeFile(join(bin, name ?? ""), `#!/bin/sh\nexec "${command}" "$@"\n`);
      await chmod(join(bin, name ?? ""), 0o755);
    }
    const project = await makeScratchProject(join(parts.folder, "project"));
    const { code, output } = await run(process.execPath, [...NODE_WITH_TSX, join(project, "scripts", "demo.ts")], {
      cwd: project,
      env: { ...process.env, PATH: bin, PIP_NO_INDEX: "1", PIP_FIND_LINKS: wheels, PIP_CONFIG_FILE: "/dev/null" },
    });
    expect(output).toContain("Destroy complete! Resources: 5 destroyed.");
    expect(code).toBe(0);
    expect(existsSync(join(project, ".cache", "moto", "bin", "moto_server"))).toBe(true);
  });
});
