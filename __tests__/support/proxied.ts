import { type AwsCall, startAwsProxy } from "../../scripts/tools/aws/aws-proxy";
import { type Running, start } from "../../scripts/tools/child-process";
import { type RealParts, withOwnProvider } from "./end-to-end";
import { Workspace } from "./workspace";

/** A workspace that reaches the emulated AWS through a proxy, which can intercept each call. */
export class Proxied {
  public onCall: (call: AwsCall) => void = (call) => call.forward();

  private constructor(
    private readonly parts: RealParts,
    public readonly workspace: Workspace,
    /** The same workspace for commands that need no proxy: attached to the running provider, they take a fifth of the time. */
    public readonly direct: Workspace,
  ) {}

  static async make(parts: RealParts, name: string): Promise<Proxied> {
    const proxy = await startAwsProxy(parts.aws.url, (call) => proxied.onCall(call));
    const through = { ...withOwnProvider(parts), environment: { ...parts.environment, AWS_ENDPOINT_URL: proxy.url } };
    const proxied: Proxied = new Proxied(through, new Workspace(through, name), new Workspace(parts, name));
    return proxied;
  }

  /** Starts `terraform` in the workspace, which must be initialized. stop() sends SIGKILL. */
  start(...args: string[]): Running {
    const { command } = this.parts.terraform;
    return start(command, args, { cwd: this.workspace.folder, env: this.parts.environment });
  }
}
