import { readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { PROJECT_ROOT } from "../tools/project";

const MODULE = join(PROJECT_ROOT, "modules", "ecs-task-execution-role");

/** The doc comments of an exported interface or class and of each of its public members, as Markdown. */
export function referenceOf(file: string, name: string): string {
  const { declaration, source, members } = declarationOf(file, name);
  return [`## ${name}`, ...prose(declaration), ...members.map((member) => described(member, source))].join("\n\n");
}

/** The public members of an exported interface or class, with the default that their doc comments name. */
export function defaultsOf(file: string, name: string): Readonly<Record<string, string>> {
  const { members } = declarationOf(file, name);
  return Object.fromEntries(
    members.map((member) => {
      const [, byDefault = ""] =
        prose(member)
          .join("\n")
          .match(/^- default: (.*)$/m) ?? [];
      return [member.name?.getText() ?? "constructor", byDefault.replace(/\.$/, "")];
    }),
  );
}

function declarationOf(file: string, name: string) {
  const text = readFileSync(join(MODULE, file), "utf8");
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const declaration = source.statements.find(
    (statement): statement is ts.InterfaceDeclaration | ts.ClassDeclaration =>
      (ts.isInterfaceDeclaration(statement) || ts.isClassDeclaration(statement)) && statement.name?.text === name,
  );
  if (!declaration) {
    throw new Error(`${file} has no ${name}`);
  }
  return { declaration, source, members: [...declaration.members].filter(isPublic) };
}

function described(member: ts.ClassElement | ts.TypeElement, source: ts.SourceFile): string {
  const name = ts.isConstructorDeclaration(member) ? "constructor" : (member.name?.getText(source) ?? "");
  return [`### ${name}`, `\`${signature(member, source)}\``, ...prose(member)].join("\n\n");
}

function signature(member: ts.Node, source: ts.SourceFile): string {
  const text = (part: ts.Node) => part.getText(source).replace(/\s+/g, " ");
  if (ts.isConstructorDeclaration(member)) {
    const parameters = member.parameters.map(({ name, type, initializer }) =>
      [text(name), initializer ? "?" : "", ": ", type ? text(type) : ""].join(""),
    );
    return `new (${parameters.join(", ")})`;
  }
  const [declared = ""] = member.getText(source).split(/ \{\n| = /);
  const whole = declared.replace(/\s+/g, " ").replace(/^(public |readonly )+/, "");
  return whole.replace(/^get (\w+)\(\)/, "$1").replace(/;$/, "");
}

function prose(node: ts.Node): string[] {
  const [doc] = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc);
  const tags = (doc?.tags ?? []).map((tag) => {
    const value = ts.getTextOfJSDocComment(tag.comment) ?? "";
    const kind = tag.tagName.text;
    return kind === "example" ? `\`\`\`ts\n${value}\n\`\`\`` : `- ${kind}: ${cleaned(kind, tag, value)}`;
  });
  const bullets = tags.filter((tag) => tag.startsWith("- ")).join("\n");
  const examples = tags.filter((tag) => !tag.startsWith("- "));
  return [ts.getTextOfJSDocComment(doc?.comment) ?? "", ...examples, bullets]
    .map((part) => part.replace(/\{@link (\w+)\}/g, "`$1`"))
    .filter((part) => part !== "");
}

function cleaned(kind: string, tag: ts.JSDocTag, value: string): string {
  // The compiler parses "https" as the name that a @see tag can start with.
  const whole = kind === "see" ? (tag.getText().match(/https?:\S+/)?.[0] ?? value) : value;
  return whole.replace(/^- /, "").replace(/\s+/g, " ");
}

function isPublic(member: ts.ClassElement | ts.TypeElement): boolean {
  const modifiers = ts.canHaveModifiers(member) ? (ts.getModifiers(member) ?? []) : [];
  return !modifiers.some(({ kind }) => kind === ts.SyntaxKind.PrivateKeyword);
}
