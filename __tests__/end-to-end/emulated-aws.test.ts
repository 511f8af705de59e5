import { connect } from "node:net";
import { startEmulatedAws } from "../../scripts/tools/aws/emulated-aws";
import { motoPython } from "../../scripts/tools/aws/moto";
import { endToEnd } from "../support/end-to-end";

endToEnd("the emulated AWS", (tools) => {
  /** The first packet of the response to a request on a new connection. */
  const firstPacket = (request: string) =>
    new Promise<string>((resolve, reject) => {
      const { hostname, port } = new URL(tools.aws.url);
      const socket = connect(Number(port), hostname, () => socket.write(request));
      socket.once("data", (data) => {
        resolve(data.toString());
        socket.destroy();
      });
      socket.once("error", reject);
    });

  test("sends the headers and the body of a response in one packet", async () => {
    const body = "Action=GetCallerIdentity&Version=2011-06-15";
    const authorization = "AWS4-HMAC-SHA256 Credential=emulated/20260101/us-east-1/sts/aws4_request";
    const request = [
      "POST / HTTP/1.1",
      "Host: sts.amazonaws.com",
      `Authorization: ${authorization}`,
      "Content-Type: application/x-www-form-urlencoded",
      `Content-Length: ${body.length}`,
      "",
      body,
    ].join("\r\n");
    for (let attempt = 0; attempt < 30; attempt += 1) {
      const [headers = "", response = ""] = (await firstPacket(request)).split("\r\n\r\n");
      expect(headers).toContain("200 OK");
      expect(response).toMatch(/<\/GetCallerIdentityResponse>\s*$/);
    }
  });

  test("records requests that an HTTP client resends, but not retries by an AWS SDK", async () => {
    const aws = await startEmulatedAws(await motoPython());
    for (const [invocation, attempt] of [
      ["first", 1],
      ["first", 2],
      ["second", 1],
      ["second", 1],
    ]) {
      const headers = { "amz-sdk-invocation-id": `${invocation}`, "amz-sdk-request": `attempt=${attempt}; max=25` };
      expect((await fetch(`${aws.url}/moto-api/data.json`, { headers })).ok).toBe(true);
    }
    await aws.stop();
    expect(aws.repeated()).toEqual([expect.stringContaining("second attempt=1")]);
  });
});
