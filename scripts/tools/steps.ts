let number = 0;

/** Prints the title of a step, runs it, and prints how long it took. */
export async function step<T>(title: string, work: () => Promise<T>): Promise<T> {
  number += 1;
  console.log(`${number}. ${title} ...`);
  const began = Date.now();
  const seconds = () => (Date.now() - began) / 1000;
  showWaiting(seconds);
  try {
    const result = await work();
    endWaiting();
    say(`(${seconds().toFixed(1)} s)`);
    return result;
  } finally {
    endWaiting();
  }
}

let waiting: NodeJS.Timeout | undefined;

/** Shows the elapsed time of a running step, only in a terminal. */
function showWaiting(seconds: () => number): void {
  if (process.stdout.isTTY) {
    waiting = setInterval(() => process.stdout.write(`${REWRITE}   ${Math.floor(seconds())} s`), 1000);
  }
}

/** Removes that line. */
export function endWaiting(): void {
  if (waiting) {
    clearInterval(waiting);
    waiting = undefined;
    process.stdout.write(REWRITE);
  }
}

const REWRITE = "\r\u001b[K";

/** Prints the result of a step below its title. */
export function say(text: string): void {
  console.log(text.trimEnd().replace(/^(?!$)/gm, "   "));
}
