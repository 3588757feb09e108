/** What is wrong with a search text, and how to put it right. */
export interface SearchProblem {
  /** Where it begins, in UTF-16 units from 1. */
  readonly column: number;
  /** How long it is, in UTF-16 units from 1. */
  readonly length: number;
  readonly message: string;
}

/** A piece of a search text. `start` and `end` count UTF-16 units from 0; `end` is exclusive. */
export interface Piece {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** Whether it stood in quotes, so that no character of it means anything but itself. */
  readonly quoted: boolean;
}

export type Operator = ":" | "<" | "<=" | ">" | ">=";

/** One term of a search text. */
export interface SearchTerm {
  readonly negated: boolean;
  /** The column's name, or the bare word when there is no operator. */
  readonly head: Piece;
  readonly operator: Operator | undefined;
  /** Separated by commas; none without an operator. */
  readonly values: readonly Piece[];
}

/** The problem with this piece of the text. */
export function problemAt({ start, end }: { start: number; end: number }, message: string): SearchProblem {
  return { column: start + 1, length: Math.max(1, end - start), message };
}

/** Takes a search text apart, term by term. What cannot be read goes to `problems`. */
export function searchTerms(text: string, problems: SearchProblem[]): readonly SearchTerm[] {
  const terms: SearchTerm[] = [];
  let at = 0;

  const isBlank = (index: number) => /\s/.test(text[index] ?? " ");

  function quotedPiece(): Piece {
    const start = at++;
    let content = "";
    while (at < text.length && text[at] !== '"') {
      if (text[at] === "\\" && at + 1 < text.length) at++;
      content += text[at++];
    }
    if (at === text.length) {
      problems.push(problemAt({ start, end: at }, 'this quote is not closed: end the value with "'));
    } else at++;
    return { text: content, start, end: at, quoted: true };
  }

  /** Up to a blank or one of these characters. */
  function plainPiece(stops: string): Piece {
    const start = at;
    while (!isBlank(at) && !stops.includes(text[at] ?? "")) at++;
    return { text: text.slice(start, at), start, end: at, quoted: false };
  }

  const piece = (stops: string): Piece => (text[at] === '"' ? quotedPiece() : plainPiece(stops));

  function operatorHere(): Operator | undefined {
    const operator = /^(?::|<=|>=|<|>)/.exec(text.slice(at, at + 2))?.[0] as Operator | undefined;
    at += operator?.length ?? 0;
    return operator;
  }

  function valuesHere(): readonly Piece[] {
    const values = [piece(",")];
    while (text[at] === ",") {
      at++;
      values.push(piece(","));
    }
    return values;
  }

  function rest(): void {
    if (isBlank(at)) return;
    const { start, end } = plainPiece("");
    problems.push(problemAt({ start, end }, "a closing quote is followed by a blank or a comma"));
  }

  while (at < text.length) {
    if (isBlank(at)) {
      at++;
      continue;
    }
    const negated = text[at] === "-" && !isBlank(at + 1);
    if (negated) at++;
    const head = piece(":<>");
    const operator = operatorHere();
    terms.push({ negated, head, operator, values: operator ? valuesHere() : [] });
    rest();
  }
  return terms;
}
