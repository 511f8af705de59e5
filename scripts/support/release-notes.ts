/**
 * What the changelog says of a version.
 *
 * @throws Error if it says nothing.
 */
export function releaseNotes(changelog: string, version: string): string {
  const [, notes = ""] =
    changelog
      .split(/^## /m)
      .map((section) => section.match(/^(\S+)[^\n]*\n([\s\S]*)$/))
      .find((section) => section?.[1] === version)
      ?.slice(1) ?? [];
  if (notes.trim() === "") {
    throw new Error(
      `CHANGELOG.md has no section "## ${version}" with something in it; rename "## Unreleased" to that.`,
    );
  }
  return `${notes.trim()}\n`;
}
