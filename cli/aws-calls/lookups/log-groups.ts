import type { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { type Existence, isNamed, notLookedUp } from "./answers";
import { batched } from "./batched";
import type { Clients } from "./clients";

/** The maximum for DescribeLogGroups. */
const GROUPS_AT_ONCE = 50;

export function logGroupsIn({ logs }: Pick<Clients, "logs">): (group: string) => Promise<Existence> {
  return batched(
    (arn) => arn.split(":")[3] ?? "",
    GROUPS_AT_ONCE,
    async (region, groups) => {
      const names = groups.map((arn) => arn.replace(/^.*?:log-group:/, ""));
      try {
        const client = await logs(region);
        const found = names.length > 1 ? await foundTogether(names, client) : [];
        return await Promise.all(names.map((name) => (found.includes(name) ? EXISTS : existenceOf(name, client))));
      } catch (error) {
        return groups.map(() => notLookedUp(error));
      }
    },
  );
}

const EXISTS: Existence = { exists: true };

/** The names that certainly exist: one that AWS refuses fails the call for all of them. */
async function foundTogether(names: readonly string[], client: CloudWatchLogsClient): Promise<readonly unknown[]> {
  const { DescribeLogGroupsCommand } = await import("@aws-sdk/client-cloudwatch-logs");
  try {
    const { logGroups = [] } = await client.send(new DescribeLogGroupsCommand({ logGroupIdentifiers: [...names] }));
    return logGroups.map(({ logGroupName }) => logGroupName);
  } catch (error) {
    if (isNamed(error, "InvalidParameterException")) {
      return [];
    }
    throw error;
  }
}

async function existenceOf(name: string, client: CloudWatchLogsClient): Promise<Existence> {
  const { DescribeLogGroupsCommand } = await import("@aws-sdk/client-cloudwatch-logs");
  // The answer is sorted, so a group with exactly this name is the first.
  const { logGroups = [] } = await client.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: name, limit: 1 }));
  return logGroups[0]?.logGroupName === name ? EXISTS : { exists: false, why: "it does not exist" };
}
