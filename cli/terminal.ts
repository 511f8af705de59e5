/** What comes from AWS or from a file can hold characters that a terminal obeys; they are written as JSON escapes. */
export function printable(text: string): string {
  const escaped = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  return text.replace(/[^\P{C}\n]/gu, (characters) => [...characters.split("")].map(escaped).join(""));
}

export function print(text: string): void {
  console.log(printable(text));
}

/** One line that says how far a long command is; only where somebody watches. */
export function progress(text: string): void {
  if (process.stderr.isTTY) {
    process.stderr.write(`\r\u001b[K${printable(text).slice(0, (process.stderr.columns || 80) - 1)}`);
  }
}

/** Removes that line. */
export function endProgress(): void {
  progress("");
}

const COLORS = { red: 31, yellow: 33, green: 32 } as const;

/** Colors a text where a terminal shows it and the user wants colors (https://no-color.org). */
export function colored(color: keyof typeof COLORS, text: string): string {
  return process.stdout.isTTY && !process.env.NO_COLOR ? `\u001b[${COLORS[color]}m${text}\u001b[0m` : text;
}
