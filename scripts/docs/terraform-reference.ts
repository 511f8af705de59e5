import { terraformModule } from "../../modules/ecs-task-execution-role/hcl/module";

/** Every variable, output and address of the Terraform module. */
export function terraformReference(): string {
  const { variable, output, resource, data } = terraformModule();
  const variables = Object.entries(variable).map(([name, { description, type, default: byDefault, ...more }]) =>
    [
      `### ${name}`,
      description,
      `- type: \`${type}\`\n- default: \`${JSON.stringify(byDefault)}\``,
      (more.validation ?? []).map(ruleOf).join("\n"),
    ]
      .filter((part) => part !== "")
      .join("\n\n"),
  );
  const outputs = Object.entries(output).map(([name, { description }]) => `- \`${name}\`: ${description}`);
  return [
    "## Variables",
    ...variables,
    "## Outputs",
    outputs.join("\n"),
    "## Resources",
    [...addresses(resource), ...addresses(data, "data.")].join("\n"),
  ].join("\n\n");
}

function addresses(blocks: Record<string, object>, prefix = ""): string[] {
  return Object.entries(blocks).flatMap(([type, all]) =>
    Object.keys(all).map((name) => `- \`${prefix}${type}.${name}\``),
  );
}

/** The input and the rule that a validation's message names. */
function ruleOf({ error_message }: { error_message: string }): string {
  const [, input = "", must = ""] = error_message.match(/^(\S+): got .*; must (.*?)\. Fix: /s) ?? [];
  return `- \`${input}\` must ${must}.`;
}
