import { statSync } from "node:fs";
import { open } from "node:fs/promises";
import { join } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { sha256Of } from "../../src/boot/digest.ts";
import { startTftpServer } from "../../src/boot/tftp/server.ts";
import { sharedFiles } from "../../src/boot/tftp/shared-files.ts";
import { Ipv4 } from "../../src/domain/values/ipv4.ts";

/**
 * The TFTP server in a process of its own, as a child of the bench: gives out the files of a folder from disk, as it
 * does with kernels. On "delay" it tells how late its event loop was since the last time, milliseconds.
 *
 * usage: tftp-server.ts FOLDER PORT
 */
const [folder = "", port = ""] = process.argv.slice(2);
const files = sharedFiles(fail);
const server = await startTftpServer({
  address: Ipv4.parse("127.0.0.1"),
  port: Number(port),
  files: {
    async find(name) {
      const path = join(folder, name);
      const size = statSync(path).size;
      return files.file({ name, size, sha256: sha256Of(name), open: () => open(path) });
    },
  },
  observer: { served: () => undefined, refused: fail },
  onError: fail,
  transfersPerSourceMax: 64,
});
const delay = monitorEventLoopDelay({ resolution: 1 });
delay.enable();
process.on("message", () => {
  process.send?.({ p99Ms: delay.percentile(99) / 1e6, maxMs: delay.max / 1e6 });
  delay.reset();
});
process.on("disconnect", () => void server.close().then(() => process.exit()));
process.send?.("ready");

function fail(reason: unknown): never {
  throw reason instanceof Error ? reason : new Error(JSON.stringify(reason));
}
