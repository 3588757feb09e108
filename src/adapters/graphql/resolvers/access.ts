import type { Rights } from "../../../domain/access/rights.ts";
import { isMachineScope, scopeMeanings, scopes } from "../../../domain/access/scopes.ts";
import type { TokenRow } from "../../access/access-views.ts";
import type {
  AccessRoleResolvers,
  AccessTokenResolvers,
  LabelSelectorResolvers,
  PrincipalResolvers,
  QueryResolvers,
} from "../__generated__/resolvers.ts";
import type { GraphqlContext } from "../context.ts";
import { type ListArguments, type Listing, readConnection } from "../listing/connection.ts";
import type {
  AccessRoleConnectionModel,
  AccessTokenConnectionModel,
  PrincipalConnectionModel,
} from "../models.ts";
import { nodeId } from "../node-id.ts";
import { shown } from "../positions.ts";
import { principalKindNames, tokenStateNames } from "./names.ts";

const principalListing: Listing = {
  type: "Principal",
  names: { kind: principalKindNames },
  nodes: { principalId: "Principal" },
};
const tokenListing: Listing = {
  type: "AccessToken",
  names: { state: tokenStateNames },
  nodes: { tokenId: "AccessToken", principal: "Principal" },
};
const roleListing: Listing = { type: "AccessRole" };

/** How the API says that a stream has no event. */
const noStream = -1;

type AccessQuery = "viewer" | "principals" | "tokens" | "accessRoles" | "accessScopes";

export const accessQueries: Pick<QueryResolvers, AccessQuery> = {
  viewer(_root, _args, { access, rights }) {
    const { principal, token } = access.self();
    if (!principal || !token) throw new Error("a request was let in without its principal");
    return { principal, token, scopes: grantsOf(rights) };
  },

  async principals(_root, args, context): Promise<PrincipalConnectionModel> {
    await caughtUp(context, args);
    const { access, clock } = context;
    const listed = { collection: access.principals, listing: principalListing, nowMs: clock().getTime() };
    return readConnection(listed, args);
  },

  async tokens(_root, args, context) {
    await caughtUp(context, args);
    return tokensOf(context, args);
  },

  async accessRoles(_root, args, context): Promise<AccessRoleConnectionModel> {
    await caughtUp(context, args);
    const { access, clock } = context;
    return readConnection({ collection: access.roles, listing: roleListing, nowMs: clock().getTime() }, args);
  },

  accessScopes: () =>
    scopes.map((name) => ({ name, description: scopeMeanings[name], limitable: isMachineScope(name) })),
};

export const Principal: PrincipalResolvers = {
  id: ({ principalId }) => nodeId("Principal", principalId),
  principalId: ({ principalId }) => principalId,
  name: ({ principal }) => principal.name,
  kind: ({ principal }) => principalKindNames[principal.kind],
  identity: ({ principal }) => principal.identity,
  disabled: ({ principal }) => principal.disabled,
  roles: ({ principal }) => [...principal.roles],
  scopes: ({ rights }) => grantsOf(rights),
  tokens: ({ principalId }, args, context) => tokensOf(context, args, principalId),
  addedAt: ({ principal }) => principal.addedAtMs,
  revision: ({ principal }) => principal.revision,
};

export const AccessToken: AccessTokenResolvers = {
  id: ({ tokenId }) => nodeId("AccessToken", tokenId),
  principal: ({ principalId }, _args, { access }) => {
    const { principal } = access.self();
    const found = principal?.principalId === principalId ? principal : access.principals.find(principalId);
    if (!found) throw new Error(`token of principal ${principalId}, who is not there`);
    return found;
  },
  state: ({ state }) => tokenStateNames[state],
  issuedAt: ({ issuedAtMs }) => issuedAtMs,
  expiresAt: ({ expiresAtMs }) => expiresAtMs,
  lastUsedAt: ({ usedAtMs }) => usedAtMs,
};

export const AccessRole: AccessRoleResolvers = {
  id: ({ name }) => nodeId("AccessRole", name),
  revision: ({ revision }) => revision ?? noStream,
};

export const LabelSelector: LabelSelectorResolvers = {
  labels: (selector) => Object.entries(selector).map(([key, value]) => ({ key, value })),
};

/** Principals, tokens and roles are known at once, from the log: what lags behind is brought up. */
async function caughtUp(
  context: GraphqlContext,
  { minPosition }: { readonly minPosition?: string | null | undefined },
): Promise<void> {
  await shown(context, minPosition);
  if (minPosition) await context.access.refresh();
}

/** `principalId`: of this principal alone. */
function tokensOf(
  { access, clock }: GraphqlContext,
  args: ListArguments,
  principalId?: string,
): AccessTokenConnectionModel {
  const scope = principalId === undefined ? undefined : { column: "principal", eq: principalId };
  const nowMs = clock().getTime();
  return readConnection<TokenRow>({ collection: access.tokens, listing: tokenListing, scope, nowMs }, args);
}

function grantsOf(rights: Rights) {
  return rights.scopes.map((scope) => {
    const reach = rights.selectorsOf(scope);
    return { scope, machines: typeof reach === "string" ? null : reach };
  });
}
