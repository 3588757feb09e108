import { type ExecFileException, execFile } from "node:child_process";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { cp, open, readFile, writeFile } from "node:fs/promises";
import { type AddressInfo, createServer } from "node:net";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { parse, stringify } from "yaml";
import { type ExitCode, exitCodes } from "../../src/service/exit-codes.ts";
import { createSite, type RunningService, type Site, startService } from "../support/service-under-test.ts";
import { readStoppedLog } from "../support/stopped-log.ts";

const root = join(import.meta.dirname, "../..");

let site: Site;
let service: RunningService;
/** Of a service that ran, was stopped, and left a log with events. */
let stopped: string;
let copies = 0;

beforeAll(async () => {
  site = await createSite("assets");
  stopped = join(site.directory, "stopped");
  const logFile = join(site.directory, "service.log");
  await (await startService(await site.configFor(stopped), logFile)).stop();
  service = await startService(await site.configFor(site.dataDirectory), logFile);
});

afterAll(async () => {
  await service?.kill();
  await site?.remove();
});

interface Ended {
  readonly exitCode: ExecFileException["code"];
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the service to its end, as npm does. */
function run(configFile: string, nodeOptions: readonly string[] = []): Promise<Ended> {
  const guard = ["--import", "./src/require-node.mjs", "src/main.ts"];
  const words = [...nodeOptions, ...guard, "--config", configFile];
  return new Promise((resolve) => {
    execFile(process.execPath, words, { cwd: root, timeout: 50_000 }, (error, stdout, stderr) =>
      resolve({ exitCode: error ? error.code : 0, stdout, stderr }),
    );
  });
}

/** One line that a person can read, and the exit code that tells a supervisor what to do. */
function expectRefusal({ exitCode, stdout, stderr }: Ended, why: RegExp, expected: ExitCode): void {
  expect(stderr).toMatch(/^ironledger[^\n]+\n$/);
  expect(stderr).toMatch(why);
  expect({ exitCode, stdout }).toEqual({ exitCode: expected, stdout: "" });
}

/** A configuration of its own: on ports that nobody has, but for what is changed. */
async function configure(
  dataDirectory: string,
  { wire, ...changes }: { readonly wire?: object; readonly api?: object; readonly colour?: string } = {},
): Promise<string> {
  const file = await site.configFor(dataDirectory);
  const free = await createSite("assets");
  onTestFinished(free.remove);
  const { wire: freeWire } = parse(await readFile(await free.configFor(dataDirectory), "utf8"));
  const config = parse(await readFile(file, "utf8"));
  await writeFile(file, stringify({ ...config, ...changes, wire: { ...freeWire, ...wire } }));
  return file;
}

describe("a configuration that cannot be used", () => {
  test.each([
    ["names a key that there is not", "colour: blue\n", /colour \(.*broken\.yaml\): there is no such key/],
    ["lacks what must be there", "dataDirectory: data\n", /wire\.address: is missing/],
    ["is no YAML", "wire: {address: 127.0.0.1\n  - x: [\n", /cannot be read as YAML: .+ at line 1/],
    ["is empty", "", /dataDirectory: is missing/],
  ])("is refused when it %s", async (_, text, why) => {
    const file = join(site.directory, "broken.yaml");
    await writeFile(file, text);
    expectRefusal(await run(file), why, exitCodes.unusable);
  });

  test("is refused when it is not there", async () => {
    expectRefusal(
      await run(join(site.directory, "absent.yaml")),
      /absent\.yaml: .*ENOENT/,
      exitCodes.unusable,
    );
  });

  test("makes no data directory", async () => {
    const dataDirectory = join(site.directory, "never-made");
    expectRefusal(
      await run(await configure(dataDirectory, { colour: "blue" })),
      /colour/,
      exitCodes.unusable,
    );
    expect(existsSync(dataDirectory)).toBe(false);
  });
});

describe("a port that somebody else has", () => {
  test.each(["dhcpPort", "tftpPort"])("is refused and named: wire.%s", async (key) => {
    const port = await holdUdpPort();
    const file = await configure(stopped, { wire: { [key]: port } });
    await expectUnchanged(async () =>
      expectRefusal(
        await run(file),
        new RegExp(`wire\\.${key}: cannot listen on .+:${port} .+ another process`),
        exitCodes.notStarted,
      ),
    );
  });

  test("is refused and named: wire.httpPort", async () => {
    const port = await holdTcpPort();
    const file = await configure(stopped, { wire: { httpPort: port } });
    await expectUnchanged(async () =>
      expectRefusal(
        await run(file),
        new RegExp(`wire\\.httpPort: cannot listen on .+:${port} `),
        exitCodes.notStarted,
      ),
    );
  });

  test("is refused and named: api.port", async () => {
    const port = await holdTcpPort();
    const file = await configure(stopped, { api: { port } });
    await expectUnchanged(async () =>
      expectRefusal(
        await run(file),
        new RegExp(`api\\.port: cannot listen on .+:${port} `),
        exitCodes.notStarted,
      ),
    );
  });

  test("is refused when it has an address that this host has not", async () => {
    const file = await configure(stopped, { wire: { address: "203.0.113.7" } });
    await expectUnchanged(async () =>
      expectRefusal(await run(file), /no interface of this host has the address/, exitCodes.notStarted),
    );
  });

  async function expectUnchanged(act: () => Promise<void>): Promise<void> {
    const before = await readStoppedLog(stopped);
    expect(before.length).toBeGreaterThan(0);
    await act();
    expect(await readStoppedLog(stopped)).toEqual(before);
  }
});

async function holdUdpPort(): Promise<number> {
  const socket = createSocket("udp4");
  onTestFinished(() => void socket.close());
  socket.bind(0, "127.0.0.1");
  await once(socket, "listening");
  return socket.address().port;
}

async function holdTcpPort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  onTestFinished(() => void server.close());
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
}

