import { negotiate } from "../../../src/boot/tftp/negotiate.ts";
import { decodeTftp, encodeTftp, type TftpOptions } from "../../../src/boot/tftp/packet.ts";
import { type FuzzTarget, must } from "../target.ts";

const limits = { blockBytesMax: 1468, windowBlocksMax: 64, timeoutMs: 1000 };

function readRequest(file: string, ...options: readonly (readonly [string, string])[]): Uint8Array {
  return encodeTftp({ kind: "read", file, mode: "octet", options: new Map(options) });
}

const seeds = [
  readRequest("snponly.efi", ["tsize", "0"], ["blksize", "1432"], ["windowsize", "16"], ["timeout", "3"]),
  readRequest("/grub/grub.cfg"),
  readRequest("../../etc/passwd"),
  encodeTftp({ kind: "acknowledgment", block: 65_535 }),
  encodeTftp({ kind: "error", code: 8, message: "User aborted the transfer" }),
  encodeTftp({ kind: "data", block: 1, bytes: new Uint8Array(20) }),
  encodeTftp({ kind: "option-acknowledgment", options: new Map([["tsize", "1"]]) }),
];

/** What can be read can be written and reads the same again; what is agreed to is within the limits. */
const codec: FuzzTarget = {
  name: "tftp",
  seeds,
  run(input) {
    const packet = decodeTftp(input);
    if (!packet) return false;
    const again = decodeTftp(encodeTftp(packet));
    must(plain(again) === plain(packet), "the packet changed when it was written again");
    if ("options" in packet) checkTerms(packet.options);
    return true;
  },
};

function checkTerms(options: TftpOptions): void {
  const terms = negotiate(options, { fileBytes: 1_000_000, limits });
  const { blockBytes, windowBlocks, timeoutMs, acknowledged } = terms;
  must(blockBytes >= 8 && blockBytes <= limits.blockBytesMax, `blocks of ${blockBytes} octets`);
  must(windowBlocks >= 1 && windowBlocks <= limits.windowBlocksMax, `windows of ${windowBlocks} blocks`);
  must(timeoutMs >= 1000 && timeoutMs <= 10_000, `a timeout of ${timeoutMs} ms`);
  const answer = encodeTftp({ kind: "option-acknowledgment", options: acknowledged });
  must(answer.length <= 100, `an acknowledgment of ${answer.length} octets`);
}

function plain(value: unknown): string | undefined {
  return JSON.stringify(value, (_key, each) => (each instanceof Map ? [...each] : each));
}

export function tftpTargets(): readonly FuzzTarget[] {
  return [codec];
}
