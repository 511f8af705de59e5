/**
 * The changelog section of a version.
 *
 * @throws Error if it is missing or empty.
 */
export function releaseNotes(changelog: string, version: string): string {
  const section = changelog.split(/^## /m).find((text) => text.split(/\s/, 1)[0] === version) ?? "";
  const notes = section.replace(/^.*\n?/, "");
  if (notes.trim() === "") {
    throw new Error(
      `CHANGELOG.md has no section "## ${version}", or the section is empty; rename "## Unreleased" to "## ${version}".`,
    );
  }
  return `${notes.trim()}\n`;
}
