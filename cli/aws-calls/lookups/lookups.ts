import type { Lookups } from "./answers";
import { clientsOfTheUser } from "./clients";
import { filesIn } from "./files";
import { imagesIn } from "./images";
import { logGroupsIn } from "./log-groups";
import { resourcePoliciesIn } from "./resource-policies";

/** Asks in the Region of each ARN, and once about each. */
export function lookupsOfTheUser(): Lookups {
  const clients = clientsOfTheUser();
  return {
    image: imagesIn(clients),
    logGroup: logGroupsIn(clients),
    file: filesIn(clients),
    policy: resourcePoliciesIn(clients),
  };
}
