/** The columns of a terminal that people read. */
export const WIDTH = 100;

/** Wraps a text between words. The first line begins with the label, and the others are indented as far. */
export function labeled(label: string, text: string): string {
  const lines = [label];
  for (const word of text.split(" ")) {
    const line = lines.at(-1) ?? "";
    if (line.length > label.length && line.length + 1 + word.length > WIDTH) {
      lines.push(" ".repeat(label.length) + word);
    } else {
      lines[lines.length - 1] = line.length > label.length ? `${line} ${word}` : line + word;
    }
  }
  return lines.join("\n");
}
