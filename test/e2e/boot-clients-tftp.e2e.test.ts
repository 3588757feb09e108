import { execFile } from "node:child_process";
import { randomFillSync } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { open } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { sha256Of } from "../../src/boot/digest.ts";
import { firstOf } from "../../src/boot/tftp/files.ts";
import { loaderFiles, loaderSource } from "../../src/boot/tftp/loader-files.ts";
import { startTftpServer, type TftpServer } from "../../src/boot/tftp/server.ts";
import { sharedFiles } from "../../src/boot/tftp/shared-files.ts";
import { Ipv4 } from "../../src/domain/values/ipv4.ts";
import { freeUdpPorts } from "../../src/rehearsal/ports.ts";

/**
 * The TFTP clients that Debian has, each with the options that it knows, against the server as the service runs it. They
 * stand for firmware; QEMU's own is in the other files of boot-clients.
 */
const execute = promisify(execFile);
/** Bounds what a client may take on a busy machine. */
const patienceMs = 60_000;
const host = "127.0.0.1";

/** Not a multiple of any block size. */
const loader = randomFillSync(Buffer.alloc(1_234_567));
/** More than 65,535 blocks of 512 octets: the numbers of the blocks start again. */
const initrd = randomFillSync(Buffer.alloc(34_000_000));
const text = Buffer.from("set timeout=1\nmenuentry 'install' {\r linux /vmlinuz\n}\n".repeat(200));

let folder: string;
let server: TftpServer;
let port: string;
const served: string[] = [];
const errors: unknown[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "ironledger-tftp-clients-"));
  const root = join(folder, "root");
  mkdirSync(root);
  for (const [name, bytes] of Object.entries({
    "snponly.efi": loader,
    "grub.cfg": text,
    whole: loader.subarray(0, 512 * 64),
  })) {
    writeFileSync(join(root, name), bytes);
  }
  writeFileSync(join(root, "empty"), "");
  writeFileSync(join(folder, "initrd"), initrd);
  symlinkSync("snponly.efi", join(root, "linked.efi"));
  symlinkSync(join(folder, "initrd"), join(root, "outside.efi"));
  const offered = new Set(["snponly.efi", "grub.cfg", "whole", "empty", "linked.efi", "outside.efi"]);
  const shared = sharedFiles((error) => errors.push(error));
  const large = shared.file({
    name: "initrd",
    size: initrd.length,
    sha256: sha256Of(initrd),
    open: () => open(join(folder, "initrd")),
  });
  const [free = 0] = await freeUdpPorts(1);
  port = String(free);
  server = await startTftpServer({
    address: Ipv4.parse(host),
    port: free,
    files: firstOf([
      loaderSource(loaderFiles(root, offered)),
      { find: async (asked) => (asked === "initrd" ? large : undefined) },
    ]),
    observer: { served: ({ file }) => served.push(file.name), refused: () => undefined },
    onError: (error) => errors.push(error),
  });
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
  expect(errors).toEqual([]);
});

/** Runs a client, and gives what it wrote to its file. `words`: given the file that it is to write. */
async function fetchBy(program: string, words: (target: string) => readonly string[]): Promise<Buffer> {
  const target = join(folder, "fetched");
  rmSync(target, { force: true });
  await execute(program, words(target), { timeout: patienceMs, cwd: folder });
  return readFileSync(target);
}

const curl = (name: string, ...options: readonly string[]) =>
  fetchBy("curl", (target) => [
    "-sS",
    "--path-as-is",
    ...options,
    "-o",
    target,
    `tftp://${host}:${port}/${name}`,
  ]);

const busybox = (name: string, ...options: readonly string[]) =>
  fetchBy("busybox", (target) => ["tftp", "-g", "-r", name, "-l", target, ...options, host, port]);

const tftpHpa = (name: string, mode: "binary" | "netascii") =>
  fetchBy("tftp", (target) => ["-4", "-m", mode, host, port, "-c", "get", name, target]);

const atftp = (name: string, ...options: readonly string[]) =>
  fetchBy("atftp", (target) => [
    ...options.flatMap((option) => ["--option", option]),
    ...["-g", "-r", name, "-l", target, host, port],
  ]);

const clients = {
  curl: (name: string) => curl(name),
  "curl with blocks of 1,468 octets": (name: string) => curl(name, "--tftp-blksize", "1468"),
  "curl with blocks that are larger than allowed": (name: string) => curl(name, "--tftp-blksize", "65464"),
  "curl without options": (name: string) => curl(name, "--tftp-no-options"),
  busybox: (name: string) => busybox(name),
  "busybox with blocks of 1,468 octets": (name: string) => busybox(name, "-b", "1468"),
  "tftp-hpa": (name: string) => tftpHpa(name, "binary"),
  atftp: (name: string) => atftp(name),
  "atftp with blocks of 1,468 octets in windows of 8 and the size": (name: string) =>
    atftp(name, "blksize 1468", "windowsize 8", "tsize 0", "timeout 3"),
} as const;

describe.each(Object.entries(clients))("%s", (_, load) => {
  test.each([
    ["snponly.efi", loader],
    ["/snponly.efi", loader],
    ["linked.efi", loader],
    ["whole", loader.subarray(0, 512 * 64)],
  ])("loads %s octet by octet", async (name, bytes) => {
    expect((await load(name)).equals(bytes)).toBe(true);
  });

  test("loads a large file, whose blocks may be more than there are numbers", async () => {
    expect((await load("initrd")).equals(initrd)).toBe(true);
    await vi.waitFor(() => expect(served.at(-1)).toBe("initrd"), patienceMs);
  });

  test.each(["outside.efi", "../initrd", "absent"])("does not get %s", async (name) => {
    await expect(
      load(name).then(({ length }) => length || Promise.reject(new Error("nothing"))),
    ).rejects.toThrow();
  });
});

/** curl with options takes a size of 0 for nonsense, whatever the server is. */
test.each([
  "curl without options",
  "busybox",
  "tftp-hpa",
  "atftp",
] as const)("%s loads an empty file", async (name) => {
  expect((await clients[name]("empty")).length).toBe(0);
  await vi.waitFor(() => expect(served.at(-1)).toBe("empty"), patienceMs);
});

test("tftp-hpa reads a text in netascii as the lines that it has", async () => {
  expect((await tftpHpa("grub.cfg", "netascii")).toString("latin1")).toBe(text.toString("latin1"));
});
