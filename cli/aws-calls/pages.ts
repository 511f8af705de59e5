/** The values in groups of at most so many, for calls that take no more. */
export const groupsOf = <T>(most: number, values: readonly T[]): (readonly T[])[] =>
  Array.from({ length: Math.ceil(values.length / most) }, (_, at) => values.slice(at * most, (at + 1) * most));

/** The items of all pages of an answer. A page can be empty although the next one is not. */
export async function itemsOf<Page, Item>(
  pages: AsyncIterable<Page>,
  items: (page: Page) => readonly Item[] | undefined,
): Promise<Item[]> {
  const all: Item[] = [];
  for await (const page of pages) {
    all.push(...(items(page) ?? []));
  }
  return all;
}
