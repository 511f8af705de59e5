import type { RoleWithPolicies } from "../../account/policies";
import type { NeededCall } from "../../needs/calls";
import type { OwnKey } from "./own-keys";

/** A call that Amazon ECS makes with a role, or that a service makes on its behalf. */
export interface RoleCall {
  readonly role: Pick<RoleWithPolicies, "arn" | "tags">;
  readonly call: Pick<NeededCall, "action" | "resource" | "pattern" | "keys" | "through" | "isFargate">;
  readonly region: string | undefined;
  readonly own: readonly OwnKey[];
}
