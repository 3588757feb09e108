import { Agent, type IncomingMessage, request } from "node:http";
import type { Socket } from "node:net";
import { buffer } from "node:stream/consumers";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { bootUrls } from "../../../src/boot/http/boot-urls.ts";
import { nonceLifeSeconds } from "../../../src/boot/nonce.ts";
import { bootStream } from "../../../src/domain/boot/events.ts";
import { Ipv4 } from "../../../src/domain/values/ipv4.ts";
import { mac } from "../../support/samples.ts";
import { assets, bootId, loopback, startBootService } from "./boot-service.ts";

let service: Awaited<ReturnType<typeof startBootService>>;
let agent: Agent;
beforeEach(async () => {
  service = await startBootService();
  agent = new Agent({ keepAlive: true, maxSockets: 1 });
});
afterEach(async () => {
  agent.destroy();
  await service.stop();
});

/** One connection that stays open, as firmware keeps it between its two requests. */
async function ask(method: "GET" | "HEAD", path: string) {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const headers = { "user-agent": "UefiHttpBoot/1.0", accept: "*/*" };
  const outgoing = request(
    { host: "127.0.0.1", port: service.port, method, path, headers, agent },
    resolve,
  ).on("error", reject);
  let socket: Socket | undefined;
  outgoing.on("socket", (given) => {
    socket = given;
  });
  outgoing.end();
  const incoming = await promise;
  const { statusCode: status, headers: answered } = incoming;
  return { status, headers: answered, body: await buffer(incoming), socket };
}

const loader = assets["snponly.efi"];
const pathOf = (name: string, nonce = service.nonce()) => `/boot/${nonce}/loaders/${name}`;

describe("firmware that boots by HTTP", () => {
  test("learns the size, then loads the file over the same connection", async () => {
    const size = await ask("HEAD", pathOf("snponly.efi"));
    expect(size).toMatchObject({ status: 200, headers: { "content-length": String(loader.length) } });
    expect(size.body).toHaveLength(0);

    const file = await ask("GET", pathOf("snponly.efi"));
    expect(file.status).toBe(200);
    expect(file.headers["content-length"]).toBe(String(loader.length));
    expect(file.body).toEqual(loader);
    expect(file.socket).toBe(size.socket);
  });

  test("finds a loader in a folder by the URL that a class's boot file becomes", async () => {
    const { loaderUrl } = bootUrls({ nonces: service.nonces, httpPort: service.port });
    const url = new URL(loaderUrl({ mac, bootId, server: loopback, address: loopback }, "boards/boot.efi"));
    expect((await ask("GET", url.pathname)).body).toEqual(assets["boards/boot.efi"]);
  });

  test.each([
    "//snponly.efi",
    "///snponly.efi",
  ])("finds a loader as %s, as shim writes paths", async (name) => {
    const { status, body } = await ask("GET", pathOf(name).replace("loaders/", "loaders"));
    expect([status, body]).toEqual([200, loader]);
  });

  test.each([
    "grub-local.efi",
    "agent%2Fvmlinuz",
    "..%2Fassets%2Fsnponly.efi",
    "snponly.efi%00",
    "%2e%2e",
  ])("finds nothing else of the folder: %s", async (name) => {
    const asked = await Promise.all([ask("HEAD", pathOf(name)), ask("GET", pathOf(name))]);
    expect(asked.map(({ status }) => status)).toEqual([404, 404]);
  });

  test("loads nothing by the nonce of another address, or one that is too old", async () => {
    const nonce = service.nonce();
    const foreign = service.nonce(Ipv4.parse("10.77.0.9"));
    expect((await ask("GET", pathOf("snponly.efi", foreign))).status).toBe(404);
    service.state.nowMs += nonceLifeSeconds * 1_000;
    expect((await ask("HEAD", pathOf("snponly.efi", nonce))).status).toBe(404);
    expect(await service.types(bootStream(mac))).toEqual(["BootRefused"]);
  });

  test("loads a loader, and nothing else, by a nonce that works from everywhere", async () => {
    const nonce = service.nonces.issueUnbound({ bootId, mac });
    expect((await ask("GET", pathOf("snponly.efi", nonce))).body).toEqual(loader);
    expect((await ask("GET", `/boot/${nonce}/script.ipxe`)).status).toBe(404);
    expect((await ask("GET", `/boot/${nonce}/files/discovery/1/kernel`)).status).toBe(404);
    expect(service.nonces.read(nonce, loopback).outcome).toBe("unknown");
  });
});
