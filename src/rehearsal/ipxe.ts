import type { Lease } from "./dhcp-client.ts";
import type { Disk } from "./disk.ts";
import type { Hardware } from "./hardware.ts";
import { type HttpClient, HttpTransferError } from "./http-client.ts";
import { type IpxeRequest, runIpxe } from "./ipxe-run.ts";
import { parseIpxeScript } from "./ipxe-script.ts";

/** What iPXE left the machine to. */
type IpxeResult =
  /** A kernel whose initrd is the agent, with these arguments. */
  | { readonly start: "agent"; readonly argumentsText: string }
  | { readonly start: "disk" }
  /** Nothing that would go on by itself. */
  | { readonly start: "nothing"; readonly reason: string };

type BootRequest = Extract<IpxeRequest, { do: "boot" }>;

/** What iPXE works with once it has an address. */
interface IpxeSurroundings {
  readonly lease: Lease;
  readonly hardware: Hardware;
  readonly disk: Disk;
  readonly http: HttpClient;
  /** Told of every step. */
  readonly step: (text: string) => void;
}

/** Fetches the boot script and does what it says. @throws IpxeScriptError @throws HttpTransferError */
export async function runBootScript(around: IpxeSurroundings): Promise<IpxeResult> {
  const { lease, hardware, http, step } = around;
  if (!URL.canParse(lease.bootFile)) {
    return nothing(
      `iPXE was told to load ${JSON.stringify(lease.bootFile)}, which is not the address of a script`,
    );
  }
  const scriptUrl = new URL(lease.bootFile);
  step("fetches its boot script");
  const run = runIpxe(parseIpxeScript(await http.text(scriptUrl)), settingsOf(hardware, lease));
  let latest: IpxeRequest | undefined;
  let next = run.next();
  while (!next.done) {
    latest = next.value;
    next = run.next(await act(latest, scriptUrl, around));
  }
  const { value } = next;
  switch (value.end) {
    case "failed":
      return nothing(`line ${value.line} of the boot script failed: ${value.command}`);
    case "exit":
      // Firmware differs in what it does then: one tries the disk, another stops in its setup.
      return nothing(`the boot script went back to the firmware with status ${value.status}`);
    case "handed-over":
      if (latest?.do !== "boot") return { start: "disk" };
      if (!findsInitrd(latest, hardware)) return nothing("the kernel does not find its initrd");
      return { start: "agent", argumentsText: latest.argumentsText };
  }
}

/** Does one thing that the script asks for; tells whether it worked. */
async function act(request: IpxeRequest, scriptUrl: URL, around: IpxeSurroundings): Promise<boolean> {
  const { disk, hardware, step } = around;
  switch (request.do) {
    case "print":
      return true;
    case "fetch":
      step(`loads ${request.image.name}`);
      return fetched(around, new URL(request.image.uri, scriptUrl));
    case "boot":
      step("starts the kernel");
      return true;
    case "sanboot":
      step("starts from its disk");
      // Only a BIOS numbers drives: 0x80 is the first disk.
      return hardware.firmware === "bios" && request.drive === 0x80 && disk.isBootable();
    case "chain":
      step("chains to its disk's loader");
      // What boot scripts chain to is a loader for UEFI that looks for the disk's own.
      if (hardware.firmware !== "uefi") return false;
      return (await fetched(around, new URL(request.uri, scriptUrl))) && disk.isBootable();
  }
}

async function fetched({ http }: IpxeSurroundings, url: URL): Promise<boolean> {
  try {
    const { bytes } = await http.download(url);
    return bytes > 0;
  } catch (error) {
    if (error instanceof HttpTransferError) return false;
    throw error;
  }
}

/** Where a UEFI kernel looks for its initrd; a BIOS one is handed it. */
function findsInitrd({ argumentsText, initrds }: BootRequest, { firmware }: Hardware): boolean {
  const named = /(?:^| )initrd=(\S+)/.exec(argumentsText)?.[1];
  return firmware === "bios" ? initrds.length > 0 : initrds.some(({ name }) => name === named);
}

function settingsOf(
  { firmware, mac, uuid }: Hardware,
  { address, nextServer }: Lease,
): ReadonlyMap<string, string> {
  const ofInterface = [
    ["mac", mac],
    ["mac:hexhyp", mac.replaceAll(":", "-")],
    ["ip", address],
  ] as const;
  return new Map([
    ["platform", firmware === "bios" ? "pcbios" : "efi"],
    ["buildarch", firmware === "bios" ? "i386" : "x86_64"],
    ["uuid", uuid],
    ["next-server", nextServer],
    ...ofInterface,
    ...ofInterface.map(([name, value]) => [`net0/${name}`, value] as const),
  ]);
}

function nothing(reason: string): IpxeResult {
  return { start: "nothing", reason };
}
