/** Values with the same key, in the order of the first of each. */
export function grouped<T>(values: readonly T[], keyOf: (value: T) => unknown): [T, ...T[]][] {
  const groups = new Map<string, [T, ...T[]]>();
  for (const value of values) {
    const key = JSON.stringify(keyOf(value));
    const group = groups.get(key);
    if (group) {
      group.push(value);
    } else {
      groups.set(key, [value]);
    }
  }
  return [...groups.values()];
}

/** Each value once. */
export const unique = <T>(values: readonly T[]): T[] => grouped(values, (value) => value).map(([first]) => first);
