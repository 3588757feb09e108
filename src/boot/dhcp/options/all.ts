import * as boot from "./boot.ts";
import * as clientIdentity from "./client-identity.ts";
import * as configuration from "./configuration.ts";
import { firmwareUuid } from "./firmware-uuid.ts";
import { ipxeEncapsulated } from "./ipxe.ts";
import { messageType } from "./message-type.ts";
import type { DhcpOption } from "./option.ts";

/** Every option that the service reads or writes, for the reference page and the tests. */
export const allOptions: readonly Pick<DhcpOption<unknown>, "code" | "name" | "source" | "decode">[] = [
  ...Object.values(configuration),
  ...Object.values(clientIdentity),
  ...Object.values(boot),
  messageType,
  firmwareUuid,
  ipxeEncapsulated,
].sort((one, other) => one.code - other.code);
