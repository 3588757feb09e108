import type { GraphQLError } from "graphql";
import type { Rights } from "../../../domain/access/rights.ts";
import type { Scope } from "../../../domain/access/scopes.ts";
import { apiError } from "../errors.ts";

/** That a scope is missing, wholly or where it would be needed. `where`: "on every machine". */
export function forbidden(scope: Scope, where?: string): GraphQLError {
  return apiError("FORBIDDEN", `needs scope ${scope}${where === undefined ? "" : ` ${where}`}`, { scope });
}

/** @throws GraphQLError `FORBIDDEN`; Error when no caller of the API may ever do it */
export function needOneOf(rights: Rights, scopes: readonly (Scope | "nobody")[]): void {
  const [first] = scopes;
  if (first === undefined || first === "nobody") throw new Error("the API may not send this command");
  if (!scopes.some((scope) => scope !== "nobody" && rights.may(scope))) throw forbidden(first);
}
