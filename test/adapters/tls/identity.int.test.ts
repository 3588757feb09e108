import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { Server, type TLSSocket, connect as tlsConnect } from "node:tls";
import { describe, expect, onTestFinished, test } from "vitest";
import {
  readTlsIdentity,
  renewTlsIdentity,
  TlsError,
  type TlsFiles,
} from "../../../src/adapters/tls/identity.ts";
import { temporaryDirectory } from "../../projections/view-files.ts";
import { selfSigned, type TestIdentity } from "../../support/certificate.ts";

const now = new Date();

function filesOf({ cert, key }: Partial<TestIdentity>): TlsFiles {
  const directory = temporaryDirectory();
  const files = { certificateFile: join(directory, "cert.pem"), keyFile: join(directory, "key.pem") };
  if (cert !== undefined) writeFileSync(files.certificateFile, cert);
  if (key !== undefined) writeFileSync(files.keyFile, key);
  return files;
}

/** A listener on loopback that echoes. */
async function listen(identity: TestIdentity): Promise<{ readonly server: Server; readonly port: number }> {
  const server = new Server({ ...identity, minVersion: "TLSv1.2" }, (socket) => socket.pipe(socket));
  onTestFinished(() => {
    server.close();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (typeof address !== "object" || !address) throw new Error("not listening");
  return { server, port: address.port };
}

async function connect(port: number): Promise<TLSSocket> {
  const socket = tlsConnect({ port, host: "127.0.0.1", rejectUnauthorized: false });
  onTestFinished(() => {
    socket.destroy();
  });
  await new Promise((resolve, reject) => {
    socket.once("secureConnect", resolve);
    socket.once("error", reject);
  });
  return socket;
}

async function echo(socket: TLSSocket, text: string): Promise<string> {
  const received = new Promise<Buffer>((resolve) => socket.once("data", resolve));
  socket.write(text);
  return (await received).toString();
}

const nameOf = (socket: TLSSocket) => socket.getPeerCertificate().subject.CN;

describe("reading a certificate", () => {
  test("takes one with its key", async () => {
    const identity = selfSigned("one");
    expect(await readTlsIdentity(filesOf(identity), now)).toEqual({ ...identity, warning: undefined });
  });

  test("warns of one that is valid no more", async () => {
    const { warning } = await readTlsIdentity(filesOf(selfSigned("one", 1)), new Date(now.getTime() + 1_000));
    expect(warning).toMatch(/cert\.pem: valid from .* to /);
  });

  test.each([
    ["has no file", { key: selfSigned("one").key }, "ENOENT"],
    ["is no PEM", { ...selfSigned("one"), cert: "nonsense" }, "cert.pem"],
    ["is of another key", { ...selfSigned("one"), key: selfSigned("two").key }, "mismatch"],
  ])("refuses one that %s, and says nothing of the key", async (_what, identity, message) => {
    const refusal = readTlsIdentity(filesOf(identity), now);
    await expect(refusal).rejects.toThrow(TlsError);
    await expect(refusal).rejects.toThrow(message);
    await expect(refusal).rejects.not.toThrow(identity.key?.split("\n")[1] ?? "");
  });
});

describe("renewing a certificate", () => {
  test("shows the new one to whoever connects, and keeps open connections", async () => {
    const { server, port } = await listen(selfSigned("old"));
    const early = await connect(port);
    expect(await echo(early, "before")).toBe("before");
    renewTlsIdentity(server, await readTlsIdentity(filesOf(selfSigned("new")), now));
    expect([nameOf(early), nameOf(await connect(port))]).toEqual(["old", "new"]);
    expect(await echo(early, "after")).toBe("after");
  });

  test("goes on to refuse what is older than TLS 1.2", async () => {
    const { server, port } = await listen(selfSigned("old"));
    renewTlsIdentity(server, selfSigned("new"));
    const old = { minVersion: "TLSv1", maxVersion: "TLSv1.1", ciphers: "DEFAULT@SECLEVEL=0" } as const;
    const socket = tlsConnect({ port, host: "127.0.0.1", rejectUnauthorized: false, ...old });
    const error = await new Promise<Error>((resolve) => socket.once("error", resolve));
    expect(error.message).toMatch(/protocol version|ECONNRESET|unsupported/i);
  });
});
