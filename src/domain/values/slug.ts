import { z } from "zod";

/** One schema for each kind of name, so that the reference of events can tell them apart. */
function slug() {
  return z
    .string()
    .regex(/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/, "expected 1 to 63 of a-z, 0-9 and -, not at an end");
}

/** Names a subnet for operators, for example `rack-7`. Unique in the network; never changes. */
export const SubnetName = slug().brand<"SubnetName">();
export type SubnetName = z.infer<typeof SubnetName>;

/** Names a wire that several subnets share, for example `hall-2`. It is what its subnets say, and nothing else. */
export const SharedNetworkName = slug().brand<"SharedNetworkName">();
export type SharedNetworkName = z.infer<typeof SharedNetworkName>;

/** Names a client class for operators, for example `ip-phones`. Unique in the network; never changes. */
export const ClientClassName = slug().brand<"ClientClassName">();
export type ClientClassName = z.infer<typeof ClientClassName>;

/** Names a machine for operators. It is a DNS label (RFC 1123 s. 2.1), because it becomes the host name. */
export const MachineName = slug().brand<"MachineName">();
export type MachineName = z.infer<typeof MachineName>;

/** Names a boot environment: the name of its folder under `templates/`. */
export const EnvironmentName = slug().brand<"EnvironmentName">();
export type EnvironmentName = z.infer<typeof EnvironmentName>;

/** Names an access role, built in or defined here, for example `rack-7-operator`. Never changes. */
export const AccessRoleName = slug().brand<"AccessRoleName">();
export type AccessRoleName = z.infer<typeof AccessRoleName>;
