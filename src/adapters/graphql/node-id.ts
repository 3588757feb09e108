/** Kinds of objects that have an id of their own. */
export type NodeType = "Machine" | "Run" | "Lease" | "Subnet" | "BootEnvironment" | "Event";

/** The opaque id of an object: base64url of its type and its name in the domain. Final: clients keep them. */
export function nodeId(type: NodeType, name: string): string {
  return Buffer.from(`${type}:${name}`).toString("base64url");
}

/** The name in an id of this type; a bare name is understood too. Nothing is checked but the type. */
export function nodeName(type: NodeType, id: string): string {
  const prefix = `${type}:`;
  const decoded = Buffer.from(id, "base64url").toString();
  return decoded.startsWith(prefix) ? decoded.slice(prefix.length) : id;
}
