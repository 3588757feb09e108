import type { Ipv4 } from "../../domain/values/ipv4.ts";
import type { Sha256 } from "../../domain/values/sha256.ts";

/** What TFTP gives out: the loaders, and what is made or kept for machines. */
export interface TftpFiles {
  /**
   * `asked`: the client's word with the slashes in front and doubled ones taken away, otherwise as it came from the
   * wire: anything of 1 to 510 characters of Latin-1. `source`: the address it came from, for contents that differ from
   * machine to machine. `undefined`: there is no such file for this client.
   *
   * The server waits 10 s at the most. A rejection is told to the client as an absent file, and to `onError`.
   */
  find(asked: string, source: Ipv4): Promise<TftpFile | undefined>;
}

/** A file that may be given out, possibly many times at once. */
export interface TftpFile {
  /** As it is recorded: `snponly.efi`, `debian-12/3/initrd`. */
  readonly name: string;
  /** Octets. */
  readonly size: number;
  /** `null`: it was made for one machine and holds a token, so that not even its digest may be recorded. */
  readonly sha256: Sha256 | null;
  /** Once per transfer. */
  open(): Promise<TftpContent>;
}

export type TftpContent =
  /** For what is small, or was just made. Nobody changes the bytes. */
  | { readonly kind: "memory"; readonly bytes: Uint8Array }
  /** For what is large: a transfer holds a quarter of a mebibyte of it at a time. */
  | {
      readonly kind: "stored";
      /**
       * Fills `into` with the octets from `position` on; resolves to how many those were, fewer than asked only at the
       * end of the file.
       */
      read(position: number, into: Uint8Array): Promise<number>;
      /** Called once, when the transfer is over and no `read` is under way. */
      close(): void;
    };

/** A file whose bytes are in memory. */
export function fileInMemory({
  name,
  bytes,
  sha256,
}: {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly sha256: Sha256 | null;
}): TftpFile {
  return { name, size: bytes.length, sha256, open: async () => ({ kind: "memory", bytes }) };
}

/** Asks one source after the other; the first that has the file gives it. */
export function firstOf(sources: readonly TftpFiles[]): TftpFiles {
  return {
    async find(asked, source) {
      for (const files of sources) {
        const file = await files.find(asked, source);
        if (file) return file;
      }
      return undefined;
    },
  };
}
