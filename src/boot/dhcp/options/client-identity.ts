import type { ClientId } from "../../../domain/values/client-id.ts";
import { opaque } from "./formats.ts";
import type { DhcpOption } from "./option.ts";

/**
 * Option 61: how the client names itself, whatever the octets mean. Sent back as it came (RFC 6842), because a
 * client that shares its hardware address with another knows its answers by it.
 */
export const clientIdentifier: DhcpOption<ClientId> = {
  code: 61,
  name: "client-identifier",
  source: "RFC 2132 s. 9.14, RFC 6842",
  decode: (bytes) =>
    bytes.length >= 2 && bytes.length <= 255 ? (Buffer.from(bytes).toString("hex") as ClientId) : undefined,
  encode: (clientId) => Uint8Array.from(Buffer.from(clientId, "hex")),
};

/**
 * Option 82: what the relay says about where the client is plugged in. Never looked into; sent back octet for
 * octet and as the last option, as relays expect it (RFC 3046 s. 2.2).
 */
export const relayAgentInformation: DhcpOption<Uint8Array> = {
  code: 82,
  name: "relay-agent-information",
  source: "RFC 3046 s. 2.0",
  ...opaque,
};
