/** Lines around a change that are shown although they are the same. */
const contextLines = 3;

/** Most pairs of lines that are compared; beyond, all lines between the first and the last difference are replaced. */
const pairsMax = 4_000_000;

export interface Texts {
  /** What both are of; it stands in the head of the diff. */
  readonly name: string;
  /** `undefined`: there is none. */
  readonly before: string | undefined;
  readonly after: string | undefined;
}

type Line = { readonly mark: " " | "-" | "+"; readonly text: string };

/** What differs between two texts, as `diff -u` tells it; an empty text when nothing does. */
export function unifiedDiff({ name, before, after }: Texts): string {
  if (before === after) return "";
  const lines = compare(linesOf(before), linesOf(after));
  const heads = [`--- ${before === undefined ? "/dev/null" : name}`];
  heads.push(`+++ ${after === undefined ? "/dev/null" : name}`);
  return `${[...heads, ...hunksOf(lines).flatMap((hunk) => textOf(hunk, lines))].join("\n")}\n`;
}

function linesOf(text = ""): readonly string[] {
  return text === "" ? [] : text.replace(/\n$/, "").split("\n");
}

function compare(before: readonly string[], after: readonly string[]): readonly Line[] {
  const shorter = Math.min(before.length, after.length);
  let head = 0;
  while (head < shorter && before[head] === after[head]) head++;
  let tail = 0;
  while (tail < shorter - head && before.at(-1 - tail) === after.at(-1 - tail)) tail++;

  const middle = between(before.slice(head, before.length - tail), after.slice(head, after.length - tail));
  return [
    ...before.slice(0, head).map(marked(" ")),
    ...middle,
    ...before.slice(before.length - tail).map(marked(" ")),
  ];
}

function marked(mark: Line["mark"]) {
  return (text: string): Line => ({ mark, text });
}

/** By the longest common subsequence: the fewest lines are told to be others. */
function between(before: readonly string[], after: readonly string[]): readonly Line[] {
  if (before.length * after.length > pairsMax) {
    return [...before.map(marked("-")), ...after.map(marked("+"))];
  }
  const common = commonLengths(before, after);
  const width = after.length + 1;
  const lines: Line[] = [];
  let [one, other] = [0, 0];
  while (one < before.length || other < after.length) {
    const [old, fresh] = [before[one], after[other]];
    if (old !== undefined && old === fresh) {
      lines.push({ mark: " ", text: old });
      one++;
      other++;
      continue;
    }
    const [dropped = 0, added = 0] = [common[(one + 1) * width + other], common[one * width + other + 1]];
    if (old !== undefined && (fresh === undefined || dropped >= added)) {
      lines.push({ mark: "-", text: old });
      one++;
    } else {
      lines.push({ mark: "+", text: fresh ?? "" });
      other++;
    }
  }
  return lines;
}

/** At `[i * (after.length + 1) + j]`: how many lines the rests from `i` and from `j` have in common. */
function commonLengths(before: readonly string[], after: readonly string[]): Uint32Array {
  const width = after.length + 1;
  const common = new Uint32Array((before.length + 1) * width);
  for (let one = before.length - 1; one >= 0; one--) {
    for (let other = after.length - 1; other >= 0; other--) {
      const next = (one + 1) * width + other;
      common[one * width + other] =
        before[one] === after[other]
          ? (common[next + 1] ?? 0) + 1
          : Math.max(common[next] ?? 0, common[one * width + other + 1] ?? 0);
    }
  }
  return common;
}

interface Hunk {
  readonly from: number;
  /** Exclusive. */
  readonly to: number;
}

/** Changes with the lines around them; those that touch each other are one. */
function hunksOf(lines: readonly Line[]): readonly Hunk[] {
  const hunks: Hunk[] = [];
  for (const [index, { mark }] of lines.entries()) {
    if (mark === " ") continue;
    const hunk = {
      from: Math.max(0, index - contextLines),
      to: Math.min(lines.length, index + contextLines + 1),
    };
    const last = hunks.at(-1);
    if (last && hunk.from <= last.to) hunks[hunks.length - 1] = { from: last.from, to: hunk.to };
    else hunks.push(hunk);
  }
  return hunks;
}

function textOf({ from, to }: Hunk, lines: readonly Line[]): readonly string[] {
  const shown = lines.slice(from, to);
  const ahead = lines.slice(0, from);
  const range = (other: Line["mark"]) => {
    const count = shown.filter(({ mark }) => mark !== other).length;
    const first = ahead.filter(({ mark }) => mark !== other).length + (count === 0 ? 0 : 1);
    return `${first},${count}`;
  };
  return [`@@ -${range("+")} +${range("-")} @@`, ...shown.map(({ mark, text }) => `${mark}${text}`)];
}
