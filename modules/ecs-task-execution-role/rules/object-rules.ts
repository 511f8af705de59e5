import { isUnknown } from "../unknown";
import { isMap, type MapProp, type Rule } from "./rule";

const TYPED = { needless: "the variable has a type" };

/** An object has no other fields than these; Terraform drops others, for the variable has a type. */
export function noOtherFields(prop: "access" | "trust", fields: readonly string[], spelled: string): Rule {
  return {
    must: `have no other fields than ${spelled}`,
    fix: "correct the field's name",
    offenders: ({ [prop]: group = {} }) =>
      Object.keys(group)
        .filter((field) => !fields.includes(field))
        .map((got) => ({ input: prop, got })),
    terraform: TYPED,
  };
}

/** A prop is a map, also where nothing checks types. */
export function map(prop: MapProp): Rule {
  return {
    must: "be a map",
    fix: "write it as { key: value }",
    offenders: ({ [prop]: got }) => (got === undefined || isUnknown(got) || isMap(got) ? [] : [{ input: prop, got }]),
    terraform: TYPED,
  };
}

/** A switch is on or off, also where nothing checks types. */
export function trueOrFalse(input: string, got: unknown) {
  return got === undefined || got === true || got === false ? [] : [{ input, got }];
}

export const TRUE_OR_FALSE = {
  must: "be true or false, and known at synth",
  fix: "write true or false",
  terraform: TYPED,
};
