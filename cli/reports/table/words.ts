/** How many containers or other names are listed. */
export const NAMED = 3;

/** The first of a list, and how many more there are. A verbose report lists all. */
export function some(all: readonly string[], most: number, verbose: boolean): string {
  const more = verbose ? 0 : all.length - most;
  return more > 0 ? `${all.slice(0, most).join(", ")} and ${more} more` : all.join(", ");
}

/** `1 call`, `2 calls`. */
export function count(of: number, one: string, many = `${one}s`): string {
  return `${of} ${of === 1 ? one : many}`;
}

/** The counts above 0, in words. */
export function counts(all: readonly (readonly [of: number, one: string, many?: string])[]): string {
  return all
    .filter(([of]) => of > 0)
    .map((one) => count(...one))
    .join(", ");
}
