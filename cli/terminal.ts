/** Escapes control characters, because text from AWS or from a file can contain terminal commands. */
export function printable(text: string): string {
  const escaped = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  return text.replace(/[^\P{C}\n]/gu, (characters) => [...characters.split("")].map(escaped).join(""));
}

export function print(text: string): void {
  console.log(printable(text));
}

/** Shows the progress of a long command in one line, only in a terminal. */
export function progress(text: string): void {
  if (process.stderr.isTTY) {
    process.stderr.write(`\r\u001b[K${printable(text).slice(0, (process.stderr.columns || 80) - 1)}`);
  }
}

/** Removes that line. */
export function endProgress(): void {
  progress("");
}
