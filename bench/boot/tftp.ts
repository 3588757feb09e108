import { type ChildProcess, execFile, execFileSync } from "node:child_process";
import { randomFillSync } from "node:crypto";
import { once } from "node:events";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { z } from "zod";
import { freeUdpPorts } from "../../src/rehearsal/ports.ts";
import { median } from "../log-thread.ts";
import { startAtftpd, startHpa, startIronledgerTftp, type TftpPeer } from "./tftp-peers.ts";

/** Downloads by TFTP over the loopback; a ratio above 1 says that Ironledger is the faster one. */
export interface TftpFigures {
  /** Against tftpd-hpa, in lockstep. */
  readonly tftp_w1_vs_hpa: number;
  /** Against atftpd, in windows of 16 blocks. */
  readonly tftp_w16_vs_atftpd: number;
  /** Against tftpd-hpa, 50 downloads of 1 MiB at once, in lockstep. */
  readonly tftp_parallel_vs_hpa: number;
  /** Part of the downloads that came whole although 2 % of all packets were lost, windows of 1, 4 and 16. */
  readonly tftp_loss_completed: number;
  readonly tftp_w1_mb_per_s: number;
  readonly tftp_w16_mb_per_s: number;
  readonly tftp_parallel_mb_per_s: number;
  /** Part of the time that the client was busy, at the most: under 1, it waited for the servers and not they for it. */
  readonly tftp_client_busy: number;
  /** How late the server's event loop was while 50 machines downloaded, milliseconds: what DHCP waits beside it. */
  readonly tftp_loop_delay_p99_ms: number;
}

export interface TftpBenchOptions {
  /** Each measures all servers one after the other. (Default: 7) */
  readonly rounds?: number;
  /** Where the files are made, some 60 MB. (Default: the system's directory for temporary files) */
  readonly parent?: string;
}

const largeBytes = 50 * 1024 * 1024;
const smallBytes = 1024 * 1024;
const blockBytes = 1_468;

const ClientReport = z.object({
  seconds: z.number(),
  completed: z.int(),
  again: z.int(),
  busySeconds: z.number(),
});
type ClientReport = z.infer<typeof ClientReport>;

const LoopDelay = z.object({ p99Ms: z.number(), maxMs: z.number() });

interface Download {
  readonly file: "large" | "small";
  readonly windowBlocks: number;
  readonly downloads: number;
  readonly lossPerMille: number;
}

const lockstep: Download = { file: "large", windowBlocks: 1, downloads: 1, lossPerMille: 0 };
const windows: Download = { ...lockstep, windowBlocks: 16 };
const parallel: Download = { ...lockstep, file: "small", downloads: 50 };

/** @throws Error when a peer or the C compiler is missing, or when a download fails */
export async function measureTftp({
  rounds = 7,
  parent = tmpdir(),
}: TftpBenchOptions = {}): Promise<TftpFigures> {
  const directory = mkdtempSync(join(parent, "ironledger-tftp-"));
  const peers: TftpPeer[] = [];
  try {
    // tftpd-hpa reads as nobody.
    chmodSync(directory, 0o755);
    writeFileSync(join(directory, "large"), randomFillSync(Buffer.alloc(largeBytes)));
    writeFileSync(join(directory, "small"), randomFillSync(Buffer.alloc(smallBytes)));
    const load = compileClient(directory);
    const [own = 0, hpaPort = 0, atftpdPort = 0] = await freeUdpPorts(3);
    const ironledger = await startIronledgerTftp(directory, own);
    peers.push(ironledger);
    const hpa = startHpa(directory, hpaPort);
    peers.push(hpa);
    const atftpd = startAtftpd(directory, atftpdPort, join(directory, "packages"));
    peers.push(atftpd);
    // They do not say when their ports are open; the first download asks until they are.
    for (const { port } of peers) await load(port, { ...parallel, downloads: 1 });
    return await compare({ ironledger, hpa, atftpd, load, rounds });
  } finally {
    for (const peer of peers) await peer.stop();
    rmSync(directory, { recursive: true });
  }
}

