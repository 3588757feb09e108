import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, onTestFinished, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { Config } from "../../src/config.ts";
import { configKeys } from "../../src/service/configuration/keys.ts";

const root = join(import.meta.dirname, "../..");
const dockerfile = readFileSync(join(root, "packaging/docker/Dockerfile"), "utf8");

/** Each instruction with its words, lines that were continued put together, comments left out. */
const instructions = dockerfile
  .replaceAll(/^#.*\n/gm, "")
  .replaceAll("\\\n", " ")
  .split("\n")
  .filter((line) => line.trim() !== "")
  .map((line) => {
    const [, name = "", words = ""] = /^([A-Z]+)\s+(.*)$/.exec(line) ?? [];
    return { name, words: words.trim() };
  });

const wordsOf = (wanted: string) =>
  instructions.filter(({ name }) => name === wanted).map(({ words }) => words);

/** What stands behind the last `FROM`: the image that runs. */
const last = instructions.slice(instructions.findLastIndex(({ name }) => name === "FROM"));

const Compose = z.object({
  services: z.looseObject({
    ironledger: z.strictObject({
      image: z.string(),
      build: z.strictObject({ context: z.string(), dockerfile: z.string() }),
      network_mode: z.literal("host"),
      read_only: z.literal(true),
      tmpfs: z.array(z.string()),
      cap_drop: z.tuple([z.literal("ALL")]),
      cap_add: z.tuple([z.literal("NET_BIND_SERVICE")]),
      volumes: z.array(z.string()),
      environment: z.record(z.string(), z.string()),
      restart: z.literal("on-failure"),
      stop_grace_period: z.string().regex(/^\d+s$/),
    }),
  }),
  volumes: z.record(z.string(), z.null()),
});
const composeFile = readFileSync(join(root, "docker-compose.yml"), "utf8");
const compose = Compose.parse(parse(composeFile, { merge: true }));
const service = compose.services.ironledger;

test("every line of the Dockerfile is an instruction", () => {
  expect(instructions.map(({ name }) => name)).not.toContain("");
});

test("base images have full names and the release of Node that the service needs", () => {
  const major = readFileSync(join(root, ".nvmrc"), "utf8").trim();
  for (const image of wordsOf("FROM")) {
    expect(image.split(" ")[0]).toBe(`docker.io/library/node:${major}-bookworm-slim`);
  }
});

test("nothing is fetched into the image but by npm and apt", () => {
  expect(wordsOf("ADD")).toEqual([]);
  expect(dockerfile).not.toMatch(/curl|wget|https?:\/\/(?!127\.0\.0\.1)/);
});

test("what is copied from the checkout exists, and is not kept out of the build", () => {
  const ignored = readFileSync(join(root, ".dockerignore"), "utf8").split("\n");
  const sources = wordsOf("COPY")
    .filter((words) => !words.startsWith("--from="))
    .flatMap((words) => words.split(" ").slice(0, -1));
  expect(sources).toContain("package-lock.json");
  for (const source of sources)
    expect({ source, there: existsSync(join(root, source)) }).toEqual({ source, there: true });
  expect(sources.filter((source) => ignored.includes(source))).toEqual([]);
});

test("the image runs as a user of its own, and starts the server", () => {
  const names = last.map(({ name }) => name);
  expect(last.find(({ name }) => name === "USER")?.words).toBe("ironledger");
  expect(names.indexOf("USER")).toBeGreaterThan(names.lastIndexOf("RUN"));
  expect(last.find(({ name }) => name === "ENTRYPOINT")?.words).toBe('["ironledger-server"]');
});

test("the image is healthy when the service is ready", () => {
  const [words = ""] = wordsOf("HEALTHCHECK");
  const command = JSON.parse(words.slice(words.indexOf("CMD") + 4));
  const { api } = Config.parse({ dataDirectory: "data", wire: { address: "127.0.0.1" } });
  const url = `'http://127.0.0.1:' + (process.env.IRONLEDGER_API_PORT || ${api.port}) + '/readyz'`;
  expect(command.join(" ")).toContain(url);
});

test("the image is asked for its health at the port that its environment names", async () => {
  const [words = ""] = wordsOf("HEALTHCHECK");
  const [, ...command] = JSON.parse(words.slice(words.indexOf("CMD") + 4)) as string[];
  let status = 200;
  const asked: (string | undefined)[] = [];
  const server = createServer(({ url }, response) => {
    asked.push(url);
    response.writeHead(status).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const env = { ...process.env, IRONLEDGER_API_PORT: String(port) };
  const ask = () => promisify(execFile)(process.execPath, command, { env, timeout: 50_000 });
  await ask();
  status = 503;
  await expect(ask()).rejects.toMatchObject({ code: 1 });
  expect(asked).toEqual(["/readyz", "/readyz"]);
});

test("names in the environment are keys of the configuration", () => {
  const known = new Set(configKeys.map(({ variable }) => variable));
  const named = [...dockerfile.matchAll(/IRONLEDGER_[A-Z_]+/g)].map(([name]) => name);
  for (const name of [...named, ...Object.keys(service.environment)]) expect(known).toContain(name);
});

test("compose mounts what exists, keeps what is kept, and waits for a stop", () => {
  const [kept = "", file = ""] = service.volumes;
  expect(Object.keys(compose.volumes)).toContain(kept.split(":")[0]);
  expect(kept.split(":")[1]).toBe(wordsOf("VOLUME")[0]);
  expect(existsSync(join(root, file.split(":")[0] ?? ""))).toBe(true);
  expect(existsSync(join(root, service.build.dockerfile))).toBe(true);
  const { stopSeconds } = Config.parse({ dataDirectory: "data", wire: { address: "127.0.0.1" } });
  expect(Number.parseInt(service.stop_grace_period, 10)).toBeGreaterThan(stopSeconds + 5);
});

const EngineNode = z.looseObject({
  environment: z.record(z.string(), z.string()),
  ports: z.tuple([z.string()]),
  networks: z.object({ kurrentdb: z.object({ ipv4_address: z.string() }) }),
  volumes: z.tuple([z.string()]),
});

test("compose starts a cluster of three nodes that know each other, and the service looks for all of them", () => {
  const nodes = Object.entries(compose.services)
    .filter(([name]) => name.startsWith("kurrentdb-"))
    .map(([, node]) => EngineNode.parse(node));
  expect(nodes).toHaveLength(3);
  const addresses = nodes.map(({ networks }) => networks.kurrentdb.ipv4_address);
  const published = nodes.map(({ ports: [port] }) => port.replace(/:2113$/, ""));
  for (const [index, { environment, volumes }] of nodes.entries()) {
    const others = addresses.filter((address) => address !== addresses[index]);
    expect(environment).toMatchObject({
      KURRENTDB_CLUSTER_SIZE: String(nodes.length),
      KURRENTDB_REPLICATION_IP: addresses[index],
      KURRENTDB_GOSSIP_SEED: others.map((address) => `${address}:2113`).join(","),
    });
    const { KURRENTDB_ADVERTISE_HOST_TO_CLIENT_AS: host, KURRENTDB_ADVERTISE_NODE_PORT_TO_CLIENT_AS: port } =
      environment;
    expect(published[index]).toBe(`${host}:${port}`);
    expect(Object.keys(compose.volumes)).toContain(volumes[0].split(":")[0]);
  }
  const store = service.environment["IRONLEDGER_STORE"]?.replace(/^\$\{IRONLEDGER_STORE:-(.*)\}$/, "$1");
  expect(store).toBe(`esdb://${published.join(",")}?tls=false`);
  const { store: read } = Config.parse({ dataDirectory: "data", wire: { address: "127.0.0.1" }, store });
  expect(read).toBe(store);
});
