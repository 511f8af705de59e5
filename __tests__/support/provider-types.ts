import { readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";

/** The arguments, blocks and attributes of resources and data sources, as the types of a provider package declare them. */
export class ProviderTypes {
  /** @param folder the folder `lib` of the package. */
  constructor(private readonly folder: string) {}

  /** The names in a block of a resource or data source that its type does not have, as `path.to.name`. */
  unknownArguments(type: string, block: object): string[] {
    const { config, nested } = this.read(type);
    return unknownIn(block, config, nested, type);
  }

  /** Whether a resource or data source has this attribute. */
  hasAttribute(type: string, attribute: string): boolean {
    return this.read(type).attributes.has(camelCase(attribute));
  }

  private read(type: string) {
    const folder = type
      .replace(/^aws_/, "")
      .replace(/^data\.aws_/, "data-aws-")
      .replaceAll("_", "-");
    const file = join(this.folder, folder, "index.d.ts");
    const source = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest, true);
    const nested = new Map(
      source.statements.filter(ts.isInterfaceDeclaration).map((declaration) => [declaration.name.text, declaration]),
    );
    const config = [...nested.values()].find(({ heritageClauses }) =>
      heritageClauses?.some((clause) => clause.getText(source).includes("TerraformMetaArguments")),
    ) as ts.InterfaceDeclaration;
    const resource = source.statements
      .filter(ts.isClassDeclaration)
      .find(({ name }) => `${name?.text}Config` === config.name.text);
    const attributes = new Set(resource?.members.filter(ts.isGetAccessor).map(({ name }) => name.getText(source)));
    return { config, nested, attributes };
  }
}

/** The meta-arguments of Terraform, which every block can have. */
const META_ARGUMENTS = ["//", "count", "depends_on", "for_each", "lifecycle", "provider"];

function unknownIn(
  block: object,
  type: ts.InterfaceDeclaration,
  nested: ReadonlyMap<string, ts.InterfaceDeclaration>,
  path: string,
): string[] {
  const members = new Map(type.members.map((member) => [member.name?.getText() ?? "", member.getText()]));
  return Object.entries(block).flatMap(([name, value]) => {
    if (META_ARGUMENTS.includes(name)) {
      return [];
    }
    if (name === "dynamic") {
      const contents = Object.entries(value as Record<string, { content: object }[]>).map(([of, blocks]) => ({
        [of]: [blocks].flat().flatMap(({ content }) => content),
      }));
      return contents.flatMap((content) => unknownIn(content, type, nested, path));
    }
    const member = members.get(camelCase(name));
    if (!member) {
      return [`${path}.${name}`];
    }
    const blockType = nested.get(member.match(/: (\w+)(\[\])?[ ;]/)?.[1] ?? "");
    const blocks = [value].flat().filter((inner) => typeof inner === "object");
    return blockType ? blocks.flatMap((inner) => unknownIn(inner as object, blockType, nested, `${path}.${name}`)) : [];
  });
}

function camelCase(name: string): string {
  return name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}

type Blocks = Readonly<Record<string, Readonly<Record<string, object>>>>;

/** Every block of a configuration in Terraform JSON, with its type as `aws_x` or `data.aws_x`. */
export function awsBlocks({ resource = {}, data = {} }: { readonly resource?: Blocks; readonly data?: Blocks }) {
  const of = (blocks: Blocks, prefix: string) =>
    Object.entries(blocks).flatMap(([type, named]) =>
      Object.values(named).map((block) => ({ type: prefix + type, block })),
    );
  return [...of(resource, ""), ...of(data, "data.")].filter(({ type }) => /^(data\.)?aws_/.test(type));
}

/** Every attribute of an AWS resource or data source that a configuration refers to. */
export function awsReferences(configuration: object): { readonly type: string; readonly attribute: string }[] {
  const text = JSON.stringify(configuration);
  const references = text.matchAll(/\b((?:data\.)?aws_\w+)\.[\w-]+(?:\[[^\]]*\])?\.([a-z_]+)/g);
  return [...references].map(([, type = "", attribute = ""]) => ({ type, attribute }));
}
