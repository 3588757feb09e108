import type { Ipv4 } from "../../domain/values/ipv4.ts";
import type { MacAddress } from "../../domain/values/mac-address.ts";
import { environmentFile } from "../environment-file.ts";
import { createGenerationMap } from "../generation-map.ts";
import type { FindTicket } from "../http/known-boot.ts";
import type { ScriptService } from "../http/script.ts";
import type { NonceBook } from "../nonce.ts";
import type { Catalogue } from "../templates/catalogue.ts";
import type { ContentStore } from "../templates/content-store.ts";
import { fileInMemory, type TftpFile, type TftpFiles } from "./files.ts";
import type { SharedFiles } from "./shared-files.ts";

interface MachineFilesOptions {
  /** The interface that holds the address; `undefined`: none does, and there is nothing for it. */
  readonly macAt: (address: Ipv4) => MacAddress | undefined;
  /** The boot that is under way on the interface; `undefined`: none is. */
  readonly ticketOf: FindTicket;
  readonly scripts: Pick<ScriptService, "forBoot">;
  readonly nonces: Pick<NonceBook, "read">;
  readonly catalogue: Pick<Catalogue, "findFile">;
  readonly content: Pick<ContentStore, "open">;
  readonly shared: SharedFiles;
  readonly clock: () => Date;
}

/**
 * Where GRUB looks for its configuration. The folder is built into each GRUB (`grub`, `debian-installer/arm64/grub`),
 * and some first ask for the name of the interface that they were loaded by.
 */
const configPath =
  /^(?:[A-Za-z0-9_][A-Za-z0-9_.-]*\/){0,8}grub\.cfg(?:-01-([0-9a-f]{2}(?:-[0-9a-f]{2}){5}))?$/;

const filePath = /^boot\/([A-Za-z0-9_-]{56})\/files\/([^/]+)\/([^/]+)\/([^/]+)$/;

/**
 * A boot has one script, rendered when it is asked for first. Some GRUBs open it twice, and packets get lost, so for this
 * long it is there again, milliseconds. After that the boot has none: whoever asks then, or sends requests in the name of
 * the machine, uses up no serving of its intent, and gets no script of an intent that came after.
 */
const scriptLifeMs = 5 * 60_000;

/** Most boots whose script is kept in mind. One that was forgotten gets another. */
const scriptsMax = 10_000;

interface BootScript {
  readonly bootId: string;
  /** The nonces in the script work from there alone. */
  readonly address: Ipv4;
  readonly untilMs: number;
  readonly file: Promise<TftpFile>;
}

/**
 * What TFTP gives each machine of its own: the script that GRUB runs, rendered for the interface that holds the address
 * which asks, and the kernels and initrds that such a script names, for the address that its nonce was made for.
 */
export function machineFiles(options: MachineFilesOptions): TftpFiles {
  const { macAt, ticketOf, scripts, clock } = options;
  const made = createGenerationMap<MacAddress, BootScript>(scriptsMax);

  async function script(mac: MacAddress, address: Ipv4): Promise<TftpFile | undefined> {
    const boot = await ticketOf(mac);
    if (!boot) return undefined;
    const nowMs = clock().getTime();
    const before = made.get(mac);
    if (before?.bootId === boot.bootId && before.address === address) {
      return nowMs < before.untilMs ? before.file : undefined;
    }
    const file = scripts.forBoot(boot, address).then(scriptFile);
    made.set(mac, { bootId: boot.bootId, address, untilMs: nowMs + scriptLifeMs, file });
    return file;
  }

  return {
    async find(asked, address) {
      const config = configPath.exec(asked);
      if (config) {
        const mac = macAt(address);
        const isForAnother = config[1] !== undefined && config[1].replaceAll("-", ":") !== mac;
        return mac === undefined || isForAnother ? undefined : script(mac, address);
      }
      const [, nonce, environment, version, name] = filePath.exec(asked) ?? [];
      if (nonce === undefined || environment === undefined || version === undefined || name === undefined)
        return undefined;
      if (options.nonces.read(nonce, address).outcome !== "valid") return undefined;
      return kept({ environment, version, name }, options);
    },
  };
}

/** The script holds a token, and a digest of that is none that may be recorded. */
function scriptFile(text: string): TftpFile {
  return fileInMemory({ name: "grub.cfg", bytes: Buffer.from(text, "utf8"), sha256: null });
}

async function kept(
  asked: Parameters<typeof environmentFile>[0],
  { catalogue, content, shared }: MachineFilesOptions,
): Promise<TftpFile | undefined> {
  const file = await environmentFile(asked, catalogue);
  if (!file) return undefined;
  const { name, bytes: size, sha256 } = file;
  return shared.file({ name, size, sha256, open: async () => (await content.open(sha256)).handle });
}
