import type { RealTools } from "./end-to-end";

/** The parameters of a call to an AWS API with the query protocol, such as IAM. One of them is `Action`. */
export type QueryCall = Readonly<Record<string, string>>;

/**
 * The IAM calls that reach the emulated AWS during `work`, in order.
 *
 * @see https://docs.getmoto.org/en/latest/docs/configuration/recorder/index.html
 */
export async function iamCalls({ aws }: Pick<RealTools, "aws">, work: () => Promise<unknown>): Promise<QueryCall[]> {
  const recorder = async (action: string, method = "POST") =>
    (await fetch(`${aws.url}/moto-api/recorder/${action}`, { method })).text();
  await recorder("reset-recording");
  await recorder("start-recording");
  try {
    await work();
  } finally {
    await recorder("stop-recording");
  }
  const lines = (await recorder("download-recording", "GET")).split("\n").filter((line) => line !== "");
  return lines
    .map((line) => Buffer.from((JSON.parse(line) as { body: string }).body, "base64").toString())
    .map((body) => Object.fromEntries(new URLSearchParams(body)))
    .filter(({ Version }) => Version === IAM);
}

/** The only API version of IAM, which every call to IAM contains. */
const IAM = "2010-05-08";

/** The names of the calls that change something. */
export function writes(calls: readonly QueryCall[]): string[] {
  return calls.map(({ Action = "" }) => Action).filter((action) => !/^(Get|List|Simulate)/.test(action));
}