describe("a log that cannot be used", () => {
  test("is refused while another process has it, which goes on", async () => {
    const before = await service.graphql("{ service { fenced epoch } }");
    const why = new RegExp(`is in use by process ${service.process.pid} on .+: stop it first`);
    expectRefusal(await run(await configure(site.dataDirectory)), why, exitCodes.notStarted);
    expect(await service.graphql("{ service { fenced epoch } }")).toEqual(before);
  });

  test.each([0, 16, 100])("is refused when its header is damaged at octet %i", async (offset) => {
    await expectUntouched(/ledger\.db is not a usable log: .+SQLite error/, async (ledger) => {
      const file = await open(ledger, "r+");
      await file.write(Buffer.alloc(40, 0x5a), 0, 40, offset);
      await file.close();
    });
  });

  test("is refused when it is cut short", async () => {
    await expectUntouched(/ledger\.db is not a usable log: /, async (ledger) => {
      const file = await open(ledger, "r+");
      await file.truncate(5_000);
      await file.close();
    });
  });

  test("is refused when it is of a newer format, and names it", async () => {
    await expectUntouched(/has format 99, this release .+: start the newer release/, async (ledger) => {
      const database = new DatabaseSync(ledger);
      database.exec("PRAGMA user_version = 99");
      database.close();
    });
  });

  test("is refused when it has events that only a newer release understands, and names them", async () => {
    await expectUntouched(
      /has events SubnetDefined of shape 99, this release .+: start the newer/,
      tell("shapes", '{"SubnetDefined":99}'),
    );
  });

  test("is refused when it was moved away, and names where it went", async () => {
    await expectUntouched(
      /was moved to esdb:\/\/db1: start the service on that/,
      tell("moved", "esdb://db1"),
    );
  });

  /** Lets the log say something about itself. */
  function tell(key: string, value: string) {
    return async (ledger: string) => {
      const database = new DatabaseSync(ledger);
      database.prepare("INSERT OR REPLACE INTO log VALUES (?, ?)").run(key, value);
      database.close();
    };
  }

  /** Spoils a copy of the log, and shows that the refusal leaves it as it then is. */
  async function expectUntouched(why: RegExp, spoil: (ledger: string) => Promise<void>): Promise<void> {
    copies += 1;
    const dataDirectory = join(site.directory, `spoiled-${copies}`);
    await cp(stopped, dataDirectory, { recursive: true });
    const ledger = join(dataDirectory, "log/ledger.db");
    await spoil(ledger);
    const before = await readFile(ledger);
    expectRefusal(await run(await configure(dataDirectory)), why, exitCodes.logRefused);
    expect((await readFile(ledger)).equals(before)).toBe(true);
    expect(existsSync(`${ledger}-wal`)).toBe(false);
  }
});

test("a Node that is too old is refused before anything is read", async () => {
  // Makes this Node say that it is another, so that nothing here depends on what is installed.
  const script = 'Object.defineProperty(process,"versions",{value:{...process.versions,node:"20.19.2"}})';
  const pretending = `--import=data:text/javascript,${encodeURIComponent(script)}`;
  expectRefusal(
    await run("absent.yaml", [pretending]),
    /needs Node 24 or newer, and this is 20\.19\.2/,
    exitCodes.unusable,
  );
});
