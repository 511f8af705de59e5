import { ECRClient, PutImageCommand } from "@aws-sdk/client-ecr";
import type { RealTools } from "./end-to-end";

/** Pushes an image to an ECR repository, as far as the emulated AWS can tell. */
export async function pushImage({ environment }: RealTools, repositoryName: string, imageTag: string): Promise<void> {
  const { AWS_ENDPOINT_URL: endpoint, AWS_REGION: region } = environment;
  const credentials = { accessKeyId: "emulated", secretAccessKey: "emulated" };
  const mediaType = "application/vnd.oci.image.manifest.v1+json";
  const imageManifest = JSON.stringify({ schemaVersion: 2, mediaType, layers: [], annotations: { tag: imageTag } });
  const ecr = new ECRClient({ ...(endpoint && { endpoint }), ...(region && { region }), credentials });
  await ecr.send(new PutImageCommand({ repositoryName, imageTag, imageManifest }));
}
