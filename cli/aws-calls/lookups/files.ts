import { cached } from "../cached";
import { type Existence, isNamed, notLookedUp } from "./answers";
import { anyRegionFor, type Clients } from "./clients";

/** Files in S3. Their names are listed, because whoever can ask for a file can also read it. */
export function filesIn({ buckets }: Pick<Clients, "buckets">): (file: string) => Promise<Existence> {
  return cached(async (arn) => {
    const [, Bucket = "", Prefix = ""] = arn.match(/:::([^/]+)\/(.*)$/s) ?? [];
    try {
      const { ListObjectsV2Command } = await import("@aws-sdk/client-s3");
      // The answer is sorted, so a file with exactly this name is the first.
      const command = new ListObjectsV2Command({ Bucket, Prefix, MaxKeys: 1 });
      const { Contents = [] } = await (await buckets(anyRegionFor(arn))).send(command);
      return Contents.some(({ Key }) => Key === Prefix)
        ? { exists: true }
        : { exists: false, why: "its bucket has no such file" };
    } catch (error) {
      return isNamed(error, "NoSuchBucket") ? { exists: false, why: "its bucket does not exist" } : notLookedUp(error);
    }
  });
}
