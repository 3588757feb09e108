import { page, table } from "./markdown.ts";
import { type CodeList, codeLists, sourcesBelow } from "./source-comments.ts";

/** `docs/reference/errors.md`, from the code lists and their comments in the sources below `domain`. */
export function errorsPage(domain: string): string {
  const lists = sourcesBelow(domain).flatMap(({ path, text }) =>
    codeLists(text).map((list) => ({ ...list, path })),
  );
  return page(
    "# Errors",
    "Generated from the sources by `npm run docs`. Codes are stable and part of the API. A refused command has\n" +
      "appended nothing; its message names the value that was refused and what to do about it.",
    ...lists.flatMap((list) => [
      `## ${list.name}`,
      `${list.comment} (\`src/domain/${list.path}\`)${included(list)}`,
      table(
        ["code", "meaning"],
        list.codes.map(({ code, comment }) => [`\`${code}\``, comment]),
      ),
    ]),
  );
}

function included({ includes }: CodeList): string {
  if (includes.length === 0) return "";
  const links = includes.map((name) => `[${name}](#${name.toLowerCase()})`);
  return `\n\nThese besides the codes of ${links.join(", ")}:`;
}
