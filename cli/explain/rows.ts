import { CONTAINERS } from "./causes/containers";
import { NETWORK } from "./causes/network";
import { POLICIES } from "./causes/policies";
import { FILES } from "./causes/resources/files";
import { IMAGES } from "./causes/resources/images";
import { LOGS } from "./causes/resources/logs";
import { SECRETS } from "./causes/resources/secrets";
import { VOLUMES } from "./causes/resources/volumes";
import { ROLES } from "./causes/roles";
import { SCHEDULER } from "./causes/scheduler";
import { THROTTLING } from "./causes/throttling";
import { OTHER_CALLS, UNSPECIFIC } from "./causes/unspecific";
import type { Row } from "./model/row";

/** In the order in which `explain` tries them: the first that matches explains the reason. */
export const ROWS: readonly Row[] = [
  ...ROLES,
  ...POLICIES,
  ...VOLUMES,
  ...NETWORK,
  ...THROTTLING,
  ...SECRETS,
  ...FILES,
  ...LOGS,
  ...IMAGES,
  ...OTHER_CALLS,
  ...CONTAINERS,
  ...SCHEDULER,
  ...UNSPECIFIC,
];
