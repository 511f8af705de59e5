import { Fn, TerraformLocal, Token } from "cdktf";
import type { Construct } from "constructs";
import { PLACES } from "./container-definitions";
import { type ContainerDefinitions, containersOf } from "./container-values";
import { derivedInTerraform } from "./container-values-in-terraform";
import type { TaskPlace } from "./derived-access";
import { DERIVED_FIELDS, type GrantField } from "./grants";
import { snakeCase } from "./terraform-language";

/** Container definitions that only Terraform can read, where its language can refer to them. */
export class UnreadContainers {
  /** An expression for the list of containers. */
  public readonly containers: string;

  private readonly derived: string;

  constructor(scope: Construct, definitions: ContainerDefinitions, place: TaskPlace) {
    const containers = local(scope, "containers");
    containers.expression = containersOf(definitions).map(readByTerraform);
    this.containers = `flatten(local.${containers.friendlyUniqueId})`;
    const derived = local(scope, "derived");
    derived.expression = Object.fromEntries(
      DERIVED_FIELDS.map((field) => [snakeCase(field), `\${${derivedInTerraform(field, this.containers, place)}}`]),
    );
    this.derived = `local.${derived.friendlyUniqueId}`;
  }

  /** An expression for what the containers give a field. */
  public listOf(field: GrantField): string {
    return DERIVED_FIELDS.includes(field) ? `${this.derived}.${snakeCase(field)}` : "[]";
  }
}

function local(scope: Construct, id: string): TerraformLocal {
  return (scope.node.tryFindChild(id) as TerraformLocal | undefined) ?? new TerraformLocal(scope, id, []);
}

const COUNTS = ["name", ...PLACES.map(({ path }) => path.split(/[.[]/)[0] ?? "")];

/** Definitions as Terraform reads them; of a container only what counts, so that no other value of it is here too. */
function readByTerraform(one: unknown): unknown {
  if (typeof one === "string") {
    return Fn.jsondecode(one);
  }
  return Token.isUnresolved(one) && !isPlain(one)
    ? one
    : Object.fromEntries(Object.entries(one as object).filter(([key]) => COUNTS.includes(key)));
}

/** Whether it is an object that we can look into, whatever it holds. */
function isPlain(one: unknown): boolean {
  return typeof one === "object" && one !== null && Object.getPrototypeOf(one) === Object.prototype;
}
