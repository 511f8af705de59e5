import { existsSync, realpathSync } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { onPath, run } from "../child-process";
import { MissingTool } from "../missing-tool";
import { CACHE_FOLDER } from "../project";

const REQUIREMENTS = join(__dirname, "moto-requirements.txt");

/**
 * The Python that runs moto: one with moto installed, otherwise a virtual environment in the
 * cache folder, created on first use.
 *
 * @throws MissingTool if no Python here has moto or can install it; the message names what to install.
 */
export async function motoPython(cacheFolder = CACHE_FOLDER): Promise<string> {
  const virtualEnvironment = join(cacheFolder, "moto");
  const installed = pythonIn(join(virtualEnvironment, onWindows ? "Scripts" : "bin"));
  for (const python of [...pythonsBesideMoto(), ...pythonsOnPath(), installed].filter(existsSync)) {
    const { code } = await run(python, ["-c", "import moto.server"]);
    if (code === 0) {
      return python;
    }
  }
  try {
    await install(virtualEnvironment, installed);
    return installed;
  } catch (error) {
    await rm(virtualEnvironment, { recursive: true, force: true });
    throw error;
  }
}

/** pipx links `moto_server` into a folder on the PATH; the Python that has moto is beside the link's target. */
function pythonsBesideMoto(): string[] {
  const command = onPath("moto_server");
  return command ? [pythonIn(dirname(realpathSync(command)))] : [];
}

function pythonsOnPath(): string[] {
  return [onPath("python3"), onPath("python")].filter((python) => python !== undefined);
}

const onWindows = process.platform === "win32";

function pythonIn(folder: string): string {
  return join(folder, onWindows ? "python.exe" : "python3");
}

async function install(virtualEnvironment: string, installed: string): Promise<void> {
  const python = await newEnoughPython();
  await mkdir(dirname(virtualEnvironment), { recursive: true });
  const venv = await run(python, ["-m", "venv", "--clear", virtualEnvironment]);
  if (venv.code !== 0) {
    throw new MissingTool(
      `${python} cannot create a virtual environment for the emulated AWS. Install its venv and pip packages ` +
        "(Debian, Ubuntu: apt install python3-venv; Alpine: apk add py3-pip).",
    );
  }
  const pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--only-binary", ":all:"];
  const moto = await run(installed, [...pip, "--require-hashes", "--requirement", REQUIREMENTS]);
  if (moto.code !== 0) {
    throw new MissingTool(
      `pip could not install the emulated AWS (${lastLine(moto.output)}). ` +
        "Give pip access to a Python package index, or install moto yourself: pipx install 'moto[server]'.",
    );
  }
}

/** The pinned moto does not support older versions. */
async function newEnoughPython(): Promise<string> {
  for (const python of pythonsOnPath()) {
    const { code } = await run(python, ["-c", "import sys; sys.exit(sys.version_info < (3, 10))"]);
    if (code === 0) {
      return python;
    }
  }
  throw new MissingTool(
    "The emulated AWS needs Python 3.10 or later: install it " +
      "(Debian, Ubuntu: apt install python3 python3-venv; others: https://www.python.org/downloads/).",
  );
}

function lastLine(output: string): string {
  return output.trim().split("\n").at(-1) ?? "";
}
