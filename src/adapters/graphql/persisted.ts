import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { type GraphQLSchema, parse, specifiedRules, validate } from "graphql";
import { z } from "zod";
import { Sha256 } from "../../domain/values/sha256.ts";
import { parseOptions, validationRules } from "./document.ts";
import { apiError } from "./errors.ts";

/** The texts of operations by their ids: the SHA-256 of each file, as `sha256sum` prints it. */
export type OperationTexts = ReadonlyMap<string, string>;

/** What a request says it wants done. */
interface Asked {
  readonly query?: string | undefined;
  readonly extensions?: unknown;
}

/** Turns what a request says into the text of a document. @throws GraphQLError when there is none to run */
export type DocumentText = (asked: Asked) => string;

/** Where a request names an operation by its id, in the form that Apollo's clients send. */
const Extensions = z.object({
  persistedQuery: z.object({ version: z.literal(1), sha256Hash: Sha256 }),
});

/**
 * Reads every `*.graphql` file of a folder.
 *
 * @throws Error naming the file that the service would refuse to run
 */
export async function readOperations(directory: string, schema: GraphQLSchema): Promise<OperationTexts> {
  const names = (await readdir(directory)).filter((name) => name.endsWith(".graphql"));
  const operations = names.toSorted().map(async (name) => {
    const text = await readFile(join(directory, name), "utf8");
    const problem = problemOf(text, schema);
    if (problem !== undefined) throw new Error(`${join(directory, name)}: ${problem}`);
    return [digestOf(text), text] as const;
  });
  return new Map(await Promise.all(operations));
}

/** `onlyPersisted`: no other document is run, whoever asks. */
export function documentText(operations: OperationTexts, onlyPersisted: boolean): DocumentText {
  return ({ query, extensions }) => {
    const named = Extensions.safeParse(extensions).data?.persistedQuery.sha256Hash;
    if (query === undefined && named === undefined) {
      throw apiError(
        "BAD_REQUEST",
        "send a `query`, or the id of an operation in `extensions.persistedQuery`",
      );
    }
    if (query !== undefined && named !== undefined && digestOf(query) !== named) {
      throw apiError("BAD_REQUEST", "`extensions.persistedQuery.sha256Hash` is not the SHA-256 of `query`");
    }
    const known = operations.get(named ?? digestOf(query ?? ""));
    if (known !== undefined) return known;
    if (query === undefined) throw apiError("PERSISTED_QUERY_NOT_FOUND", "PersistedQueryNotFound");
    if (onlyPersisted) {
      throw apiError("PERSISTED_OPERATION_REQUIRED", "ask the service's operator to add the operation");
    }
    return query;
  };
}

function problemOf(text: string, schema: GraphQLSchema): string | undefined {
  try {
    const document = parse(text, parseOptions);
    return validate(schema, document, [...specifiedRules, ...validationRules])[0]?.message;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function digestOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
