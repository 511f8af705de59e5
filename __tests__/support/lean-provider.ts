import {
  type ClientHttp2Session,
  connect,
  createServer,
  type IncomingHttpHeaders,
  type IncomingHttpStatusHeader,
  type ServerHttp2Stream,
} from "node:http2";
import { type AddressInfo, connect as connectSocket } from "node:net";
import { BinaryReader } from "@bufbuild/protobuf/wire";

/** The types that the tests use. Terraform reports that the provider does not support any other type: add it here. */
const TYPES_IN_USE =
  /^aws_(caller_identity|cloudformation_stack|cloudwatch_log_group|ecr_|ecs_|iam_|kms_|partition|region|s3_|secretsmanager_|ssm_|subnets|vpc)/;

/** The address of a provider, in the form of TF_REATTACH_PROVIDERS. */
export interface ProviderAddress {
  readonly Addr: { readonly Network: string; readonly String: string };
}

/** The same for all proxies of this process, because building it takes a provider seconds. */
let schema: Promise<Buffer> | undefined;

/**
 * Starts a proxy for the AWS provider that removes the types that no test uses from the provider's schema, and forwards
 * every other call unchanged. Reading the schemas of 1,500 types takes Terraform ten times as long as the rest of a
 * command.
 *
 * A running provider has one configuration, so a root module with two needs its own provider (`withOwnProvider`).
 *
 * @returns the address of the proxy, which stops with this process.
 */
export async function startLeanProvider(provider: ProviderAddress): Promise<ProviderAddress> {
  const session = connect("http://provider", { createConnection: () => connectSocket(provider.Addr.String) });
  session.unref();
  const server = createServer().on("stream", async (stream, headers) => {
    const [, call = ""] = headers[":path"]?.match(/\/(\w+)$/) ?? [];
    if (/^Get(Provider)?Schema$/.test(call)) {
      schema ??= callProvider(session, headers).then(leanSchema);
      stream.respond({ ":status": 200, "content-type": "application/grpc" }, { waitForTrailers: true });
      stream.on("wantTrailers", () => stream.sendTrailers({ "grpc-status": "0" }));
      stream.end(await schema);
      return;
    }
    passOn(stream, headers, session);
  });
  server.unref();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { ...provider, Addr: { Network: "tcp", String: `127.0.0.1:${port}` } };
}

function passOn(stream: ServerHttp2Stream, headers: IncomingHttpHeaders, provider: ClientHttp2Session): void {
  const call = provider.request(headers);
  call.on("response", (response: IncomingHttpHeaders & IncomingHttpStatusHeader, flags: number) => {
    const endStream = (flags & END_STREAM) !== 0;
    stream.respond(response, { waitForTrailers: !endStream, endStream });
  });
  let trailers = {};
  call.on("trailers", (received) => {
    trailers = received;
  });
  stream.on("wantTrailers", () => stream.sendTrailers(trailers));
  stream.on("close", () => call.close());
  stream.on("error", () => call.close());
  call.on("error", () => stream.close());
  stream.pipe(call);
  call.pipe(stream);
}

const END_STREAM = 1;

/** The provider's response to a call without arguments. */
async function callProvider(provider: ClientHttp2Session, headers: IncomingHttpHeaders): Promise<Uint8Array> {
  const call = provider.request(headers);
  call.end(inFrame([]));
  const chunks: Buffer[] = await call.toArray();
  return Buffer.concat(chunks).subarray(FRAME_HEADER);
}

/** One byte for the compression flag, and four bytes for the length of the message. */
const FRAME_HEADER = 5;

function inFrame(message: readonly Uint8Array[]): Buffer {
  const header = Buffer.alloc(FRAME_HEADER);
  header.writeUInt32BE(Buffer.concat(message).length, 1);
  return Buffer.concat([header, ...message]);
}

/** The fields of GetProviderSchema.Response that are maps by type: resources, data sources, ephemeral resources. */
const FIELDS_BY_TYPE = [2, 3, 8];

/** @see https://github.com/hashicorp/terraform/blob/main/docs/plugin-protocol/tfplugin5.proto */
function leanSchema(message: Uint8Array): Buffer {
  const reader = new BinaryReader(message);
  const kept: Uint8Array[] = [];
  while (reader.pos < reader.len) {
    const start = reader.pos;
    const [field, wireType] = reader.tag();
    const value = reader.pos;
    reader.skip(wireType);
    if (!FIELDS_BY_TYPE.includes(field) || TYPES_IN_USE.test(typeOf(message.subarray(value, reader.pos)))) {
      kept.push(message.subarray(start, reader.pos));
    }
  }
  return inFrame(kept);
}

/** The key of a map entry. */
function typeOf(entry: Uint8Array): string {
  const fields = new BinaryReader(new BinaryReader(entry).bytes());
  fields.tag();
  return fields.string();
}
