import fc from "fast-check";
import * as globs from "../../cli/evaluation/operators/globs";
import { patternOf } from "../../cli/evaluation/operators/globs";

const contains = (outer: string, inner: string) => globs.contains(patternOf(outer), patternOf(inner));
const overlaps = (one: string, other: string) => globs.overlaps(patternOf(one), patternOf(other));

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

const RUNS = 5_000;

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
      { numRuns: RUNS },
    );
  });

  test("do not match some text of the patterns that they do not contain", () => {
    fc.assert(
      fc.property(
        glob,
        glob,
        (outer, inner) => contains(outer, inner) || textsOf(inner).some((text) => !matches(outer, text)),
      ),
      { numRuns: RUNS / 5 },
    );
  });

  test("overlap if a text matches both", () => {
    const cases = fc
      .tuple(glob, glob)
      .chain(([one, other]) => fc.tuple(fc.constant(one), fc.constant(other), instances(other)));
    fc.assert(
      fc.property(cases, ([one, other, text]) => !matches(one, text) || (overlaps(one, other) && overlaps(other, one))),
      { numRuns: RUNS },
    );
    expect(overlaps("arn:*:a", "arn:aws:*b")).toBe(false);
    expect(overlaps("*:secret:db-*", "arn:*:secret:*-AbCdEf")).toBe(true);
  });

  test("match the texts that the same regular expression matches", () => {
    const text = fc.string({ unit: fc.constantFrom("a", "b", ":"), maxLength: 6 });
    fc.assert(
      fc.property(glob, text, (pattern, one) => globs.matches(patternOf(pattern), one) === matches(pattern, one)),
      { numRuns: RUNS },
    );
  });

  test("match no colon with a wildcard in a segment", () => {
    const inSegment = fc.string({ unit: fc.constantFrom("a", ":", "*", "?", "+", "!"), maxLength: 6 });
    const symbols: Readonly<Record<string, string>> = {
      "*": globs.STAR,
      "?": globs.ONE,
      "+": globs.STAR_IN_SEGMENT,
      "!": globs.ONE_IN_SEGMENT,
    };
    const asPattern = (text: string) => [...text].map((one) => symbols[one] ?? one);
    const asRegExp = (text: string) =>
      new RegExp(
        `^${text.replace(/[*?+!]/g, (one) => ({ "*": ".*", "?": ".", "+": "[^:]*", "!": "[^:]" })[one] ?? "")}$`,
      );
    const texts = fc.string({ unit: fc.constantFrom("a", "z", ":"), maxLength: 6 });
    fc.assert(
      fc.property(inSegment, inSegment, texts, (one, other, text) => {
        const [first, second] = [asPattern(one), asPattern(other)];
        const [a, b] = [asRegExp(one).test(text), asRegExp(other).test(text)];
        return (
          globs.matches(first, text) === a &&
          (!(a && b) || globs.overlaps(first, second)) &&
          (!(b && !a) || !globs.contains(first, second))
        );
      }),
      { numRuns: RUNS },
    );
  });

  test("take no exponential time", () => {
    const many = `${"*?".repeat(30)}Zz`;
    const start = Date.now();
    expect(globs.matches(patternOf(many), "a".repeat(2_000))).toBe(false);
    expect(contains(`*a${"?".repeat(40)}`, `${"*b*a".repeat(20)}*`)).toBe(false);
    expect(contains("*", many)).toBe(true);
    expect(overlaps(many, `${"a*".repeat(200)}Zz`)).toBe(true);
    expect(Date.now() - start).toBeLessThan(2_000);
  });
});
