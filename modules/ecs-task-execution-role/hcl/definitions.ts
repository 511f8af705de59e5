/*
 * What `synth/definitions.ts` does, in Terraform's language: containers are in a list, in its JSON, in a task definition
 * that holds it, or in several of these.
 */

const READ = 'jsondecode(trimprefix(definition, "\\ufeff"))';

/** The containers of one `definition`; an error if there are none in it. Only a list has a slice. */
const CONTAINERS_OF_ONE =
  `try(${READ}.taskDefinition.containerDefinitions, ${READ}.containerDefinitions, slice(${READ}, 0, length(${READ})), ` +
  "definition.taskDefinition.containerDefinitions, definition.containerDefinitions, [merge(definition, {})])";

/** Everything in the lists of several definitions, which are a list. */
export function elementsIn(definitions: string): string {
  return `flatten([for definition in ${definitions} : try(${CONTAINERS_OF_ONE}, [])])`;
}

/** The containers among these elements. */
export function containersIn(elements: string): string {
  return `[for container in ${elements} : container if can(keys(container))]`;
}

/** What of several definitions cannot be read, in words. */
export function unreadableIn(definitions: string): string {
  return (
    `[for definition in ${definitions} : try("text of \${length(definition)} characters that is not ` +
    `\${can(${READ}) ? "a list of container definitions" : "JSON"}", "a value that is not a string") if !can(${CONTAINERS_OF_ONE})]`
  );
}

/** The numbers of containers of the task definitions that have more than so many. */
export function sizesOver(atMost: number, definitions: string): string {
  const texts = `[for definition in ${definitions} : length(try(${CONTAINERS_OF_ONE}, []))]`;
  const objects = `length([for definition in ${definitions} : definition if can(keys(definition))])`;
  return `[for size in concat(${texts}, [${objects}]) : size if size > ${atMost}]`;
}
