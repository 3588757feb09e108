import { bareName } from "../collections/name.ts";
import { Failure } from "../failure.ts";
import { valueAt } from "../output/cell.ts";
import type { Session } from "../session.ts";

/** The query for a principal's id by its name. */
export const principalIdDocument = `query ($name: String!) {
  principals(first: 1, filter: { name: { eq: $name } }) { nodes { principalId } }
}`;

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** The id that mutations take, of a name or of an id. @throws Failure */
export async function principalIdOf(session: Session, text: string): Promise<string> {
  const name = bareName({ singular: "principal" }, text);
  // Base64url of `Principal:<uuid>` begins like this.
  if (uuid.test(name) || name.startsWith("UHJpbmNpcGFsO")) return name;
  const data = await (await session.api()).ask(principalIdDocument, { name });
  const [id] = [valueAt(data, "principals.nodes.principalId")].flat();
  if (typeof id === "string") return id;
  throw new Failure("notFound", `there is no principal ${name}`, { code: "PRINCIPAL_UNKNOWN" });
}
