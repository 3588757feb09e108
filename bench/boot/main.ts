import "../../src/require-node.mjs";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cpus, release, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { measureRenders } from "../render.ts";
import { createClients } from "./clients.ts";
import { measureDora } from "./dora.ts";
import { measureHttp } from "./http.ts";
import { measureLatency } from "./latency.ts";
import { measureLeases } from "./leases.ts";
import { closeWire, on, openWire } from "./namespaces.ts";
import { measureRelay } from "./relay.ts";
import { dnsmasq } from "./servers/dnsmasq.ts";
import { ironledger } from "./servers/ironledger.ts";
import { isc } from "./servers/isc.ts";
import { kea } from "./servers/kea.ts";
import type { Needed } from "./servers/server.ts";
import { readmeTable } from "./table.ts";
import { measureTftp } from "./tftp.ts";

const usage = `Usage: npm run bench:boot -- [--short] [--only dora|leases|tftp|http]

Measures the boot services against the servers that people use, one after the other on one wire of its own making:
two network namespaces, so it wants root. The last line is one JSON object with all figures.

  --short      a few minutes instead of ten: fewer and shorter rounds, 10,000 leases instead of 100,000;
               its figures are no ones to quote
  --only WHAT  only a part: dora (exchanges by clients and by perfdhcp, latency), leases (memory and restart),
               tftp, http (files and scripts)`;

const parts = ["dora", "leases", "tftp", "http"] as const;
type PartName = (typeof parts)[number];

interface Size {
  readonly rounds: number;
  readonly relayRounds: number;
  readonly seconds: number;
  readonly relaySeconds: number;
  readonly latencySeconds: number;
  readonly leases: number;
  readonly transferRounds: number;
}

const full: Size = {
  rounds: 5,
  relayRounds: 3,
  seconds: 4,
  relaySeconds: 2,
  latencySeconds: 30,
  leases: 100_000,
  transferRounds: 7,
};
const short: Size = {
  rounds: 1,
  relayRounds: 1,
  seconds: 2,
  relaySeconds: 1,
  latencySeconds: 5,
  leases: 10_000,
  transferRounds: 1,
};

const peers = [kea, isc, dnsmasq];

/** What every part calls, and what each does. */
const tools: readonly Needed[] = [
  { program: "ip", debianPackage: "iproute2" },
  { program: "cc", debianPackage: "gcc libc6-dev" },
];
const toolsOf: Readonly<Record<PartName, readonly Needed[]>> = {
  dora: [{ program: "perfdhcp", debianPackage: "kea-admin" }, ...peers.flatMap(({ needs }) => needs ?? [])],
  leases: [],
  tftp: [
    { program: "in.tftpd", debianPackage: "tftpd-hpa" },
    { program: "apt-get", debianPackage: "apt" },
  ],
  http: [
    { program: "nginx", debianPackage: "nginx-light" },
    { program: "curl", debianPackage: "curl" },
  ],
};

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      short: { type: "boolean", default: false },
      only: { type: "string" },
      inside: { type: "string" },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  const wanted = parts.filter((part) => values.only === undefined || part === values.only);
  if (values.help || wanted.length === 0) {
    tell(usage);
    return values.help ? 0 : 2;
  }
  const size = values.short ? short : full;
  if (values.inside !== undefined) {
    const figures = await measure(wanted.filter(isOnWire), size);
    writeFileSync(values.inside, JSON.stringify(figures));
    return 0;
  }
  const missing = missingFor(wanted);
  for (const each of missing) tell(`bench:boot: ${each}`);
  return missing.length === 0 ? await measureAll(wanted, size) : 2;
}

async function measureAll(wanted: readonly PartName[], size: Size): Promise<number> {
  const [processor] = cpus();
  const model = processor?.model ?? "unknown processor";
  tell(`${cpus().length} x ${model}, Linux ${release()}, Node ${process.versions.node}`);
  const sizeName = size === short ? "short" : "full";
  tell(`${sizeName}: ${JSON.stringify(size)}`);
  const directory = mkdtempSync(join(tmpdir(), "ironledger-bench-boot-"));
  const figuresFile = join(directory, "figures.json");
  try {
    if (wanted.some(isOnWire) && (await measureInside(figuresFile)) !== 0) return 1;
    const onWire: object = existsSync(figuresFile) ? JSON.parse(readFileSync(figuresFile, "utf8")) : {};
    const others = await measure(
      wanted.filter((part) => !isOnWire(part)),
      size,
    );
    const figures = { size: sizeName, ...onWire, ...others };
    tell(`\n${readmeTable(figures)}\n`);
    tell(JSON.stringify(figures));
    return 0;
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** What needs the wire between two hosts; the rest is measured on the loopback of this one. */
function isOnWire(part: PartName): boolean {
  return part === "dora" || part === "leases";
}

function missingFor(wanted: readonly PartName[]): readonly string[] {
  const needed = [...tools, ...wanted.flatMap((part) => toolsOf[part])];
  const absent = needed
    .filter(({ program }) => spawnSync("sh", ["-c", `command -v ${program}`]).status !== 0)
    .map(({ program, debianPackage }) => `${program} is missing: apt-get install ${debianPackage}`);
  return process.getuid?.() === 0 ? absent : ["it makes network namespaces: run it as root", ...absent];
}

/** Runs this program again where the servers run, so that it reaches their loopback. Resolves to its exit code. */
async function measureInside(figuresFile: string): Promise<number> {
  openWire();
  try {
    const words = [...process.execArgv, ...process.argv.slice(1), "--inside", figuresFile];
    const child = spawn(...on("server", [process.execPath, ...words]), { stdio: "inherit" });
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => child.kill(signal));
    const [code] = await once(child, "exit");
    return Number(code ?? 1);
  } finally {
    closeWire();
  }
}

async function measure(wanted: readonly PartName[], size: Size): Promise<object> {
  const directory = mkdtempSync(join(tmpdir(), "ironledger-bench-boot-"));
  try {
    const figures = {};
    for (const part of wanted) Object.assign(figures, await measurements[part]({ directory, size }));
    return figures;
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

interface Place {
  /** On the disk to measure. */
  readonly directory: string;
  readonly size: Size;
}

const measurements: Readonly<Record<PartName, (place: Place) => Promise<object>>> = {
  async dora({ directory, size }) {
    const clients = createClients(directory);
    const { seconds, rounds, relayRounds, relaySeconds, latencySeconds } = size;
    const servers = [ironledger, ...peers];
    const direct = await measureDora({ clients, servers, directory, rounds, seconds, tell });
    const relayed = { servers: [ironledger, kea], rounds: relayRounds, seconds: relaySeconds };
    return {
      ...direct,
      ...(await measureRelay({ ...relayed, directory, tell })),
      ...(await measureLatency({ clients, directory, seconds: latencySeconds })),
    };
  },
  async leases({ directory, size }) {
    const clients = createClients(directory);
    return measureLeases({ clients, directory, leases: size.leases, tell });
  },
  tftp: ({ directory, size }) => measureTftp({ rounds: size.transferRounds, parent: directory }),
  async http({ directory, size }) {
    const files = await measureHttp({ rounds: size.transferRounds, parent: directory });
    return { ...files, ...(await measureScripts()) };
  },
};

/** iPXE scripts rendered for one machine after the other, each with the machine's own inputs. */
async function measureScripts(): Promise<{ readonly scripts_per_s: number }> {
  const { renders_per_s } = await measureRenders();
  return { scripts_per_s: renders_per_s };
}

function tell(line: string): void {
  process.stdout.write(`${line}\n`);
}

process.exitCode = await main();
