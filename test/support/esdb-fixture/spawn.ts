import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

/** A fixture's process. */
export interface SpawnedFixture {
  readonly connectionString: string;
  /** Sends a signal to it. */
  signal(name: "SIGSTOP" | "SIGCONT"): void;
  /** Ends it in the middle of what it does, and starts it again, on the same port with what it had. */
  killAndRestart(): Promise<void>;
  kill(): Promise<void>;
}

/** @param journal the file that it keeps its events in */
export async function spawnFixture(journal: string): Promise<SpawnedFixture> {
  const start = async (wanted: number): Promise<{ child: ChildProcess; port: number }> => {
    const script = join(import.meta.dirname, "process.ts");
    const child = spawn(process.execPath, [script, journal, String(wanted)], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const [line] = await once(child.stdout ?? child, "data");
    return { child, port: Number(String(line)) };
  };

  let { child, port } = await start(0);
  const kill = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, "exit");
    child.kill("SIGKILL");
    await exited;
  };

  return {
    connectionString: `esdb://127.0.0.1:${port}?tls=false`,
    signal: (name) => void child.kill(name),
    kill,
    async killAndRestart() {
      await kill();
      ({ child, port } = await start(port));
    },
  };
}
