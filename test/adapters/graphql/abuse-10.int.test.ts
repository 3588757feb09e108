import { pino } from "pino";
import { describe, expect, test } from "vitest";
import type { EventStore } from "../../../src/domain/ports/event-store.ts";
import { inventory } from "../../support/samples.ts";
import { ask, startApi } from "./support/api.ts";
import { bearer } from "./support/door.ts";
import { command, discover, macOf } from "./support/machines.ts";

/** Abuse case 10: what firmware and people write is text, and nothing else, wherever it comes out. */

const hostile = [
  "<script>alert(1)</script>",
  '"><img src=x onerror=alert(1)>',
  "{{7*7}}",
  "{% include '/etc/passwd' %}",
  "$(id)",
  "`id`",
  "'; DROP TABLE machines; --",
  "=1+1",
  "@SUM(A1:A9)",
  "\u001b[31mred\u001b[0m",
  "line\r\nset-cookie: a=b",
  "\u202eright to left",
] as const;

describe("a string that wants to be more", () => {
  test("in an inventory comes out of GraphQL as it went in", async () => {
    const api = await startApi();
    for (const [index, text] of hostile.entries()) await report(api.store, index + 1, text);
    const query =
      "query ($p: EventPosition) { machines(minPosition: $p) { nodes { inventory { smbios { product } } } } }";
    const response = await fetch(`${api.url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", ...bearer(api.token) },
      body: JSON.stringify({ query, variables: { p: await api.store.head() } }),
    });
    expect(response.headers.get("content-type")).toMatch(/^application\/(?:json|graphql-response\+json)/);
    expect(response.headers.get("x-content-type-options")).toBe("nosniff");
    expect(response.headers.get("set-cookie")).toBeNull();
    const { data } = (await response.json()) as Answer;
    expect(data.machines.nodes.map(({ inventory }) => inventory.smbios.product).toSorted()).toEqual(
      hostile.toSorted(),
    );
  });

  test("in a request is not run, wherever it is repeated", async () => {
    const api = await startApi();
    for (const text of hostile) {
      const { errors } = await api.ask("query ($name: String) { machine(name: $name) { id } }", {
        name: text,
      });
      expect(errors.map(({ extensions }) => extensions.code)).toEqual(errors.map(() => "INPUT_INVALID"));
    }
    await ask(api, "{ machines { nodes { id } } }");
  });

  test("stays on its line in the service's own log, without a control character", () => {
    const lines: string[] = [];
    const log = pino({}, { write: (line) => lines.push(line) });
    for (const text of hostile) log.info({ err: new Error(text), name: text }, text);
    expect(lines).toHaveLength(hostile.length);
    for (const line of lines) {
      expect(line.trimEnd().split(/[\r\n]/)).toHaveLength(1);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not be there.
      expect(line.trimEnd()).not.toMatch(/[\u0000-\u001f]/);
    }
  });
});

interface Answer {
  readonly data: {
    readonly machines: {
      readonly nodes: readonly { readonly inventory: { readonly smbios: { readonly product: string } } }[];
    };
  };
}

/** Lets a machine report what its firmware says. */
async function report(store: EventStore, number: number, text: string): Promise<void> {
  const id = await discover(store, number);
  const smbios = { ...inventory.smbios, manufacturer: text, product: text, serial: text };
  const interfaces = [{ name: "eth0", mac: macOf(number), driver: null }];
  await command(store, id, { type: "ReportInventory", inventory: { ...inventory, smbios, interfaces } });
}
