import { type ChildProcess, execFileSync, fork, spawn } from "node:child_process";
import { once } from "node:events";
import { accessSync, constants, mkdirSync, readdirSync } from "node:fs";
import { delimiter, join } from "node:path";

/** A server on the loopback that gives out the files of a folder. */
export interface TftpPeer {
  readonly port: number;
  readonly child: ChildProcess;
  stop(): Promise<void>;
}

const address = "127.0.0.1";

/** Of this repository, in a process of its own. */
export async function startIronledgerTftp(folder: string, port: number): Promise<TftpPeer> {
  const child = fork(join(import.meta.dirname, "tftp-server.ts"), [folder, String(port)]);
  await once(child, "message");
  return peerOf(child, port);
}

/** Debian's tftpd-hpa, which takes a process for each download. @throws Error when it is not installed */
export function startHpa(folder: string, port: number): TftpPeer {
  const program = onPath("in.tftpd");
  if (program === undefined) throw new Error("in.tftpd is missing: apt-get install tftpd-hpa");
  return peerOf(spawn(program, ["-L", "-a", `${address}:${port}`, "-s", folder], { stdio: "inherit" }), port);
}

/**
 * Debian's atftpd, which takes a thread for each download. It cannot be installed beside tftpd-hpa, so it is unpacked
 * into `aside` where it is not on the PATH.
 *
 * @throws Error when it can neither be found nor fetched
 */
export function startAtftpd(folder: string, port: number, aside: string): TftpPeer {
  const program = onPath("atftpd") ?? unpack("atftpd", aside);
  const words = ["--daemon", "--no-fork", "--port", String(port), "--bind-address", address];
  const owner = ["--user", "root", "--group", "root"];
  return peerOf(spawn(program, [...words, ...owner, folder], { stdio: "inherit" }), port);
}

function peerOf(child: ChildProcess, port: number): TftpPeer {
  const exited = once(child, "exit");
  return {
    port,
    child,
    async stop() {
      if (child.exitCode === null && child.signalCode === null) child.kill("SIGTERM");
      await exited;
    },
  };
}

/** Where a program is; servers are often not on the PATH of whoever asks. */
export function onPath(name: string): string | undefined {
  const folders = [...(process.env["PATH"] ?? "").split(delimiter), "/usr/sbin", "/usr/local/sbin"];
  return folders.map((folder) => join(folder, name)).find(isProgram);
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function unpack(name: string, aside: string): string {
  mkdirSync(aside, { recursive: true });
  try {
    execFileSync("apt-get", ["download", name], { cwd: aside, stdio: "ignore" });
    const [file = ""] = readdirSync(aside).filter((entry) => entry.startsWith(`${name}_`));
    execFileSync("dpkg", ["-x", file, name], { cwd: aside });
  } catch (cause) {
    throw new Error(`${name} is missing: put it on the PATH, or let apt-get download it`, { cause });
  }
  return join(aside, name, "usr/sbin", name);
}
