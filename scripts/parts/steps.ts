let number = 0;

/** Prints the title of a step, runs it, and prints how long it took. */
export async function step<T>(title: string, work: () => Promise<T>): Promise<T> {
  number += 1;
  console.log(`${number}. ${title} ...`);
  const began = Date.now();
  const result = await work();
  say(`(${((Date.now() - began) / 1000).toFixed(1)} s)`);
  return result;
}

/** Prints the result of a step below its title. */
export function say(text: string): void {
  console.log(text.trimEnd().replace(/^(?!$)/gm, "   "));
}
