import { fixture } from "./fixture";

/** Container definitions from a public source, and the permissions that an expert grants for them. */
interface RealDefinition {
  readonly title: string;
  readonly source: string;
  readonly note?: string;
  readonly containerDefinitions: readonly object[];
  /** The resources of each statement, for a task in account 111122223333 and us-east-1. */
  readonly expected: Readonly<Record<string, readonly string[]>>;
}

export const REAL_DEFINITIONS = fixture<readonly RealDefinition[]>("container-definitions.json");

/** The expert's policy, with the statements that the fixture omits because they are obvious. */
export function expectedResources({ expected }: RealDefinition): Record<string, string[]> {
  const login = expected.PullImages ? { RegistryLogin: ["*"] } : {};
  const all = Object.keys(expected).length === 0 ? { NothingNeeded: ["*"] } : { ...login, ...expected };
  return Object.fromEntries(Object.entries(all).map(([sid, arns]) => [sid, [...arns].sort()]));
}
