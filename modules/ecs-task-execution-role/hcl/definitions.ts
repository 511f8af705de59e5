/*
 * `synth/definitions.ts` as Terraform expressions: containers are in a list, in its JSON, in a task definition that
 * contains it, or in several of these.
 */

const READ = 'jsondecode(trimprefix(definition, "\\ufeff"))';

/** The containers of one `definition`, or an error if it contains none. `slice` accepts only lists. */
const CONTAINERS_OF_ONE =
  `try(${READ}.taskDefinition.containerDefinitions, ${READ}.containerDefinitions, slice(${READ}, 0, length(${READ})), ` +
  "definition.taskDefinition.containerDefinitions, definition.containerDefinitions, [merge(definition, {})])";

/** All elements of the lists in a list of definitions. */
export function elementsIn(definitions: string): string {
  return `flatten([for definition in ${definitions} : try(${CONTAINERS_OF_ONE}, [])])`;
}

/** The containers among these elements. */
export function containersIn(elements: string): string {
  return `[for container in ${elements} : container if can(keys(container))]`;
}

/** Descriptions of the definitions that cannot be read. */
export function unreadableIn(definitions: string): string {
  return (
    `[for definition in ${definitions} : try("text of \${length(definition)} characters that is not ` +
    `\${can(${READ}) ? "a list of container definitions" : "JSON"}", "a value that is not a string") if !can(${CONTAINERS_OF_ONE})]`
  );
}

/** The container counts of the task definitions that exceed a limit. */
export function sizesOver(atMost: number, definitions: string): string {
  const texts = `[for definition in ${definitions} : length(try(${CONTAINERS_OF_ONE}, []))]`;
  const objects = `length([for definition in ${definitions} : definition if can(keys(definition))])`;
  return `[for size in concat(${texts}, [${objects}]) : size if size > ${atMost}]`;
}
