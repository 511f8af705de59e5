import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";

/** One call of the AWS API on its way to the emulator. */
export interface AwsCall {
  /** Such as `AttachRolePolicy`. */
  readonly action: string;
  /** The parameters of a call with the query protocol, such as `RoleName`. */
  readonly parameters: URLSearchParams;
  /** Forwards the call and returns the response, or passes it to `onAnswer` instead. */
  forward(onAnswer?: () => void): void;
  /** Closes the connection, as if AWS were unavailable. */
  drop(): void;
  /** Responds instead of AWS. */
  answer(status: number, body: string): void;
}

export interface AwsProxy {
  readonly url: string;
  stop(): Promise<void>;
}

const proxies = new Set<AwsProxy>();

/** Stops all proxies that are still running. */
export async function stopProxies(): Promise<void> {
  await Promise.all([...proxies].map((proxy) => proxy.stop()));
}

/** A proxy on 127.0.0.1 in front of the emulated AWS. `onCall` decides what happens to each call. */
export async function startAwsProxy(awsUrl: string, onCall: (call: AwsCall) => void): Promise<AwsProxy> {
  const server = createServer(async (incoming, response) => {
    const body = await buffer(incoming);
    const parameters = new URLSearchParams(body.toString());
    onCall({
      action: actionOf(incoming, parameters),
      parameters,
      forward: (onAnswer) => forward(awsUrl, incoming, body, response, onAnswer),
      drop: () => response.destroy(),
      answer: (status, text) => response.writeHead(status, { "content-type": "text/xml" }).end(text),
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const proxy: AwsProxy = {
    url: `http://127.0.0.1:${port}`,
    stop: () =>
      new Promise((resolve) => {
        proxies.delete(proxy);
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  proxies.add(proxy);
  return proxy;
}

/** The action is in the body or in a header: `AmazonEC2ContainerServiceV20141113.ListServices`. */
function actionOf({ headers }: IncomingMessage, parameters: URLSearchParams): string {
  const [target = ""] = [headers["x-amz-target"] ?? []].flat();
  return target.split(".").at(-1) || (parameters.get("Action") ?? "");
}

function forward(
  awsUrl: string,
  incoming: IncomingMessage,
  body: Buffer,
  response: ServerResponse,
  onAnswer?: () => void,
): void {
  const { method, url, headers } = incoming;
  request(new URL(url ?? "/", awsUrl), { method, headers }, (answer) => {
    if (onAnswer) {
      answer.resume().on("end", onAnswer);
      return;
    }
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  })
    .on("error", () => response.destroy())
    .end(body);
}
