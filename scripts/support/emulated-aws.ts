import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Environment, onPath, run, start } from "./child-process";
import { MissingPart } from "./missing-part";
import { CACHE_FOLDER } from "./project";

const MOTO = "moto[server]==5.2.1";

const MOTO_NEEDS = "The emulated AWS needs moto's moto_server on the PATH, or Python 3 to install it with.";

export interface EmulatedAws {
  readonly url: string;
  /** The environment of a command that must see the emulated AWS and nothing of the real one. */
  readonly environment: Environment;
  /** What the emulator itself got wrong so far, as its log has it. */
  faults(): string[];
  stop(): Promise<void>;
}

/**
 * Starts moto's server, with the AWS managed policies loaded, on a free port of 127.0.0.1.
 *
 * @throws Error if there is neither a `moto_server` nor a way to install it.
 */
export async function startEmulatedAws(): Promise<EmulatedAws> {
  const command = await motoServer();
  const folder = await mkdtemp(join(tmpdir(), "emulated-aws-"));
  const noConfiguration = join(folder, "no-aws-configuration");
  await writeFile(noConfiguration, "");

  const server = start(command, ["-H", "127.0.0.1", "-p", "0"], {
    env: { ...withoutAws(), MOTO_IAM_LOAD_MANAGED_POLICIES: "true", PYTHONUNBUFFERED: "1" },
  });
  const stop = async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const url = await new Promise<string>((resolve, reject) => {
      server.child.stderr?.on("data", () => {
        const address = server.output().match(/Running on (http:\/\/127\.0\.0\.1:\d+)/)?.[1];
        if (address) {
          resolve(address);
        }
      });
      server.finished.then(({ output }) => reject(new Error(`${command} did not start:\n${output}`)), reject);
    });
    const faults = () =>
      server
        .output()
        .split(/^(?=127\.0\.0\.1 )/m)
        .filter((entry) => /" 5\d\d /.test(entry));
    return { url, environment: isolatedEnvironment(url, noConfiguration), faults, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function isolatedEnvironment(url: string, noConfiguration: string): Environment {
  return {
    ...withoutAws(),
    AWS_ENDPOINT_URL: url,
    AWS_REGION: "us-east-1",
    AWS_ACCESS_KEY_ID: "emulated",
    AWS_SECRET_ACCESS_KEY: "emulated",
    AWS_CONFIG_FILE: noConfiguration,
    AWS_SHARED_CREDENTIALS_FILE: noConfiguration,
    AWS_EC2_METADATA_DISABLED: "true",
    // The emulator's threads trip over each other when they change things at the same time.
    TF_CLI_ARGS_apply: "-parallelism=1",
    TF_CLI_ARGS_destroy: "-parallelism=1",
    NO_PROXY: [process.env.NO_PROXY, "127.0.0.1"].filter(Boolean).join(","),
  };
}

/** Our environment without the user's AWS settings (moto reads them too) and working folders. */
function withoutAws(): Environment {
  return Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !name.startsWith("AWS_") && !["TF_DATA_DIR", "TF_WORKSPACE"].includes(name),
    ),
  );
}

/**
 * The `moto_server` to start: the one on the PATH, else one of our own in the cache folder.
 *
 * @throws MissingPart if there is neither that nor a Python to install it with.
 */
export async function motoServer(): Promise<string> {
  const found = onPath("moto_server");
  if (found) {
    return found;
  }
  const installed = inVirtualEnvironment("moto_server");
  if (!existsSync(installed)) {
    await installMoto();
  }
  return installed;
}

async function installMoto(): Promise<void> {
  const python = onPath("python3") ?? onPath("python");
  if (!python) {
    throw new MissingPart(MOTO_NEEDS);
  }
  await mkdir(CACHE_FOLDER, { recursive: true });
  const venv = await run(python, ["-m", "venv", VIRTUAL_ENVIRONMENT]);
  if (venv.code !== 0) {
    throw new MissingPart(
      `${python} cannot make a virtual environment: install python3-venv, or put moto's moto_server on the PATH.`,
    );
  }
  const { code, output } = await run(inVirtualEnvironment("python"), ["-m", "pip", "install", "--quiet", MOTO]);
  if (code !== 0) {
    await rm(VIRTUAL_ENVIRONMENT, { recursive: true, force: true });
    throw new MissingPart(
      `pip could not install ${MOTO}; install it yourself and put its moto_server on the PATH.\n${output}`,
    );
  }
}

const VIRTUAL_ENVIRONMENT = join(CACHE_FOLDER, "moto");

function inVirtualEnvironment(command: string): string {
  return process.platform === "win32"
    ? join(VIRTUAL_ENVIRONMENT, "Scripts", `${command}.exe`)
    : join(VIRTUAL_ENVIRONMENT, "bin", command);
}
