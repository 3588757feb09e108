import { execFile, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { connect as connectTo, createServer, type Socket } from "node:net";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import { expect, onTestFinished, test, vi } from "vitest";
import { createCommands } from "../../../src/adapters/graphql/commands.ts";
import { newId } from "../../../src/ids.ts";
import { temporaryDirectory } from "../../projections/view-files.ts";
import { allEvents } from "../../support/history.ts";
import { meta } from "../../support/recording.ts";
import { type Answer, dropImage, startApi } from "./support/api.ts";
import { discover, inspect, publish } from "./support/machines.ts";
import { connect } from "./support/socket.ts";

const guide = readFileSync(resolve(import.meta.dirname, "../../../docs/guides/graphql.md"), "utf8");

/** What the guide prints in one language. */
const blocksOf = (language: string) =>
  [...guide.matchAll(new RegExp(`\`\`\`${language}\\n(.*?)\`\`\``, "gs"))].map(([, block = ""]) => block);

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

test("every command of the guide runs as it is printed", async () => {
  const api = await startApi();
  const commands = blocksOf("sh").map((command) =>
    command.replace("/var/lib/ironledger/api-token", api.tokenFile).replace("http://127.0.0.1:8090", api.url),
  );
  expect(commands.length).toBeGreaterThan(0);
  for (const command of commands) {
    const options = { cwd: temporaryDirectory(), timeout: 60_000 };
    const { stdout } = await promisify(execFile)("bash", ["-euo", "pipefail", "-c", command], options);
    expect(JSON.parse(stdout), command).not.toHaveProperty("errors");
  }
});

test("the client of the guide loses nothing and doubles nothing, however its connections end", async () => {
  const api = await startApi();
  const door = await startDoor(Number(new URL(api.url).port));
  const directory = temporaryDirectory();
  const [script = expect.fail()] = blocksOf("js");
  writeFileSync(join(directory, "follow.mjs"), script);
  const positions: string[] = [];
  function start() {
    const args = [join(directory, "follow.mjs"), door.url, api.tokenFile, join(directory, "position")];
    const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
    onTestFinished(() => void child.kill());
    createInterface({ input: child.stdout }).on("line", (line) => positions.push(JSON.parse(line).position));
    return child;
  }
  const seen = async () => {
    const expected = (await allEvents(api.store)).map(({ position }) => position);
    await vi.waitUntil(() => positions.length >= expected.length, { timeout: 60_000, interval: 20 });
    expect(positions).toEqual(expected);
  };

  const first = start();
  await seen();
  for (let number = 1; number <= 3; number++) {
    door.slam();
    await discover(api.store, number);
    await seen();
  }
  first.kill("SIGKILL");
  await once(first, "exit");
  await discover(api.store, 4);
  start();
  await seen();
});

/** A way to the API whose connections can all be cut. */
async function startDoor(port: number) {
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connectTo(port, "127.0.0.1");
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(socket);
      socket.pipe(other);
      socket.on("error", () => undefined).on("close", () => other.destroy());
    }
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const slam = () => {
    for (const socket of sockets) socket.destroy();
    sockets.clear();
  };
  onTestFinished(() => {
    slam();
    server.close();
  });
  const address = server.address();
  return { url: `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`, slam };
}

/** Fails on a refusal; the position of a mutation's outcome. */
function refusalsOf(data: Answer["data"], query: string): string | undefined {
  for (const payload of Object.values<Answer["data"]>(data)) {
    expect({ query, userErrors: payload?.userErrors ?? [] }).toEqual({ query, userErrors: [] });
    if (payload?.position) return payload.position;
  }
  return undefined;
}
