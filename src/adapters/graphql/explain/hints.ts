import { z } from "zod";
import type { ClientHints } from "../../../domain/ports/boot-explainer.ts";
import { Architecture } from "../../../domain/values/architecture.ts";
import { ClientId } from "../../../domain/values/client-id.ts";
import { Ipv4 } from "../../../domain/values/ipv4.ts";
import { hexOctets } from "../../../domain/values/octets.ts";
import { apiError } from "../errors.ts";

/** Of option 82, which has one length octet: the parts and their heads fit. */
const RelayOctets = z
  .string()
  .toLowerCase()
  .pipe(hexOctets({ min: 1, max: 120 }));

const Hints = z.strictObject({
  architecture: Architecture.optional(),
  vendorClass: z.string().min(1).max(255).optional(),
  userClass: z.string().min(1).max(254).optional(),
  clientId: z.string().toLowerCase().pipe(ClientId).optional(),
  firmwareUuid: z.string().toLowerCase().pipe(z.guid()).optional(),
  relay: Ipv4.optional(),
  circuitId: RelayOctets.optional(),
  remoteId: RelayOctets.optional(),
  wire: z.string().min(1).max(255).optional(),
});

/** What whoever asks says of the client. @throws GraphQLError `INPUT_INVALID` */
export function hintsOf(given: object): ClientHints {
  const said = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null));
  const parsed = Hints.safeParse(said);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw apiError("INPUT_INVALID", `${issue?.path.join(".") || "client"}: ${issue?.message}`);
}
