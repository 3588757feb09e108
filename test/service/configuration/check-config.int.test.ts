import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { freeTcpPort, freeUdpPorts } from "../../../src/rehearsal/ports.ts";
import { checkReport } from "../../../src/service/configuration/check-report.ts";
import { parseCommandLine } from "../../../src/service/configuration/command-line.ts";
import { readConfig } from "../../../src/service/configuration/read-config.ts";
import { selfSigned } from "../../support/certificate.ts";

const one = selfSigned("one");

let folder: string;
let words: string[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "ironledger-check-"));
  await mkdir(join(folder, "assets"));
  const [dhcp, client, tftp] = await freeUdpPorts(3);
  const ports = [`--wire-dhcp-port=${dhcp}`, `--wire-dhcp-client-port=${client}`, `--wire-tftp-port=${tftp}`];
  const http = `--wire-http-port=${await freeTcpPort("127.0.0.1")}`;
  words = ["--data-directory=data", "--assets-directory=assets", "--wire-address=127.0.0.1", ...ports, http];
});

afterEach(() => rm(folder, { recursive: true, force: true }));

function check(...more: readonly string[]) {
  const request = parseCommandLine([...words, "--api-port=0", ...more]);
  return checkReport(readConfig({ ...request, environment: {}, workingDirectory: folder }));
}

describe("checking a configuration", () => {
  test("tells every value and where it came from, and makes nothing", async () => {
    const { text, isUsable } = await check();
    expect(text).toMatch(/^api\.port +0 +--api-port$/m);
    expect(text).toMatch(/^logLevel +"info" +default$/m);
    expect(text).toContain("the service can start on this");
    expect(isUsable).toBe(true);
    expect(await readdir(folder)).toEqual(["assets"]);
  });

  test.each([
    [
      "--templates-directory=none",
      /problem: templatesDirectory \(--templates-directory\): .*none does not exist/,
    ],
    [
      "--wire-address=192.0.2.1",
      /problem: wire\.tftpPort: cannot listen on 192\.0\.2\.1:\d+ \(EADDRNOTAVAIL\)/,
    ],
    ["--wire-interface=absent0", /problem: wire: the interface absent0 is not there, is not up, or has not/],
    ["--data-directory=/dev/null/data", /problem: dataDirectory .*cannot be made in \/dev\/null/],
    ["--loaders-arm64-uefi=none.efi", /problem: loaders\.arm64-uefi: there is no file none\.efi in .*assets/],
    ["--images-directory=/dev/null", /problem: imagesDirectory .*\/dev\/null is no directory/],
  ])("with %s finds what is wrong", async (word, message) => {
    const { text, isUsable } = await check(word);
    expect(text).toMatch(message);
    expect(isUsable).toBe(false);
  });

  test.each([
    ["is taken", { cert: one.cert, key: one.key }, /the service can start on this/],
    [
      "is not the key's",
      { cert: one.cert, key: selfSigned("other").key },
      /problem: api\.tls: .*api\.crt.* Name a/,
    ],
    ["is over", selfSigned("old", 0), /problem: api\.tls: not valid now: .*api\.crt: valid from/],
    ["is none", { cert: "no PEM", key: one.key }, /problem: api\.tls: /],
  ])("says whether a certificate %s", async (_what, { cert, key }, message) => {
    await writeFile(join(folder, "api.crt"), cert);
    await writeFile(join(folder, "api.key"), key);
    const { text } = await check("--api-tls-certificate-file=api.crt", "--api-tls-key-file=api.key");
    expect(text).toMatch(message);
    expect(text).not.toContain("PRIVATE KEY");
  });

  test("finds a file that is not there, once", async () => {
    const { text } = await check("--api-tls-certificate-file=api.crt", "--api-tls-key-file=assets");
    expect(text).toMatch(/problem: api\.tls\.certificateFile .*api\.crt is no file/);
    expect(text).toMatch(/problem: api\.tls\.keyFile .*assets is no file/);
    expect(text).toContain("2 to mend");
  });

  test("finds a port that somebody has", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => other.once("listening", resolve));
    const { port } = other.address() as AddressInfo;
    const { text } = await check(`--api-port=${port}`);
    await new Promise((resolve) => other.close(resolve));
    expect(text).toContain(`problem: api.port: cannot listen on 127.0.0.1:${port} (EADDRINUSE)`);
  });
});
