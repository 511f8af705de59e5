import type { DerivedRole } from "./derived-role";
import { literal, type WriteMembers } from "./literal";

/** What the app imports. */
const IMPORTS = [
  ["{ AwsProvider }", "@cdktf/provider-aws/lib/provider"],
  ["{ App, TerraformStack }", "cdktf"],
  ["{ EcsTaskExecutionRole }", "cdktf-ecs-task-execution-role"],
  ["type { Construct }", "constructs"],
].map(([names, module]) => `import ${names} from ${JSON.stringify(module)};`);

/** Roles as an app with one stack, whose constructs adopt the existing roles. */
export function asTypescript(roles: readonly DerivedRole[]): string {
  const [
    {
      location: { region },
    },
  ] = roles as [DerivedRole];
  const constructs = roles.map((role, at) => constructOf(role, at === 0 ? "execution" : `execution${at + 1}`));
  return `${IMPORTS.join("\n")}

class ExecutionRoles extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new AwsProvider(this, "aws", { region: ${JSON.stringify(region)} });

${constructs.join("\n\n")}
  }
}

const app = new App();
new ExecutionRoles(app, "execution-roles");
app.synth();`;
}

const INDENT = " ".repeat(4);

function constructOf({ notes, changes, props, imports }: DerivedRole, name: string): string {
  const created = `new EcsTaskExecutionRole(this, "${name}", ${literal(props, INDENT, members)});`;
  const lines = [
    ...[...notes, ...changes].map((comment) => `// ${comment}`),
    ...(imports === undefined ? [created] : [`const ${name} = ${created}`, `${name}.adopt();`]),
  ];
  return lines.map((line) => `${INDENT}${line}`).join("\n");
}

const members: WriteMembers = (all, indent) =>
  all.map(([key, one]) => `${indent}${keyOf(key)}: ${literal(one, indent, members)},\n`).join("");

const keyOf = (key: string): string => (/^[A-Za-z_]\w*$/.test(key) ? key : JSON.stringify(key));
