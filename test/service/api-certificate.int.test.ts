import { writeFileSync } from "node:fs";
import { request } from "node:https";
import { join } from "node:path";
import { TLSSocket } from "node:tls";
import { describe, expect, test } from "vitest";
import { TlsError } from "../../src/adapters/tls/identity.ts";
import { openApiCertificate } from "../../src/service/api-certificate.ts";
import { openDoor } from "../adapters/graphql/support/door.ts";
import { connect } from "../adapters/graphql/support/socket.ts";
import { temporaryDirectory } from "../projections/view-files.ts";
import { selfSigned } from "../support/certificate.ts";

const clock = () => new Date();

function certificateFiles() {
  const directory = temporaryDirectory();
  const files = { certificateFile: join(directory, "cert.pem"), keyFile: join(directory, "key.pem") };
  const put = (cert: string, key: string) => {
    writeFileSync(files.certificateFile, cert);
    writeFileSync(files.keyFile, key);
  };
  return { files, put };
}

/** A log that is asked for what it was told. */
function recordingLog() {
  const lines: string[] = [];
  const take = (level: string) => (_bound: unknown, message?: string) =>
    lines.push(`${level} ${message ?? _bound}`);
  return { lines, info: take("info"), warn: take("warn"), error: take("error") };
}

/** The answer of `/livez` and the name in the certificate that came with it. */
async function ask(url: string) {
  const { promise, resolve, reject } = Promise.withResolvers<readonly unknown[]>();
  const asked = request(`${url}/livez`, { rejectUnauthorized: false, agent: false }, (response) => {
    const name = response.socket instanceof TLSSocket && response.socket.getPeerCertificate().subject.CN;
    response.resume().on("end", () => resolve([response.statusCode, name]));
  });
  asked.on("error", reject).end();
  return promise;
}

describe("the API's certificate", () => {
  test("is exchanged while sockets stay open", async () => {
    const { files, put } = certificateFiles();
    const { cert, key } = selfSigned("old");
    put(cert, key);
    const log = recordingLog();
    const certificate = await openApiCertificate({ files, clock, log });
    if (!certificate.identity) throw new Error("no identity");
    const door = await openDoor({ tls: certificate.identity });
    expect(await ask(door.url)).toEqual([200, "old"]);
    const socket = await connect(door, { rejectUnauthorized: false });

    const next = selfSigned("new");
    put(next.cert, next.key);
    await certificate.renew(door.server);
    expect(await ask(door.url)).toEqual([200, "new"]);
    socket.send({ type: "ping" });
    await socket.message(({ type }) => type === "pong");
    expect(log.lines).toEqual(["info the API shows the certificate that was read again"]);
  });

  test("stays when the new files cannot be used", async () => {
    const { files, put } = certificateFiles();
    const { cert, key } = selfSigned("old");
    put(cert, key);
    const log = recordingLog();
    const certificate = await openApiCertificate({ files, clock, log });
    const door = await openDoor({ tls: { cert, key } });
    put(cert, selfSigned("another").key);
    await certificate.renew(door.server);
    expect(await ask(door.url)).toEqual([200, "old"]);
    expect(log.lines).toEqual(["error the API keeps the certificate that it has"]);
  });

  test("keeps the service from starting when it cannot be used", async () => {
    const { files } = certificateFiles();
    const opening = openApiCertificate({ files, clock, log: recordingLog() });
    await expect(opening).rejects.toThrow(TlsError);
  });

  test("is none where none is configured, and a renewal changes nothing", async () => {
    const log = recordingLog();
    const certificate = await openApiCertificate({ files: undefined, clock, log });
    const door = await openDoor();
    await certificate.renew(door.server);
    expect(certificate.identity).toBeUndefined();
    expect((await fetch(`${door.url}/livez`)).status).toBe(200);
    expect(log.lines).toEqual(["info the API has no certificate to read again"]);
  });
});
