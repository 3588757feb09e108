/**
 * The words of a command line up to the cursor, without the command itself; the last one is being typed, and may be
 * empty. Understands quotes and backslashes as a shell does, and nothing that a shell would evaluate.
 */
export function splitLine(line: string): readonly string[] {
  const words = [""];
  for (const [, escaped, double, single, plain] of line.trimStart().matchAll(pieces)) {
    const text = escaped ?? double?.replace(/\\(.)/gs, "$1") ?? single ?? plain;
    if (text === undefined) words.push("");
    else words.push((words.pop() ?? "") + text);
  }
  return words.slice(1);
}

/** An escaped character, text in quotes that may still be open, plain text, or what separates words. */
const pieces = /\\(.)|"((?:[^"\\]|\\.)*)"?|'([^']*)'?|([^\s"'\\]+)|\s+/gs;

/** What a shell that breaks words at these characters puts in place of the last part of a word. */
export function behindBreaks(
  candidate: string,
  { word, breaks }: { readonly word: string; readonly breaks: string },
): string {
  const kept = [...word].findLastIndex((character) => breaks.includes(character)) + 1;
  return candidate.startsWith(word.slice(0, kept)) ? candidate.slice(kept) : candidate;
}
