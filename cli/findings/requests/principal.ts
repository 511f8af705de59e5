import { accountOf } from "../../arns";
import { always, known, perhaps } from "../evaluation/request";
import { absent, global, isPerhapsThere, type KeyRow, type Principal, tag, withSeveralValues } from "./condition-keys";

/** Keys that say who calls. */
export const OF_THE_ROLE: readonly KeyRow<{ readonly role: Principal }>[] = [
  global("principalarn", ["PrincipalArn"], ({ role }) => known(role.arn)),
  global("principalaccount", ["PrincipalAccount"], ({ role }) => known(accountOf(role.arn))),
  global("principaltag", ["PrincipalTag/"], tag),
  global("principaltype", ["PrincipalType"], () => known("AssumedRole")),
  global("principalisawsservice", ["PrincipalIsAWSService"], () => known("false")),
  global("principalservicename", ["PrincipalServiceName", "PrincipalServiceNamesList"], absent),
  global("principalorgid", ["PrincipalOrgID"], isPerhapsThere),
  global("principalorgpaths", ["PrincipalOrgPaths"], (_, name) => withSeveralValues(perhaps(name))),
  // The ID of the role and the name of its session.
  global("userid", ["userid"], (_, name) => ({ ...always(name), like: "AROA*:*" })),
  global("username", ["username"], absent),
];
