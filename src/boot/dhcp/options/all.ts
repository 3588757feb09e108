import * as boot from "./boot.ts";
import * as clientIdentity from "./client-identity.ts";
import * as configuration from "./configuration.ts";
import { firmwareUuid } from "./firmware-uuid.ts";
import { ipxeEncapsulated } from "./ipxe.ts";
import { messageType } from "./message-type.ts";
import type { DhcpOption } from "./option.ts";
import { vendorSpecific } from "./pxe.ts";
import { relayAgentInformation, subnetSelection } from "./relay-agent.ts";
import { vendorIdentifyingClass, vendorIdentifyingOptions } from "./vendor-identifying.ts";

/** An option of whatever value: what it reads it can write, and nothing else. */
interface AnyOption extends Omit<DhcpOption<unknown>, "encode"> {
  readonly encode: (value: never) => Uint8Array;
}

/** Every option that the service itself reads or writes, for the reference page and the tests. */
export const allOptions: readonly AnyOption[] = [
  ...Object.values(configuration),
  ...Object.values(clientIdentity),
  ...Object.values(boot),
  messageType,
  firmwareUuid,
  ipxeEncapsulated,
  vendorSpecific,
  relayAgentInformation,
  subnetSelection,
  vendorIdentifyingClass,
  vendorIdentifyingOptions,
].sort((one, other) => one.code - other.code);
