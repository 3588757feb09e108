/** Kinds of objects that have an id of their own. */
const nodeTypes = [
  "Machine",
  "Interface",
  "Run",
  "Lease",
  "Reservation",
  "Subnet",
  "AddressUsage",
  "ClientClass",
  "BootEnvironment",
  "Event",
  "Principal",
  "AccessToken",
  "AccessRole",
] as const;
export type NodeType = (typeof nodeTypes)[number];

/** The opaque id of an object: base64url of its type and its name in the domain. Final: clients keep them. */
export function nodeId(type: NodeType, name: string): string {
  return Buffer.from(`${type}:${name}`).toString("base64url");
}

/** The name in an id of this type; a bare name is understood too. Nothing is checked but the type. */
export function nodeName(type: NodeType, id: string): string {
  const named = nodeOf(id);
  return named?.type === type ? named.name : id;
}

/** The object that an id names, which may not be there; `undefined`: it is no id of ours. */
export function nodeOf(id: string): { readonly type: NodeType; readonly name: string } | undefined {
  const decoded = Buffer.from(id, "base64url").toString();
  const type = nodeTypes.find((each) => decoded.startsWith(`${each}:`));
  return type && { type, name: decoded.slice(type.length + 1) };
}
