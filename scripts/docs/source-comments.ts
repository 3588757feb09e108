import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** A block comment of the kind that documents what follows it. */
const docComment = /\/\*\*((?:(?!\*\/)[\s\S])*)\*\//.source;

/** Everything below a folder that is TypeScript, in the order of the paths, with `/` between their parts. */
export function sourcesBelow(folder: string): readonly { readonly path: string; readonly text: string }[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts"))
    .toSorted()
    .map((path) => ({ path, text: readFileSync(join(folder, path), "utf8") }));
}

/** The comment of each exported constant or type that `pattern` matches behind `export`, by its name. */
export function exportComments(text: string, pattern: RegExp): ReadonlyMap<string, string> {
  const found = text.matchAll(new RegExp(`${docComment}\\s*export ${pattern.source}`, "g"));
  return new Map([...found].map(([, comment = "", name = ""]) => [name, plain(comment)]));
}

export interface CodeList {
  /** The name of the type. */
  readonly name: string;
  readonly comment: string;
  readonly codes: readonly { readonly code: string; readonly comment: string }[];
  /** Other lists, whose codes belong to this one, too. */
  readonly includes: readonly string[];
}

/**
 * The lists of codes in a source: unions or zod enums whose name ends in `Code`, with a comment before the list
 * and before each code.
 *
 * @throws Error when a comment is missing, because the page would have nothing to say
 */
export function codeLists(text: string): readonly CodeList[] {
  const heads = text.matchAll(
    new RegExp(`(?:${docComment}\\s*)?(?:export )?(?:type|const) (\\w+Code) =(?! z\\.infer)`, "g"),
  );
  return [...heads].map((head) => {
    const [matched, comment, name = ""] = head;
    if (comment === undefined) throw new Error(`${name} has no comment: say what its codes are about`);
    return { name, comment: plain(comment), ...codesOf(name, text.slice(head.index + matched.length)) };
  });
}

/** Reads comments and codes in turn, up to the semicolon that ends the list. */
function codesOf(name: string, text: string): Pick<CodeList, "codes" | "includes"> {
  const codes: CodeList["codes"][number][] = [];
  const includes: string[] = [];
  let comment: string | undefined;
  for (const token of text.matchAll(new RegExp(`${docComment}|"([A-Z][A-Z0-9_]*)"|(\\w+Code)\\b|;`, "g"))) {
    const [, written, code, included] = token;
    if (written !== undefined) comment = plain(written);
    else if (included !== undefined) includes.push(included);
    else if (code === undefined) break;
    else if (comment === undefined) throw new Error(`${name} ${code} has no comment: say what it means`);
    else {
      codes.push({ code, comment });
      comment = undefined;
    }
  }
  return { codes, includes };
}

/** A comment's text in one line. */
function plain(comment: string): string {
  return comment
    .split("\n")
    .map((line) => line.replace(/^\s*\*? ?/, "").trim())
    .filter((line) => line !== "")
    .join(" ");
}
