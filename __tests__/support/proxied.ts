import { type AwsCall, startAwsProxy } from "../../scripts/tools/aws/aws-proxy";
import { type Running, start } from "../../scripts/tools/child-process";
import { type RealTools, withOwnProvider } from "./end-to-end";
import { Workspace } from "./workspace";

/** A workspace that reaches the emulated AWS through a proxy, which can intercept each call. */
export class Proxied {
  public onCall: (call: AwsCall) => void = (call) => call.forward();

  private constructor(
    private readonly tools: RealTools,
    public readonly workspace: Workspace,
    /** The same workspace for commands that need no proxy: attached to the running provider, they take a fifth of the time. */
    public readonly direct: Workspace,
  ) {}

  static async make(tools: RealTools, name: string): Promise<Proxied> {
    const proxy = await startAwsProxy(tools.aws.url, (call) => proxied.onCall(call));
    const through = { ...withOwnProvider(tools), environment: { ...tools.environment, AWS_ENDPOINT_URL: proxy.url } };
    const proxied: Proxied = new Proxied(through, new Workspace(through, name), new Workspace(tools, name));
    return proxied;
  }

  /** Starts `terraform` in the workspace, which must be initialized. stop() sends SIGKILL. */
  start(...args: string[]): Running {
    const { command } = this.tools.terraform;
    return start(command, args, { cwd: this.workspace.folder, env: this.tools.environment });
  }
}
