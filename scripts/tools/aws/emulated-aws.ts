import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Environment, start } from "../child-process";

const MOTO_SERVER = join(__dirname, "moto-server.py");

export interface EmulatedAws {
  readonly url: string;
  /** The environment for a command that must reach only the emulated AWS, never the real one. */
  readonly environment: Environment;
  /** The emulator's own errors so far: log lines of responses with a 5xx status, and the output before them. */
  faults(): string[];
  /** The log lines of requests that arrived twice because the HTTP client resent them. */
  repeated(): string[];
  stop(): Promise<void>;
}

/**
 * Starts moto's server, with the AWS managed policies loaded, on a free port of 127.0.0.1.
 *
 * @param python a Python with moto, as `motoPython` finds it.
 */
export async function startEmulatedAws(python: string): Promise<EmulatedAws> {
  const folder = await mkdtemp(join(tmpdir(), "emulated-aws-"));
  const noConfiguration = join(folder, "no-aws-configuration");
  await writeFile(noConfiguration, "");

  const server = start(python, [MOTO_SERVER], {
    env: {
      ...withoutAws(),
      MOTO_IAM_LOAD_MANAGED_POLICIES: "true",
      // The output file of moto's recorder, which is off by default.
      MOTO_RECORDER_FILEPATH: join(folder, "recording"),
    },
  });
  const stop = async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const url = await new Promise<string>((resolve, reject) => {
      server.child.stdout?.on("data", () => {
        const address = server.output().match(/^Running on (\S+)$/m)?.[1];
        if (address) {
          resolve(address);
        }
      });
      server.finished.then(({ output }) => reject(new Error(`moto's server did not start:\n${output}`)), reject);
    });
    return {
      url,
      environment: isolatedEnvironment(url, noConfiguration),
      faults: () => faultsIn(server.output()),
      repeated: () => repeatedIn(server.output()),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** A line that the server logs for a request: status, method, path, protocol, the SDK's invocation and attempt. */
const REQUEST = /^\d{3} [A-Z]+ .* HTTP\/1\.[01] (\S+) (\S+)$/;

function faultsIn(log: string): string[] {
  return log.split(/(?<=^\d{3} [A-Z]+ .* HTTP\/1\.[01] .*\n)/m).filter((entry) => /^5\d\d [A-Z]+ /m.test(entry));
}

function repeatedIn(log: string): string[] {
  const seen = new Set<string>();
  return log.split("\n").filter((line) => {
    const [, invocation = "-", attempt = "-"] = line.match(REQUEST) ?? [];
    const repeated = invocation !== "-" && seen.has(`${invocation} ${attempt}`);
    seen.add(`${invocation} ${attempt}`);
    return repeated;
  });
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
    // Makes Go collect garbage less often: Terraform and its provider build large schemas for each command.
    GOGC: "400",
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
