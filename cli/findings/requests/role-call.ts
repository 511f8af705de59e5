import type { NeededCall } from "../../needs/needed-call";
import type { Principal } from "./condition-keys";

/** A condition key that the Service Authorization Reference lists for an action or its resources. */
export interface OwnKey {
  /** Its name in lower case, without the part that a user chooses. */
  readonly start: string;
  readonly isWhole: boolean;
  readonly isList: boolean;
}

/** A call that Amazon ECS makes with a role, or that a service makes on its behalf. */
export interface RoleCall {
  readonly role: Principal;
  readonly call: Pick<NeededCall, "action" | "resource" | "pattern" | "keys" | "through" | "isFargate">;
  readonly region: string | undefined;
  readonly own: readonly OwnKey[];
}
