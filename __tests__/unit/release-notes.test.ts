import { releaseNotes } from "../../scripts/package/release-notes";

const CHANGELOG =
  "# Changelog\n\n## Unreleased\n\n## 1.1.0 (2026-12-01)\n\n### Added\n\n- This.\n\n## 1.0.0\n\n- All.\n";

describe("releaseNotes", () => {
  test("returns the section of a version, with or without a date", () => {
    expect(releaseNotes(CHANGELOG, "1.1.0")).toBe("### Added\n\n- This.\n");
    expect(releaseNotes(CHANGELOG, "1.0.0")).toBe("- All.\n");
  });

  test.each(["2.0.0", "Unreleased", "1"])("throws for %s, which has no notes", (version) => {
    expect(() => releaseNotes(CHANGELOG, version)).toThrow(`CHANGELOG.md has no section "## ${version}"`);
  });
});
