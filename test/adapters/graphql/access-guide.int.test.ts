import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import { builtInRoles } from "../../../src/domain/access/built-in-roles.ts";
import { startApi } from "./support/api.ts";

const guide = readFileSync(resolve(import.meta.dirname, "../../../docs/guides/access.md"), "utf8");

/** The documents of the guide, each with the variables that are printed behind it. */
const examples = [...guide.matchAll(/```graphql\n(.*?)```(?:\s*```json\n(.*?)```)?/gs)].map(
  ([, query = "", variables = "{}"]) => ({ query, variables }),
);

test("every document of the guide runs as it is printed", async () => {
  const api = await startApi();
  const found = {
    PRINCIPAL_ID: "",
    TOKEN_ID: "",
    IN_30_DAYS: new Date(Date.now() + 30 * 86_400_000).toISOString(),
  };
  expect(examples.length).toBeGreaterThan(9);
  for (const { query, variables } of examples) {
    const filledIn = Object.entries(found).reduce(
      (text, [name, value]) => text.replace(name, value),
      variables,
    );
    const { data, errors } = await api.ask(query, JSON.parse(filledIn));
    expect({ query, errors }).toEqual({ query, errors: [] });
    for (const payload of Object.values<typeof data>(data)) {
      expect({ query, userErrors: payload.userErrors ?? [] }).toEqual({ query, userErrors: [] });
    }
    found.PRINCIPAL_ID = data.addPrincipal?.principal.id ?? found.PRINCIPAL_ID;
    found.TOKEN_ID = data.issueToken?.token.id ?? found.TOKEN_ID;
  }
  const { data } = await api.ask("{ principals { nodes { name disabled } } }");
  expect(data.principals.nodes).toContainEqual({ name: "ada", disabled: true });
});

test("the guide names every role that there is", () => {
  for (const role of builtInRoles.keys()) expect(guide).toContain(`| \`${role}\` |`);
});
