import { CONTAINERS, EXITS } from "./causes/containers";
import { FILES } from "./causes/files";
import { IMAGE_NAMES, IMAGES } from "./causes/images";
import { LOGS } from "./causes/logs";
import { NETWORK } from "./causes/network";
import { POLICIES } from "./causes/policies";
import { ROLES } from "./causes/roles";
import { SCHEDULER } from "./causes/scheduler";
import { SECRETS } from "./causes/secrets";
import { THROTTLING } from "./causes/throttling";
import { OTHER_CALLS, UNSPECIFIC } from "./causes/unspecific";
import { VOLUMES } from "./causes/volumes";
import type { KnownReason } from "./model/known-reason";

/** In the order in which `explain` tries them: the first that matches explains the reason. */
export const KNOWN_REASONS: readonly KnownReason[] = [
  ...ROLES,
  ...POLICIES,
  ...VOLUMES,
  ...IMAGE_NAMES,
  ...NETWORK,
  ...THROTTLING,
  ...SECRETS,
  ...FILES,
  ...LOGS,
  ...IMAGES,
  ...OTHER_CALLS,
  ...CONTAINERS,
  ...SCHEDULER,
  ...EXITS,
  ...UNSPECIFIC,
];