type Load = (port: number, download: Download) => Promise<ClientReport>;

interface Field {
  readonly ironledger: TftpPeer;
  readonly hpa: TftpPeer;
  readonly atftpd: TftpPeer;
  readonly load: Load;
  readonly rounds: number;
}

async function compare({ ironledger, hpa, atftpd, load, rounds }: Field): Promise<TftpFigures> {
  const pairs = {
    w1: { download: lockstep, peer: hpa, ...noTimes() },
    w16: { download: windows, peer: atftpd, ...noTimes() },
    parallel: { download: parallel, peer: hpa, ...noTimes() },
  };
  const delays: number[] = [];
  for (let round = 0; round < rounds; round++) {
    for (const { download, peer, own, other } of Object.values(pairs)) {
      await loopDelay(ironledger.child);
      own.push(await load(ironledger.port, download));
      if (download === parallel) delays.push(await loopDelay(ironledger.child));
      other.push(await load(peer.port, download));
    }
  }
  const { w1, w16 } = pairs;
  return {
    tftp_w1_vs_hpa: ratio(w1),
    tftp_w16_vs_atftpd: ratio(w16),
    tftp_parallel_vs_hpa: ratio(pairs.parallel),
    tftp_loss_completed: await completedUnderLoss(load, ironledger.port),
    tftp_w1_mb_per_s: rate(w1.own, largeBytes),
    tftp_w16_mb_per_s: rate(w16.own, largeBytes),
    tftp_parallel_mb_per_s: rate(pairs.parallel.own, parallel.downloads * smallBytes),
    tftp_client_busy: Math.max(
      ...[w1, w16, pairs.parallel].map(({ own, other }) => busy([...own, ...other])),
    ),
    tftp_loop_delay_p99_ms: rounded(median(delays)),
  };
}

function noTimes() {
  return { own: [] as ClientReport[], other: [] as ClientReport[] };
}

/** Rounds are compared with themselves: what else the machine does changes from one to the next. */
function ratio({ own, other }: ReturnType<typeof noTimes>): number {
  return rounded(median(own.map(({ seconds }, round) => (other[round]?.seconds ?? Number.NaN) / seconds)));
}

function rate(reports: readonly ClientReport[], bytes: number): number {
  return rounded(bytes / 1e6 / median(reports.map(({ seconds }) => seconds)));
}

function busy(reports: readonly ClientReport[]): number {
  return rounded(median(reports.map(({ busySeconds, seconds }) => busySeconds / seconds)));
}

async function completedUnderLoss(load: Load, port: number): Promise<number> {
  const rounds = [1, 4, 16].map((windowBlocks) => ({
    ...parallel,
    windowBlocks,
    downloads: 8,
    lossPerMille: 20,
  }));
  let completed = 0;
  for (const round of rounds) completed += (await load(port, round)).completed;
  return rounded(completed / rounds.reduce((sum, { downloads }) => sum + downloads, 0));
}

async function loopDelay(child: ChildProcess): Promise<number> {
  // The monitor looks every millisecond; what the load left behind is seen a moment later.
  await sleep(20);
  const told = once(child, "message");
  child.send("delay");
  const [report] = await told;
  return LoopDelay.parse(report).p99Ms;
}

/** A client that is not slower than what it measures. @throws Error when there is no C compiler */
function compileClient(directory: string): Load {
  const program = join(directory, "tftp-client");
  execFileSync("cc", ["-O2", "-o", program, join(import.meta.dirname, "tftp-client.c")]);
  const execute = promisify(execFile);
  return async (port, { file, windowBlocks, downloads, lossPerMille }) => {
    const numbers = [blockBytes, windowBlocks, downloads, lossPerMille].map(String);
    const words = ["127.0.0.1", String(port), file, join(directory, file), ...numbers];
    const { stdout } = await execute(program, words);
    return ClientReport.parse(JSON.parse(stdout));
  };
}

function rounded(value: number): number {
  return Math.round(value * 1_000) / 1_000;
}
