interface Statement {
  readonly Effect?: string;
  readonly Principal?: string | Readonly<Record<string, string | readonly string[]>>;
  readonly Action?: string | readonly string[];
}

const ECS_TASKS = "ecs-tasks.amazonaws.com";

/**
 * Whether an assume-role policy lets ECS tasks in, and whom else. Conditions (source account,
 * source ARN) are taken as met: they say from where, not whether.
 */
export function whoMayAssume(assumeRolePolicy: string): { readonly ecsTasks: boolean; readonly others: string[] } {
  const { Statement } = JSON.parse(assumeRolePolicy) as { Statement: Statement | readonly Statement[] };
  const principalsOf = (effect: string) =>
    list(Statement)
      .filter(({ Effect, Action }) => Effect === effect && list(Action).some(isAssumeRole))
      .flatMap(({ Principal }) => (typeof Principal === "object" ? Object.values(Principal).flat() : list(Principal)));
  const allowed = principalsOf("Allow");
  const denied = principalsOf("Deny");
  return {
    ecsTasks: allowed.includes(ECS_TASKS) && !denied.includes(ECS_TASKS) && !denied.includes("*"),
    others: allowed.filter((principal) => principal !== ECS_TASKS),
  };
}

function isAssumeRole(action: string): boolean {
  return ["sts:assumerole", "sts:*", "*"].includes(action.toLowerCase());
}

function list<T>(value: T | readonly T[] | undefined): readonly T[] {
  return value === undefined ? [] : ([value].flat() as T[]);
}
