import { join } from "node:path";
import { buildSchema, isEnumType } from "graphql";
import { apiErrorCodes } from "../../src/adapters/graphql/errors.ts";
import { page, table } from "./markdown.ts";
import { type CodeList, codeLists, sourcesBelow } from "./source-comments.ts";

/** What the page is made of. */
export interface ErrorSources {
  /** The folder of the domain's sources, whose comments say what its codes mean. */
  readonly domain: string;
  /** The text of `schema.graphql`. */
  readonly schema: string;
}

/** `docs/reference/errors.md`: the codes of the API, then those of the domain, each list with its source. */
export function errorsPage({ domain, schema }: ErrorSources): string {
  return page(
    "# Errors",
    "Generated from the sources by `npm run docs`. Codes are stable and part of the API. A refused command has\n" +
      "appended nothing; its message names the value that was refused and what to do about it.",
    ...apiErrors(),
    ...userErrors(schema),
    ...sourcesBelow(domain).flatMap(({ path, text }) =>
      codeLists(text).flatMap((list) => section(list, path)),
    ),
  );
}

function apiErrors(): readonly string[] {
  return [
    "## ApiErrorCode",
    "`errors[].extensions.code` of a GraphQL answer: the request as a whole, or a field of it, could not be answered.\n" +
      "(`src/adapters/graphql/errors.ts`)",
    codeTable(Object.entries(apiErrorCodes)),
  ];
}

/** @throws Error when a code has no description */
function userErrors(schema: string): readonly string[] {
  const type = buildSchema(schema).getType("UserErrorCode");
  if (!isEnumType(type)) throw new Error("the schema has no enum UserErrorCode");
  const codes = type.getValues().map(({ name, description }): [string, string] => {
    if (!description) throw new Error(`UserErrorCode ${name} has no description: say what it means`);
    return [name, description];
  });
  const comment = `${type.description} \`userErrors[].code\` of a mutation's payload. (\`schema.graphql\`)`;
  return ["## UserErrorCode", comment, codeTable(codes)];
}

function section(list: CodeList, path: string): readonly string[] {
  const { name, comment, codes } = list;
  return [
    `## ${name}`,
    `${comment} (\`${join("src/domain", path)}\`)${included(list)}`,
    codeTable(codes.map(({ code, comment: meaning }) => [code, meaning])),
  ];
}

function codeTable(codes: readonly (readonly [code: string, meaning: string])[]): string {
  return table(
    ["code", "meaning"],
    codes.map(([code, meaning]) => [`\`${code}\``, meaning]),
  );
}

function included({ includes }: CodeList): string {
  if (includes.length === 0) return "";
  const links = includes.map((name) => `[${name}](#${name.toLowerCase()})`);
  return `\n\nThese besides the codes of ${links.join(", ")}:`;
}
