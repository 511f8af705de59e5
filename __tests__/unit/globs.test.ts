import fc from "fast-check";
import { contains, overlaps } from "../../cli/findings/evaluation/globs";

const glob = fc.string({ unit: fc.constantFrom("a", "b", "*", "?"), maxLength: 6 });

const regExp = (pattern: string) => new RegExp(`^${pattern.replaceAll("*", ".*").replaceAll("?", ".")}$`, "s");
const matches = (pattern: string, text: string) => regExp(pattern).test(text);

/** Texts that a pattern matches; `z` is a character that no pattern contains. */
const instances = (pattern: string) =>
  fc
    .tuple(
      fc.array(fc.string({ unit: fc.constantFrom("a", "b", "z"), maxLength: 4 }), { minLength: 7, maxLength: 7 }),
      fc.array(fc.constantFrom("a", "b", "z"), { minLength: 7, maxLength: 7 }),
    )
    .map(([stars, marks]) => {
      let [star, mark] = [0, 0];
      return pattern.replace(/[*?]/g, (wildcard) => (wildcard === "*" ? stars[star++] : marks[mark++]) ?? "");
    });

/** Texts that a pattern matches, with each `*` as nothing, one or two characters, or many. */
const textsOf = (pattern: string): string[] =>
  [...pattern.replace(/\*+/g, "*")].reduce<string[]>(
    (texts, symbol) => texts.flatMap((text) => (STANDS_FOR[symbol] ?? [symbol]).map((more) => text + more)),
    [""],
  );

const STANDS_FOR: Readonly<Record<string, readonly string[]>> = {
  "?": ["a", "b", "z"],
  "*": ["", "a", "b", "z", "ab", "ba", "zz", "aaaaaaaa", "bbbbbbbb", "zzzzzzzz"],
};

describe("IAM patterns", () => {
  test.each([
    ["*", "arn:aws:s3:::a/*", true],
    ["arn:aws:s3:::a/*", "arn:aws:s3:::a/b", true],
    ["arn:aws:s3:::a/*", "arn:aws:s3:::ab/*", false],
    ["secret:db-??????", "secret:db-AbCdEf", true],
    ["secret:db-??????", "secret:db-*", false],
    ["a?*", "a*?", true],
    ["a?*", "a*", false],
  ])("%s contains %s: %s", (outer, inner, is) => {
    expect(contains(outer, inner)).toBe(is);
  });

  test("match every text of the patterns that they contain", () => {
    const cases = fc
      .tuple(glob, glob)
      .chain(([outer, inner]) => fc.tuple(fc.constant(outer), fc.constant(inner), instances(inner)));
    fc.assert(
      fc.property(cases, ([outer, inner, text]) => !contains(outer, inner) || matches(outer, text)),
      { numRuns: 20_000 },
    );
  });

  test("do not match some text of the patterns that they do not contain", () => {
    fc.assert(
      fc.property(
        glob,
        glob,
        (outer, inner) => contains(outer, inner) || textsOf(inner).some((text) => !matches(outer, text)),
      ),
      { numRuns: 2_000 },
    );
  });

  test("overlap if a text matches both", () => {
    const cases = fc
      .tuple(glob, glob)
      .chain(([one, other]) => fc.tuple(fc.constant(one), fc.constant(other), instances(other)));
    fc.assert(
      fc.property(cases, ([one, other, text]) => !matches(one, text) || (overlaps(one, other) && overlaps(other, one))),
      { numRuns: 20_000 },
    );
    expect(overlaps("arn:*:a", "arn:aws:*b")).toBe(false);
    expect(overlaps("*:secret:db-*", "arn:*:secret:*-AbCdEf")).toBe(true);
  });
});
