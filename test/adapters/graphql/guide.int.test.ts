import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import { createCommands } from "../../../src/adapters/graphql/commands.ts";
import { apiErrorCodes } from "../../../src/adapters/graphql/errors.ts";
import { newId } from "../../../src/ids.ts";
import { meta } from "../../support/recording.ts";
import { type Answer, dropImage, startApi } from "./support/api.ts";
import { inspect, publish } from "./support/machines.ts";
import { connect } from "./support/socket.ts";

const guide = readFileSync(resolve(import.meta.dirname, "../../../docs/guides/graphql.md"), "utf8");

/** The documents of the guide, each with the variables that are printed behind it. */
const examples = [...guide.matchAll(/```graphql\n(.*?)```(?:\s*```json\n(.*?)```)?/gs)].map(
  ([, query = "", variables = "{}"]) => ({ query, variables }),
);

test("every query of the guide runs as it is printed", async () => {
  const api = await startApi();
  await publish(api.store);
  dropImage(api, "debian-12.img");
  const machineId = await inspect(api.store);
  let position = "";
  const filledIn = (text: string) =>
    text
      .replace("MACHINE_ID", machineId)
      .replace("IMAGE_SHA256", createHash("sha256").update("image").digest("hex"))
      .replace("POSITION", position)
      .replace("NOW", new Date().toISOString());

  expect(examples.length).toBeGreaterThan(9);
  for (const { query, variables } of examples) {
    if (query.startsWith("subscription")) {
      const socket = await connect(api);
      socket.send({ type: "subscribe", id: "1", payload: { query } });
      const { payload } = await socket.message(({ type, id }) => type === "next" && id === "1");
      expect(payload.errors).toBeUndefined();
      continue;
    }
    if (query.includes("startEffectsEpoch")) {
      const restore = { evidence: "restore-command", previousIncarnation: "x", message: "a backup" } as const;
      await createCommands(api.store, newId).handleSystem(
        "system",
        { type: "RecordRestore", ...restore },
        { meta },
      );
    }
    const { data, errors } = await api.ask(query, JSON.parse(filledIn(variables)));
    expect({ query, errors }).toEqual({ query, errors: [] });
    position = refusalsOf(data, query) ?? position;
  }
  const { data } = await api.ask('{ machine(name: "node-1") { run { runId } } }');
  expect(data.machine.run.runId).toMatch(/^[0-9a-f-]{36}$/);
});

test("the guide names every code of `errors`", () => {
  for (const code of Object.keys(apiErrorCodes)) expect(guide).toContain(`\`${code}\``);
});

/** Fails on a refusal; the position of a mutation's outcome. */
function refusalsOf(data: Answer["data"], query: string): string | undefined {
  for (const payload of Object.values<Answer["data"]>(data)) {
    expect({ query, userErrors: payload?.userErrors ?? [] }).toEqual({ query, userErrors: [] });
    if (payload?.position) return payload.position;
  }
  return undefined;
}
