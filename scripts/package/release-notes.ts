/**
 * What the changelog says of a version.
 *
 * @throws Error if it says nothing.
 */
export function releaseNotes(changelog: string, version: string): string {
  const section = changelog.split(/^## /m).find((text) => text.split(/\s/, 1)[0] === version) ?? "";
  const notes = section.replace(/^.*\n?/, "");
  if (notes.trim() === "") {
    throw new Error(
      `CHANGELOG.md has no section "## ${version}" with something in it; rename "## Unreleased" to that.`,
    );
  }
  return `${notes.trim()}\n`;
}
