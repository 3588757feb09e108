import type { Lease } from "./dhcp-client.ts";
import type { Hardware } from "./hardware.ts";
import { tftpFetch } from "./tftp-client.ts";

/**
 * What network boot code in firmware does once it has an address: fetches the loader that the server names,
 * with the options that a BIOS ROM and OVMF send.
 *
 * @throws TftpTransferError @throws Error when no loader is named
 */
export async function loadLoader(
  { bootFile, nextServer, address }: Lease,
  {
    hardware,
    tftpPort,
    signal,
  }: { readonly hardware: Hardware; readonly tftpPort: number; readonly signal: AbortSignal },
): Promise<void> {
  if (bootFile === "") throw new Error("the server named no loader");
  const route = { server: { address: nextServer, port: tftpPort }, localAddress: address, signal };
  if (hardware.firmware === "bios") {
    await tftpFetch({ file: bootFile, blockBytes: 1456, windowBlocks: 1, sizeOnly: false }, route);
    return;
  }
  // OVMF opens the file twice: once for its size, then for its contents.
  const wish = { file: bootFile, blockBytes: 1468, windowBlocks: 4 };
  await tftpFetch({ ...wish, sizeOnly: true }, route);
  await tftpFetch({ ...wish, sizeOnly: false }, route);
}
