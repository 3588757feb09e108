import { type ChildProcess, execFile, fork, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { freeTcpPort } from "../../src/rehearsal/ports.ts";
import { median } from "../log-thread.ts";
import { onPath } from "./tftp-peers.ts";

/** Kernels and initrds by HTTP over the loopback, against nginx with sendfile. */
export interface HttpFigures {
  /** The least of the three below. Above 1 says that Ironledger is the faster one. */
  readonly http_large_vs_nginx: number;
  /** 100 MB over one connection. */
  readonly http_100mb_vs_nginx: number;
  /** Files of 2 MB one after the other over one connection that is kept. */
  readonly http_2mb_vs_nginx: number;
  /** 100 MB over each of four connections at once. */
  readonly http_4_connections_vs_nginx: number;
  readonly http_100mb_mb_per_s: number;
}

export interface HttpBenchOptions {
  /** Each measures both servers one after the other. (Default: 7) */
  readonly rounds?: number;
  /** Where the files are made, some 100 MB. (Default: the system's directory for temporary files) */
  readonly parent?: string;
}

const largeBytes = 100e6;
const middleBytes = 2e6;

interface Download {
  readonly file: "large" | "middle";
  /** How often, one after the other. */
  readonly times: number;
  /** How many do so at once. */
  readonly connections: number;
}

const downloads = {
  large: { file: "large", times: 2, connections: 1 },
  middle: { file: "middle", times: 60, connections: 1 },
  several: { file: "large", times: 1, connections: 4 },
} as const satisfies Record<string, Download>;

/** @throws Error when nginx or curl is missing, or when a download fails */
export async function measureHttp({
  rounds = 7,
  parent = tmpdir(),
}: HttpBenchOptions = {}): Promise<HttpFigures> {
  const directory = mkdtempSync(join(parent, "ironledger-http-"));
  const children: ChildProcess[] = [];
  try {
    // nginx reads as another user.
    chmodSync(directory, 0o755);
    writeFileSync(join(directory, "large"), Buffer.alloc(largeBytes, "kernel"));
    writeFileSync(join(directory, "middle"), Buffer.alloc(middleBytes, "initrd"));
    const own = fork(join(import.meta.dirname, "http-server.ts"), [
      directory,
      String(await freeTcpPort("127.0.0.1")),
    ]);
    children.push(own);
    const [ownUrl] = await once(own, "message");
    const nginx = await startNginx(directory);
    children.push(nginx.child);
    return await compare({ own: String(ownUrl), other: nginx.url, rounds });
  } finally {
    for (const child of children) await stop(child);
    rmSync(directory, { recursive: true });
  }
}

interface Field {
  readonly own: string;
  readonly other: string;
  readonly rounds: number;
}

async function compare({ own, other, rounds }: Field): Promise<HttpFigures> {
  const ratios = { large: [] as number[], middle: [] as number[], several: [] as number[] };
  const ownSeconds: number[] = [];
  for (const url of [own, other]) await seconds(url, downloads.large);
  for (let round = 0; round < rounds; round++) {
    for (const kind of ["large", "middle", "several"] as const) {
      const taken = await seconds(own, downloads[kind]);
      if (kind === "large") ownSeconds.push(taken);
      ratios[kind].push((await seconds(other, downloads[kind])) / taken);
    }
  }
  const [large, middle, several] = [ratios.large, ratios.middle, ratios.several].map((values) =>
    rounded(median(values)),
  ) as [number, number, number];
  return {
    http_large_vs_nginx: Math.min(large, middle, several),
    http_100mb_vs_nginx: large,
    http_2mb_vs_nginx: middle,
    http_4_connections_vs_nginx: several,
    http_100mb_mb_per_s: rounded((largeBytes * downloads.large.times) / 1e6 / median(ownSeconds)),
  };
}

const execute = promisify(execFile);

/** How long curl takes; it keeps its connection from file to file. */
async function seconds(base: string, { file, times, connections }: Download): Promise<number> {
  const bytes = file === "large" ? largeBytes : middleBytes;
  const urls = Array.from({ length: times }, () => ["-o", "/dev/null", `${base}/${file}`]).flat();
  const words = ["-sS", "--fail", "-w", "%{size_download}\n", ...urls];
  const began = performance.now();
  const told = await Promise.all(Array.from({ length: connections }, () => execute("curl", words)));
  const taken = (performance.now() - began) / 1_000;
  const sizes = told.flatMap(({ stdout }) => stdout.trim().split("\n").map(Number));
  if (sizes.length !== times * connections || sizes.some((size) => size !== bytes)) {
    throw new Error(`${base}: some of ${file} is missing: ${sizes}`);
  }
  return taken;
}

/** Debian's nginx with a configuration of its own, all of it in the folder. @throws Error when it is missing */
async function startNginx(folder: string): Promise<{ readonly child: ChildProcess; readonly url: string }> {
  const program = onPath("nginx");
  if (program === undefined) throw new Error("nginx is missing: apt-get install nginx-light");
  const port = await freeTcpPort("127.0.0.1");
  const own = join(folder, "nginx");
  mkdirSync(own);
  const places = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map(
    (name) => `${name}_temp_path ${join(own, name)};`,
  );
  const configuration = [
    "daemon off; master_process off; worker_processes 1;",
    `pid ${join(own, "pid")}; error_log ${join(own, "error.log")};`,
    "events { worker_connections 256; }",
    `http { access_log off; sendfile on; tcp_nopush on; ${places.join(" ")}`,
    `server { listen 127.0.0.1:${port}; root ${folder}; keepalive_timeout 60; } }`,
  ];
  writeFileSync(join(own, "nginx.conf"), `${configuration.join("\n")}\n`);
  const child = spawn(program, ["-c", join(own, "nginx.conf"), "-p", own], { stdio: "inherit" });
  const url = `http://127.0.0.1:${port}`;
  for (let attempt = 0; !(await isThere(url)); attempt++) {
    if (attempt === 200) throw new Error("nginx does not answer");
    await sleep(50);
  }
  return { child, url };
}

async function isThere(url: string): Promise<boolean> {
  try {
    await (await fetch(url, { method: "HEAD" })).arrayBuffer();
    return true;
  } catch {
    return false;
  }
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, "exit");
  child.kill("SIGTERM");
  await exited;
}

function rounded(value: number): number {
  return Math.round(value * 1_000) / 1_000;
}
