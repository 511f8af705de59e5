import { cached } from "../cached";
import { groupsOf } from "../pages";

interface Batch<T> {
  readonly keys: string[];
  readonly answers: Promise<readonly T[]>;
}

/**
 * Asks once per key, and together for the keys of a group that are asked for at the same time.
 *
 * @param most how many keys one call takes.
 * @param ask returns the answers in the order of the keys.
 */
export function batched<T>(
  groupOf: (key: string) => string,
  most: number,
  ask: (group: string, keys: readonly string[]) => Promise<readonly T[]>,
): (key: string) => Promise<T> {
  const open = new Map<string, Batch<T>>();
  const start = (group: string): Batch<T> => {
    const keys: string[] = [];
    const send = async () => {
      await new Promise((resolve) => setImmediate(resolve));
      open.delete(group);
      return (await Promise.all(groupsOf(most, keys).map((some) => ask(group, some)))).flat();
    };
    const batch = { keys, answers: send() };
    open.set(group, batch);
    return batch;
  };
  return cached(async (key) => {
    const group = groupOf(key);
    const { keys, answers } = open.get(group) ?? start(group);
    const at = keys.push(key) - 1;
    return (await answers)[at] as T;
  });
}
