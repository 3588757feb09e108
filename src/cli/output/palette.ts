import pc from "picocolors";

/** Colours of what people look at; none when `--color never`, `NO_COLOR` or a pipe says so. */
export interface Palette {
  readonly heading: (text: string) => string;
  /** A cell in the colour of what it says, such as a state. */
  readonly cell: (text: string) => string;
  readonly good: (text: string) => string;
  readonly bad: (text: string) => string;
  readonly faint: (text: string) => string;
}

const goodWords = new Set(["ready", "deployed", "completed", "live", "leased"]);
const badWords = new Set(["failed", "quarantined", "declined", "stopped", "retrying"]);
const busyWords = new Set(["allocated", "deploying", "releasing", "catching_up"]);

export function createPalette(enabled: boolean): Palette {
  const { bold, green, red, yellow, dim } = pc.createColors(enabled);
  return {
    heading: bold,
    good: green,
    bad: red,
    faint: dim,
    cell(text) {
      if (goodWords.has(text)) return green(text);
      if (badWords.has(text)) return red(text);
      return busyWords.has(text) ? yellow(text) : text;
    },
  };
}
