import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type AgentShell, agentShell, canRunAgentShell } from "./support/busybox.ts";
import { type Answer, type HttpFixture, httpFixture, status } from "./support/http-fixture.ts";

const image = Buffer.alloc(300_000, "ironledger");

const sends =
  (bytes: Buffer): Answer =>
  (response) => {
    response.writeHead(200, { "content-length": bytes.length }).end(bytes);
  };
const sendsHalf =
  (then: "closes" | "hangs"): Answer =>
  (response) => {
    response.writeHead(200, { "content-length": image.length });
    response.write(image.subarray(0, image.length / 2), () => then === "closes" && response.destroy());
  };

describe.skipIf(!canRunAgentShell)("streaming an image to a device", () => {
  let shell: AgentShell;
  let service: HttpFixture;

  beforeAll(async () => {
    shell = await agentShell();
    service = await httpFixture();
  });
  afterAll(async () => {
    await service.close();
    await rm(shell.folder, { recursive: true, force: true });
  });

  /** Writes to a file in place of a device, or to the kernel's `full`, which has no room. */
  const write = async (device: "disk" | "full" | "gone/disk", format: "raw" | "gzip") => {
    const lines = `
      image_url='${service.url}/image' image_token=secret-token format=${format}
      stall_check_seconds=1 stalled_after_seconds=3
      if write_image ${device}; then cat "$work/written"; else echo "$write_code, again: $write_again: $write_message"; fi
    `;
    const { output } = await shell.run(lines, { dev: device === "full" ? "/dev" : shell.folder });
    return output.trim();
  };

  test.each([
    { format: "raw", bytes: image },
    { format: "gzip", bytes: gzipSync(image) },
  ] as const)("writes a $format image and counts its bytes", async ({ format, bytes }) => {
    service.answerWith(sends(bytes));
    expect(await write("disk", format)).toBe(String(image.length));
    expect((await readFile(join(shell.folder, "disk"))).equals(image)).toBe(true);
    expect(service.seen).toMatchObject([{ headers: { authorization: "Bearer secret-token" } }]);
  });

  test("fails when the connection breaks off", async () => {
    service.answerWith(sendsHalf("closes"));
    expect(await write("disk", "raw")).toBe(
      "IMAGE_TRANSFER_FAILED, again: true: wget: connection closed prematurely",
    );
  });

  test("fails when nothing comes any more", async () => {
    service.answerWith(sendsHalf("hangs"));
    expect(await write("disk", "raw")).toBe("IMAGE_TRANSFER_FAILED, again: true: the transfer stood still");
  });

  test("fails when the service refuses, and says how", async () => {
    service.answerWith(status(404));
    expect(await write("disk", "raw")).toContain(
      "IMAGE_TRANSFER_FAILED, again: false: wget: server returned error: HTTP/1.1 404",
    );
  });

  test("fails when the image is not packed as it should be", async () => {
    service.answerWith(sends(image));
    expect(await write("disk", "gzip")).toMatch(
      /^IMAGE_TRANSFER_FAILED, again: false: the image is no valid gzip: /,
    );
    service.answerWith(sends(gzipSync(image).subarray(0, -20)));
    expect(await write("disk", "gzip")).toMatch(
      /^IMAGE_TRANSFER_FAILED, again: false: the image is no valid gzip: /,
    );
  });

  test("fails when the disk cannot be opened, and says why", async () => {
    service.answerWith(sends(image));
    expect(await write("gone/disk", "raw")).toMatch(
      /^IMAGE_WRITE_FAILED, again: false: .*gone\/disk: nonexistent directory$/,
    );
  });

  test("fails when the disk has no room", async () => {
    service.answerWith(sends(image));
    expect(await write("full", "raw")).toMatch(
      /^IMAGE_WRITE_FAILED, again: false: .*No space left on device/,
    );
  });
});
