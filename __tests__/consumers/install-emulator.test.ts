import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { startEmulatedAws } from "../../scripts/tools/aws/emulated-aws";
import { motoPython } from "../../scripts/tools/aws/moto";
import { onPath, run, succeed } from "../../scripts/tools/child-process";

describe("motoPython() without moto", () => {
  const { PATH } = process.env;
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "install-emulator-"));
  });
  afterAll(async () => {
    process.env.PATH = PATH;
    await rm(folder, { recursive: true });
  });

  test("installs a moto that starts, from the package index and with hashes", async () => {
    const python = onPath("python3") ?? "";
    succeed(await run(python, ["-m", "venv", join(folder, "fresh")]));
    process.env.PATH = `${join(folder, "fresh", "bin")}:${dirname(process.execPath)}`;
    const cache = join(folder, "cache");
    const installed = await motoPython(cache);
    expect(installed).toBe(join(cache, "moto", "bin", "python3"));
    const aws = await startEmulatedAws(installed);
    expect((await fetch(`${aws.url}/moto-api/data.json`)).ok).toBe(true);
    await aws.stop();
  });
});
