import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { EcrRepository } from "@cdktf/provider-aws/lib/ecr-repository";
import { EcsCluster } from "@cdktf/provider-aws/lib/ecs-cluster";
import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { awsProvider } from "./aws-provider";

/** Resources that outlive the service. */
export class SharedStack extends TerraformStack {
  public readonly cluster: EcsCluster;
  public readonly repository: EcrRepository;
  public readonly logGroup: CloudwatchLogGroup;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    awsProvider(this);
    this.cluster = new EcsCluster(this, "cluster", { name: "orders" });
    this.repository = new EcrRepository(this, "repository", { name: "orders", forceDelete: true });
    this.logGroup = new CloudwatchLogGroup(this, "logs", { name: "/ecs/orders", retentionInDays: 30 });
  }
}
