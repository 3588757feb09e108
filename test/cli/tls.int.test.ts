import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse, stringify } from "yaml";
import { selfSigned } from "../support/certificate.ts";
import { eventually } from "../support/eventually.ts";
import { createSite, type RunningService, type Site, startService } from "../support/service-under-test.ts";
import { createPerson, type Person } from "./support/run-cli.ts";

let site: Site;
let service: RunningService;
let person: Person;
let certificateFile: string;

beforeAll(async () => {
  site = await createSite("assets");
  certificateFile = join(site.directory, "cert.pem");
  const keyFile = join(site.directory, "key.pem");
  const { cert, key } = selfSigned("ironledger");
  writeFileSync(certificateFile, cert);
  writeFileSync(keyFile, key, { mode: 0o600 });
  const file = await site.configFor(site.dataDirectory);
  const config = parse(readFileSync(file, "utf8"));
  writeFileSync(file, stringify({ ...config, api: { ...config.api, tls: { certificateFile, keyFile } } }));
  service = await startService(file, join(site.directory, "service.log"));
  person = createPerson();
});

afterAll(async () => {
  await service.stop();
  await site.remove();
  person.leave();
});

function setContext(name: string, ...words: readonly string[]) {
  const tokenFile = join(site.dataDirectory, "api-token");
  const server = new URL(service.api).origin;
  return person.run([
    "context",
    "set",
    name,
    "--use",
    "--server",
    server,
    "--token-file",
    tokenFile,
    ...words,
  ]);
}

describe("a service with a certificate of an authority of its own", () => {
  test("is not spoken to before the authority is named", async () => {
    expect(new URL(service.api).protocol).toBe("https:");
    await setContext("distrusted");
    const { code, stderr } = await person.run(["whoami"]);
    expect(code).toBe(8);
    expect(stderr).toMatch(
      /^ironledger: SERVER_NOT_TRUSTED: https:\S+ .*\(name the authority .*--ca FILE\)\n$/,
    );
  });

  test("is spoken to, and followed, once it is", async () => {
    await setContext("trusted", "--ca", certificateFile);
    expect(await person.run(["whoami", "-o", "name"])).toEqual({
      code: 0,
      stdout: "viewer/operator\n",
      stderr: "",
    });
    const tail = person.start(["events", "tail", "-f", "-n", "0"]);
    let machines = 0;
    await eventually(async () => {
      machines += 1;
      await person.run(["machines", "register", `02:00:00:00:00:${machines + 10}`]);
      return tail.stdout().includes("MachineRegistered") || undefined;
    });
    tail.child.kill("SIGINT");
    expect((await tail.ended).stderr).toBe("");
  });

  test("is refused where the file of the authority holds none", async () => {
    const empty = join(site.directory, "empty.pem");
    writeFileSync(empty, "nothing");
    await setContext("broken", "--ca", empty);
    const { code, stderr } = await person.run(["whoami"]);
    expect(code).toBe(2);
    expect(stderr).toContain("it holds no certificate in PEM");
  });
});
