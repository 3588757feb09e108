import type { Collection } from "./collection.ts";

const grantFields = "scopes { scope machines { labels { key value } } }";

/** Those who may use the API. */
export const principals: Collection = {
  field: "principals",
  type: "Principal",
  singular: "principal",
  names: ["name"],
  fields: `id principalId name kind identity { issuer subject } disabled roles ${grantFields} addedAt revision`,
  facets: ["KIND", "DISABLED", "ROLE"],
  columns: [
    { name: "name", path: "name", order: "NAME" },
    { name: "kind", path: "kind", kind: "enum" },
    { name: "roles", path: "roles" },
    { name: "disabled", path: "disabled", kind: "flag" },
    { name: "added", path: "addedAt", kind: "time", order: "ADDED_AT" },
    { name: "id", path: "principalId", wide: true },
    { name: "issuer", path: "identity.issuer", wide: true },
    { name: "scopes", path: "scopes.scope", wide: true },
  ],
};

/** Tokens of the API; what they are is known to their holders alone. */
export const tokens: Collection = {
  field: "tokens",
  type: "AccessToken",
  singular: "token",
  names: ["tokenId"],
  fields: "id tokenId name principal { principalId name } state issuedAt expiresAt lastUsedAt",
  facets: ["STATE"],
  columns: [
    { name: "id", path: "tokenId" },
    { name: "name", path: "name", order: "NAME" },
    { name: "principal", path: "principal.name" },
    { name: "state", path: "state", kind: "enum" },
    { name: "issued", path: "issuedAt", kind: "time", order: "ISSUED_AT" },
    { name: "expires", path: "expiresAt", kind: "time", order: "EXPIRES_AT" },
    { name: "used", path: "lastUsedAt", kind: "time", order: "LAST_USED_AT" },
  ],
};

/** What principals can be given. */
export const accessRoles: Collection = {
  field: "accessRoles",
  type: "AccessRole",
  singular: "role",
  names: ["name"],
  fields: "id name description builtIn withdrawn rules { scopes machines { labels { key value } } } revision",
  facets: ["BUILT_IN", "WITHDRAWN", "SCOPE"],
  columns: [
    { name: "name", path: "name", order: "NAME" },
    { name: "builtIn", path: "builtIn", kind: "flag" },
    { name: "withdrawn", path: "withdrawn", kind: "flag" },
    { name: "description", path: "description" },
    { name: "scopes", path: "rules.scopes", wide: true },
    {
      name: "machines",
      path: "rules.machines",
      selection: "rules { machines { labels { key value } } }",
      kind: "selectors",
      wide: true,
    },
  ],
};

/** Who asks, and what they may. */
export const viewer: Collection = {
  field: "viewer",
  type: "Viewer",
  singular: "viewer",
  names: ["principal.name"],
  fields: `principal { id principalId name kind roles } ${grantFields}
    token { tokenId name state issuedAt expiresAt lastUsedAt }`,
  columns: [
    { name: "name", path: "principal.name" },
    { name: "kind", path: "principal.kind", kind: "enum" },
    { name: "roles", path: "principal.roles" },
    { name: "token", path: "token.name" },
    { name: "expires", path: "token.expiresAt", kind: "time" },
    { name: "scopes", path: "scopes.scope" },
  ],
};
