import { TerraformLocal, Tokenization } from "cdktf";
import type { Construct } from "constructs";
import type { ArnFieldName } from "../aws/arn-fields";
import { PLACES } from "../aws/container-fields";
import type { TaskPlace } from "../aws/container-grants";
import { DERIVED_FIELDS } from "../aws/container-grants";
import { derivedInTerraform } from "../hcl/containers";
import { snakeCase } from "../hcl/language";
import { dynamicStatements } from "../hcl/statements";
import type { TaskExecutionAccess } from "../inputs/access";
import { unpacked } from "../unknown";

/** An access whose container definitions only Terraform can read, where its language can refer to them. */
export class UnreadContainers {
  /** The containers, in Terraform's language. */
  public readonly containers: string;
  private readonly derived: string;

  constructor(
    scope: Construct,
    private readonly access: TaskExecutionAccess,
    all: readonly unknown[],
    private readonly place: TaskPlace,
  ) {
    const containers = local(scope, "containers");
    containers.expression = all.map((one, at) =>
      typeof one === "string" ? readFromText(scope, at, one) : whatCounts(one),
    );
    this.containers = `flatten(local.${containers.friendlyUniqueId})`;
    const derived = local(scope, "derived");
    derived.expression = Object.fromEntries(
      DERIVED_FIELDS.map((field) => [snakeCase(field), `\${${derivedInTerraform(field, this.containers, place)}}`]),
    );
    this.derived = `local.${derived.friendlyUniqueId}`;
  }

  /**
   * The statements of the whole access.
   *
   * @param explicit where Terraform finds the list that a field has besides.
   */
  public statements(explicit: (field: ArnFieldName) => string) {
    const { guardDutyAgent = false, createLogGroups = false } = this.access;
    return dynamicStatements({
      explicit,
      derived: this.derived,
      guardDutyAgent: String(guardDutyAgent),
      createLogGroups: String(createLogGroups),
      partition: this.place.partition,
    });
  }
}

function local(scope: Construct, id: string): TerraformLocal {
  return (scope.node.tryFindChild(id) as TerraformLocal | undefined) ?? new TerraformLocal(scope, id, []);
}

const COUNTS = ["name", ...PLACES.map(({ path }) => path.split(/[.[]/)[0] ?? "")];

/** Definitions in a text that only Terraform can read, or in a list that CDKTF packed into one. */
function readFromText(scope: Construct, at: number, text: string): unknown {
  const list = unpacked(text);
  if (list !== text) {
    return list;
  }
  const json = local(scope, `json-${at}`);
  json.expression = text;
  return `\${jsondecode(local.${json.friendlyUniqueId})}`;
}

/** Of a container only what counts, so that no other value of it is here too. */
function whatCounts(container: unknown): unknown {
  const isPlain = Object.getPrototypeOf(container) === Object.prototype && !Tokenization.reverseMap(container as never);
  return isPlain
    ? Object.fromEntries(Object.entries(container as object).filter(([key]) => COUNTS.includes(key)))
    : container;
}
