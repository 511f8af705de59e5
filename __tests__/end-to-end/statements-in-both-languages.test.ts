import fc from "fast-check";
import type { TaskExecutionAccess } from "../../modules/ecs-task-execution-role";
import { LIST_FIELD_NAMES, LIST_FIELDS } from "../../modules/ecs-task-execution-role/permissions/access-fields";
import { matches } from "../../modules/ecs-task-execution-role/synth/violations";
import { arbitraryAccess, arbitraryArn, BAD } from "../support/arbitrary-access";
import { arbitraryContainer } from "../support/arbitrary-containers";
import { endToEnd } from "../support/end-to-end";
import { EVERY_LIST } from "../support/examples";
import { violationsAtSynth } from "../support/inputs";
import { REAL_DEFINITIONS } from "../support/real-definitions";
import { statementsOf } from "../support/statements";
import { PLACE, type ReadRole, readInTerraform } from "../support/terraform-reader";

const GENERATED_DEFINITIONS = fc
  .sample(arbitraryContainer, { seed: 9, numRuns: 2000 })
  .map((container) => ({ containerDefinitions: [container] }))
  .filter((access) => violationsAtSynth({ access }).length === 0);

/** For the public definitions, `unit/container-definitions` compares the statements with an expert's. */
const ACCESSES: readonly TaskExecutionAccess[] = [
  ...fc.sample(arbitraryAccess, { seed: 11, numRuns: 50 }),
  ...[...REAL_DEFINITIONS, ...GENERATED_DEFINITIONS].map(({ containerDefinitions }) => ({
    containerDefinitions: JSON.stringify(containerDefinitions),
  })),
];

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

/** Sids of statements that the construct writes itself. */
const KNOWN = ["RegistryLogin", "ReadSecrets", "Decrypt"];

endToEnd("modules/access", (tools) => {
  let read: readonly ReadRole[];
  beforeAll(async () => {
    const lists = LISTS.map(({ field, values }) => ({ [field]: values, guardDutyAgent: true }));
    const roles = [...ACCESSES, ...lists].map((access) => ({ access }));
    const without = [EVERY_LIST, {}, { secrets: EVERY_LIST.secrets }].map((access) => ({ access, known: KNOWN }));
    read = await readInTerraform(tools, [...roles, ...without]);
  });

  test("returns the same statements as the construct", () => {
    const set = (texts: readonly string[]) => [...new Set(texts)].sort();
    for (const [at, access] of ACCESSES.entries()) {
      const { statements = [], faults } = read[at] ?? {};
      const inTerraform = statements.map((one) => ({ ...one, resources: set(one.resources) }));
      const atSynth = statementsOf(access, PLACE).map(({ condition = [], ...one }) => ({
        ...one,
        conditions: condition,
      }));
      expect({ access, faults, inTerraform }).toEqual({ access, faults: [], inTerraform: atSynth });
    }
    expect(GENERATED_DEFINITIONS.length).toBeGreaterThan(20);
  });

  test("leaves out the statements that the caller knows, and needs no others then", () => {
    const sids = statementsOf(EVERY_LIST, PLACE).map(({ sid }) => sid);
    expect(sids).toEqual(expect.arrayContaining(KNOWN));
    const others = sids.filter((sid) => !KNOWN.includes(sid));
    const found = read.slice(-3).map(({ statements, faults }) => [statements.map(({ sid }) => sid), faults]);
    expect(found).toEqual([others, [], []].map((left) => [left, []]));
  });

  test.each(LISTS.map((list, at) => ({ ...list, at })))(
    "refuses the same values of $field as the construct",
    ({ field, values, at }) => {
      const { pattern, never, must } = LIST_FIELDS[field];
      const bad = values.filter((arn) => !matches(pattern, arn) || (never && matches(never, arn)));
      const faults = read[ACCESSES.length + at]?.faults.filter((fault) => fault.includes(must)) ?? [];
      expect(
        faults.map((fault) => JSON.parse(fault.match(/got (".*?"); must/s)?.[1] ?? '"a value that is not shown"')),
      ).toEqual(bad);
      expect(bad.length).toBeGreaterThan(40);
    },
  );
});
