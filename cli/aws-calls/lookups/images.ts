import type { ECRClient, ImageIdentifier } from "@aws-sdk/client-ecr";
import { cached } from "../cached";
import { itemsOf } from "../pages";
import { type Existence, isNamed, notLookedUp, type UnknownAnswer, unknownBecause } from "./answers";
import { batched } from "./batched";
import type { Clients } from "./clients";

/** The maximum for DescribeImages. */
const IMAGES_AT_ONCE = 100;

/** Private images in ECR, also those of other accounts. */
export function imagesIn({ ecr }: Pick<Clients, "ecr">): (image: string) => Promise<Existence> {
  const prefixes = cached(async (registry) => {
    const [, , , region = "", registryId = ""] = registry.split(":");
    return importedPrefixes(await ecr(region), registryId);
  });
  const describe = async (repository: string, images: readonly string[]): Promise<readonly Existence[]> => {
    const [registry = "", repositoryName = ""] = repository.split(":repository/");
    const [, , , region = "", registryId = ""] = registry.split(":");
    const answers = (answer: Existence) => images.map(() => answer);
    const missing = async (why: string) => answers(unlessImported(repositoryName, why, await prefixes(registry)));
    try {
      const { DescribeImagesCommand } = await import("@aws-sdk/client-ecr");
      const command = new DescribeImagesCommand({ registryId, repositoryName, imageIds: images.map(idOf) });
      await (await ecr(region)).send(command);
      return answers({ exists: true });
    } catch (error) {
      if (isNamed(error, "ImageNotFoundException")) {
        // One missing image fails the call for all of them.
        return images.length === 1
          ? missing("its repository has no such image")
          : (await Promise.all(images.map((one) => describe(repository, [one])))).flat();
      }
      return isNamed(error, "RepositoryNotFoundException")
        ? missing("its repository does not exist")
        : answers(notLookedUp(error));
    }
  };
  return batched(repositoryOf, IMAGES_AT_ONCE, describe);
}

const repositoryOf = (image: string) => image.replace(/(@.*|:[^:/]*)$/, "");

function idOf(image: string): ImageIdentifier {
  const [kind, id] = [image[repositoryOf(image).length], image.slice(repositoryOf(image).length + 1)];
  return kind === "@" ? { imageDigest: id } : { imageTag: id };
}

/** The prefixes of the repositories into which pull-through cache rules import images. */
async function importedPrefixes(client: ECRClient, registryId: string): Promise<readonly string[] | UnknownAnswer> {
  const { paginateDescribePullThroughCacheRules } = await import("@aws-sdk/client-ecr");
  const pages = paginateDescribePullThroughCacheRules({ client }, { registryId });
  try {
    const rules = await itemsOf(pages, (page) => page.pullThroughCacheRules);
    return rules.map(({ ecrRepositoryPrefix = "" }) => ecrRepositoryPrefix);
  } catch (error) {
    return unknownBecause(error);
  }
}

/** The prefix of a rule for every repository. */
const EVERY_REPOSITORY = "ROOT";

/** A rule can import an image when it is pulled. Without permission to read the rules, nobody knows whether one does. */
function unlessImported(repository: string, why: string, prefixes: readonly string[] | UnknownAnswer): Existence {
  if ("unknown" in prefixes) {
    return /AccessDenied/.test(prefixes.unknown)
      ? { unknown: `${why}, but a pull-through cache rule may import it (${prefixes.unknown})` }
      : { exists: false, why: `${why}, and the pull-through cache rules are unknown (${prefixes.unknown})` };
  }
  const prefix = prefixes.find((one) => one === EVERY_REPOSITORY || repository.startsWith(`${one}/`));
  return prefix === undefined
    ? { exists: false, why }
    : { unknown: `${why}, but the pull-through cache rule ${prefix} may import it` };
}
