import { CouldNotCheck } from "../could-not-check";
import type { DerivedRole } from "./derived-role";

/** The policy document of one role. */
export function asPolicy([role, ...others]: readonly DerivedRole[]): string {
  if (others.length > 0) {
    throw new CouldNotCheck("these task definitions have several execution roles; derive one policy at a time");
  }
  return JSON.stringify(role?.policy, null, 2);
}
