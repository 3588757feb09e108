import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { sha256Of } from "../../../src/boot/digest.ts";
import { bootStream } from "../../../src/domain/boot/events.ts";
import { mac } from "../../support/samples.ts";
import { assets, bootId, startBootService } from "./boot-service.ts";

let service: Awaited<ReturnType<typeof startBootService>>;
beforeAll(async () => {
  service = await startBootService();
});
afterAll(() => service.stop());

const kernel = assets["agent/vmlinuz"];
const fileOf = (name: string, version = "1") => `/boot/${service.nonce()}/files/discovery/${version}/${name}`;
const lastObserved = async () => (await service.store.readStream(bootStream(mac))).at(-1);

describe("a kernel over HTTP", () => {
  test("comes whole, and is observed once it did", async () => {
    const { status, headers, body } = await service.ask(fileOf("kernel"));
    expect(status).toBe(200);
    expect(body.equals(kernel)).toBe(true);
    expect(headers).toMatchObject({
      "content-length": String(kernel.length),
      etag: `"${sha256Of(kernel)}"`,
      "accept-ranges": "bytes",
    });
    await vi.waitFor(async () => {
      expect(await lastObserved()).toMatchObject({
        type: "BootFileServed",
        data: {
          file: "discovery/1/kernel",
          protocol: "http",
          address: "127.0.0.1",
          bytes: kernel.length,
          sha256: sha256Of(kernel),
        },
        meta: { actor: `client:${mac}`, $correlationId: bootId, $causationId: bootId },
      });
    }, 20_000);
  });

  test("tells its size to HEAD, as UEFI firmware asks", async () => {
    const { status, headers, body } = await service.ask(fileOf("kernel"), { method: "HEAD" });
    expect(status).toBe(200);
    expect(headers["content-length"]).toBe(String(kernel.length));
    expect(body.length).toBe(0);
  });
});

describe("a part of a kernel", () => {
  test("comes with its place in the whole", async () => {
    const part = await service.ask(fileOf("kernel"), { headers: { range: "bytes=299990-" } });
    expect(part.status).toBe(206);
    expect(part.headers["content-range"]).toBe("bytes 299990-299999/300000");
    expect(part.body.equals(kernel.subarray(299_990))).toBe(true);

    const beyond = await service.ask(fileOf("kernel"), { headers: { range: "bytes=300000-" } });
    expect(beyond.status).toBe(416);
    expect(beyond.headers["content-range"]).toBe("bytes */300000");
  });

  test("is nothing that HEAD could ask for, which tells the size of the whole (RFC 9110 s. 14.2)", async () => {
    const headers = { range: "bytes=299990-" };
    const { status, headers: answered } = await service.ask(fileOf("kernel"), { method: "HEAD", headers });
    expect([status, answered["content-length"]]).toEqual([200, "300000"]);
  });
});

describe("a kernel that was asked for before", () => {
  test("is not sent again to whom has it", async () => {
    const headers = { "if-none-match": `"${sha256Of(kernel)}"` };
    await expect(service.ask(fileOf("kernel"), { headers })).resolves.toMatchObject({
      status: 304,
      text: "",
    });
  });

  test("is found behind double slashes", async () => {
    const { status } = await service.ask(fileOf("kernel").replaceAll("/", "//"));
    expect(status).toBe(200);
  });

  test("waits for a client that reads slowly, and does not count for one that leaves", async () => {
    const before = (await service.store.readStream(bootStream(mac))).length;
    const socket = connect(service.port, "127.0.0.1");
    socket.write(`GET ${fileOf("kernel")} HTTP/1.1\r\nHost: x\r\n\r\n`);
    await new Promise((arrived) => socket.once("data", arrived));
    socket.pause();
    socket.destroy();
    await expect(service.ask(fileOf("initrd"))).resolves.toMatchObject({ status: 200 });
    await vi.waitFor(async () => {
      const events = await service.store.readStream(bootStream(mac));
      expect(events.slice(before).map(({ data }) => data)).toContainEqual(
        expect.objectContaining({ file: "discovery/1/initrd" }),
      );
    }, 20_000);
  });
});

test("a loader over HTTP comes to firmware that boots that way", async () => {
  const { status, text } = await service.ask(`/boot/${service.nonce()}/loaders/snponly.efi`);
  expect({ status, text }).toEqual({ status: 200, text: "ipxe" });
});

describe("what is not there, however it is spelled", () => {
  test.each([
    "/files/discovery/1/../../../../etc/passwd",
    "/files/discovery/1/..%2f..%2f..%2fetc%2fpasswd",
    "/files/discovery/1/%2e%2e%2f%2e%2e%2fetc/passwd",
    "/files/discovery/1/%252e%252e%252fpasswd",
    "/files/discovery/1/..\\..\\etc\\passwd",
    "/files/discovery/1/....//kernel",
    "/files/discovery/1/kernel%00",
    "/files/discovery/1/%c0%ae%c0%ae/kernel",
    "/files/discovery/1/C:%5Cboot.ini",
    "/files/discovery/1/constructor",
    "/files/discovery/1/__proto__",
    "/files/discovery/0/kernel",
    "/files/discovery/2/kernel",
    "/files/discovery/1e0/kernel",
    "/files/..%2fdiscovery/1/kernel",
    "/files/nothing/1/kernel",
    `/files/discovery/1/${"x".repeat(300)}`,
    "/loaders/grub-local.efi",
    "/loaders/..%2fsnponly.efi",
    "/loaders/agent%2fvmlinuz",
    "/",
    "",
  ])("is not found: %s", async (path) => {
    const answer = await service.ask(`/boot/${service.nonce()}${path}`);
    expect(answer.status).toBe(404);
    expect(answer.text).toBe('{"error":"not found"}');
  });

  test.each([
    "/%",
    "/%zz",
    "//",
    "/boot/%ff/script.ipxe",
    `/${"a".repeat(4_000)}`,
  ])("nor at %s", async (path) => {
    await expect(service.ask(path)).resolves.toMatchObject({ status: 404 });
  });
});
