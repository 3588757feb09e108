import { clientArchitecture } from "../../boot/dhcp/options/boot.ts";
import { firmwareUuid as machineIdentifier } from "../../boot/dhcp/options/firmware-uuid.ts";
import type { BootQuestion, ClientHints } from "../../domain/ports/boot-explainer.ts";
import { ipv4Number } from "../../domain/values/ipv4.ts";

/** What is known of a client, and how. */
export interface KnownClient extends ClientHints {
  /** What the words for people say that it is known by. */
  readonly because: string;
}

/** What an interface last asked with, and when, milliseconds UTC. */
export interface LastRequest {
  readonly atMs: number;
  readonly client: "firmware" | "ipxe";
  readonly hints: ClientHints;
}

/**
 * Puts together what whoever asks says and what the log has. `leased`: the client identifier that the interface's
 * newest lease was granted to, which no request for a boot is recorded with.
 */
export function knownClient(
  { client }: Pick<BootQuestion, "client">,
  last: LastRequest | undefined,
  leased: ClientHints["clientId"],
): KnownClient {
  const given = Object.entries(client).filter(([, value]) => value !== undefined);
  const hints: ClientHints = {
    ...(leased !== undefined && { clientId: leased }),
    ...last?.hints,
    // Firmware of another architecture calls itself otherwise.
    ...(client.architecture !== undefined && { vendorClass: undefined }),
    ...Object.fromEntries(given),
  };
  const logged = last
    ? `its newest request for a boot, ${new Date(last.atMs).toISOString()}`
    : "the log has no request of it for a boot";
  const asked = given.map(([name]) => name).join(", ");
  return { ...hints, because: asked === "" ? logged : `${logged}; as asked: ${asked}` };
}

/** Where the fields of a message are (RFC 2131 s. 2), octets from its start. */
const [relayAt, hardwareAt, cookieAt, optionsAt] = [24, 28, 236, 240];

/** The DHCPDISCOVER that the client's firmware sends, as octets: the packet path is asked what the wire would ask it. */
export function discoverOf(mac: BootQuestion["mac"], client: ClientHints): Buffer {
  const head = Buffer.alloc(optionsAt);
  head.set([1, 1, 6, 0, 0, 0, 0, 1]);
  if (client.relay) head.writeUInt32BE(ipv4Number(client.relay), relayAt);
  head.set(Buffer.from(mac.replaceAll(":", ""), "hex"), hardwareAt);
  head.set([99, 130, 83, 99], cookieAt);
  const { architecture, userClass, clientId, firmwareUuid, circuitId, remoteId } = client;
  const vendorClass = client.vendorClass ?? vendorClassOf(architecture);
  const relayed = [...option(1, hexOf(circuitId)), ...option(2, hexOf(remoteId))];
  return Buffer.concat([
    head,
    ...[
      option(53, [1]),
      option(60, latin1(vendorClass)),
      option(61, hexOf(clientId)),
      option(77, userClass === undefined ? [] : option(undefined, latin1(userClass))),
      option(93, architecture && clientArchitecture.encode([architecture])),
      option(97, firmwareUuid && machineIdentifier.encode(firmwareUuid)),
      option(82, relayed),
      [255],
    ].map((octets) => Buffer.from(octets)),
  ]);
}

/** What firmware calls itself that can boot this and of which no more is known. */
function vendorClassOf(architecture: ClientHints["architecture"]): string | undefined {
  if (architecture === undefined) return undefined;
  return architecture.endsWith("-http") ? "HTTPClient" : "PXEClient";
}

/** Code, length and octets; nothing when there are none. Without a code: length and octets. */
function option(code: number | undefined, value: Iterable<number> | undefined | ""): readonly number[] {
  const octets = [...(value || [])].slice(0, 255);
  if (octets.length === 0) return [];
  return [...(code === undefined ? [] : [code]), octets.length, ...octets];
}

function hexOf(hex: string | undefined): Buffer | undefined {
  return hex === undefined ? undefined : Buffer.from(hex, "hex");
}

function latin1(text: string | undefined): Buffer | undefined {
  return text === undefined ? undefined : Buffer.from(text, "latin1");
}
