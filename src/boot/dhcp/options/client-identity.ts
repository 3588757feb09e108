import type { ClientId } from "../../../domain/values/client-id.ts";
import { hexOf } from "./formats.ts";
import type { DhcpOption } from "./option.ts";

/**
 * Option 61: how the client names itself, whatever the octets mean (RFC 4361 s. 6.3). Sent back as it came (RFC 6842),
 * because a client that shares its hardware address with another knows its answers by it.
 */
export const clientIdentifier: DhcpOption<ClientId> = {
  code: 61,
  name: "client-identifier",
  source: "RFC 2132 s. 9.14, RFC 4361, RFC 6842",
  decode: (octets, start = 0, end = octets.length) =>
    end - start >= 2 && end - start <= 255 ? (hexOf(octets, start, end) as ClientId) : undefined,
  encode: (clientId) => Buffer.from(clientId, "hex"),
};
