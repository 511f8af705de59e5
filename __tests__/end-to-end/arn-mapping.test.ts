import fc from "fast-check";
import { LIST_FIELD_NAMES, LIST_FIELDS } from "../../modules/ecs-task-execution-role/permissions/access-fields";
import { matches } from "../../modules/ecs-task-execution-role/synth/violations";
import { arbitraryAccess, arbitraryArn, BAD } from "../support/arbitrary-access";
import { endToEnd } from "../support/end-to-end";
import { VALUES } from "../support/every-input";
import { statementsOf } from "../support/statements";
import { PLACE, type ReadAccess, readInTerraform } from "../support/terraform-reader";

const ACCESSES = fc.sample(arbitraryAccess, { seed: 11, numRuns: 50 });

/** Good and bad values of every list. */
const LISTS = LIST_FIELD_NAMES.map((field) => {
  const good = fc.sample(arbitraryArn(field), { seed: 11, numRuns: 40 });
  const values = [
    ...good,
    ...good.map((arn) => arn.replace(/^arn:/, "")),
    ...good.map((arn) => arn.replace(/:[0-9]{12}:/, "::")),
    ...good.map((arn) => `${arn}\n`),
    ...good.map((arn) => arn.slice(0, -1)),
    ...BAD,
  ];
  return { field, values };
});

endToEnd("modules/access", (parts) => {
  let accesses: ReadAccess[];
  let lists: ReadAccess[];
  beforeAll(async () => {
    const read = await readInTerraform(parts, "accesses", [
      ...ACCESSES,
      ...LISTS.map(({ field, values }) => ({ [field]: values, guardDutyAgent: true })),
    ]);
    accesses = read.slice(0, ACCESSES.length);
    lists = read.slice(ACCESSES.length);
  });

  test("maps every list to the same statements as the construct", () => {
    const set = (texts: readonly string[]) => [...new Set(texts)].sort();
    const inTerraform = accesses.map(({ statements }) =>
      statements.map(({ conditions, ...one }) => ({ ...one, resources: set(one.resources), condition: conditions })),
    );
    const atSynth = ACCESSES.map((access) =>
      statementsOf(access, PLACE).map(({ condition = [], ...one }) => ({
        ...one,
        resources: set(one.resources),
        condition,
      })),
    );
    expect(inTerraform).toEqual(atSynth);
    expect(accesses.flatMap(({ faults }) => faults)).toEqual([]);
  });

  test("leaves out the statements that the caller knows, and needs no others then", async () => {
    const [every, nothing, one] = [ACCESSES[0] as object, {}, { secrets: VALUES.access.secrets }];
    const known = ["RegistryLogin", "ReadSecrets", "Decrypt"];
    const read = await readInTerraform(parts, "known", [every, nothing, one], known);
    const sids = accesses[0]?.statements.map(({ sid }) => sid) ?? [];
    expect(sids).toEqual(expect.arrayContaining(known));
    expect(read.map(({ statements }) => statements.map(({ sid }) => sid))).toEqual([
      sids.filter((sid) => !known.includes(sid)),
      [],
      [],
    ]);
    expect(read.flatMap(({ faults }) => faults)).toEqual([]);
  });

  test.each(LISTS.map((list, at) => ({ ...list, at })))(
    "refuses the same values of $field as the construct",
    ({ field, values, at }) => {
      const { pattern, never, must } = LIST_FIELDS[field];
      const bad = values.filter((arn) => !matches(pattern, arn) || (never && matches(never, arn)));
      const faults = lists[at]?.faults.filter((fault) => fault.includes(must)) ?? [];
      expect(
        faults.map((fault) => JSON.parse(fault.match(/got (".*?"); must/s)?.[1] ?? '"a value that is not shown"')),
      ).toEqual(bad);
      expect(bad.length).toBeGreaterThan(40);
    },
  );
});
