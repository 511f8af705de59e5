interface Statement {
  readonly Effect?: string;
  readonly Principal?: { readonly Service?: string | readonly string[] };
  readonly Action?: string | readonly string[];
}

/**
 * Whether an assume-role policy lets ECS tasks in. Conditions (source account, source ARN) are
 * taken as met: they say from where, not whether.
 */
export function mayEcsTasksAssume(assumeRolePolicy: string): boolean {
  const { Statement } = JSON.parse(assumeRolePolicy) as { Statement: Statement | readonly Statement[] };
  const concerned = list(Statement).filter(
    ({ Principal, Action }) =>
      list(Principal?.Service).includes("ecs-tasks.amazonaws.com") &&
      list(Action).some((action) => ["sts:AssumeRole", "sts:*", "*"].includes(action)),
  );
  return concerned.some(({ Effect }) => Effect === "Allow") && !concerned.some(({ Effect }) => Effect === "Deny");
}

function list<T>(value: T | readonly T[] | undefined): readonly T[] {
  return value === undefined ? [] : ([value].flat() as T[]);
}
