import type { Rights } from "../../../domain/access/rights.ts";
import { isMachineScope, scopeMeanings, scopes } from "../../../domain/access/scopes.ts";
import type { AccessViews, TokenRow } from "../../access/access-views.ts";
import type {
  AccessRoleResolvers,
  AccessTokenResolvers,
  LabelSelectorResolvers,
  PrincipalResolvers,
  QueryResolvers,
} from "../__generated__/resolvers.ts";
import type { GraphqlContext } from "../context.ts";
import type {
  AccessRoleConnectionModel,
  AccessTokenConnectionModel,
  PrincipalConnectionModel,
} from "../list-models.ts";
import { type ListArguments, type Listing, readConnection } from "../listing/connection.ts";
import type { Past } from "../models.ts";
import { nodeId } from "../node-id.ts";
import { inPast } from "../page.ts";
import { shown, thenOf } from "../positions.ts";
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

  async principals(_root, { minPosition, at, ...args }, context): Promise<PrincipalConnectionModel> {
    await caughtUp(context, minPosition);
    const past = await thenOf(context, at);
    const { principals: collection } = await accessOf(past, context);
    const listed = { collection, listing: principalListing, nowMs: context.clock().getTime() };
    return inPast(readConnection(listed, args), past);
  },

  async tokens(_root, { minPosition, at, ...args }, context) {
    await caughtUp(context, minPosition);
    return tokensOf(args, { past: await thenOf(context, at) }, context);
  },

  async accessRoles(_root, { minPosition, at, ...args }, context): Promise<AccessRoleConnectionModel> {
    await caughtUp(context, minPosition);
    const { roles: collection } = await accessOf(await thenOf(context, at), context);
    return readConnection({ collection, listing: roleListing, nowMs: context.clock().getTime() }, args);
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
  tokens: ({ principalId, past }, args, context) => tokensOf(args, { principalId, past }, context),
  addedAt: ({ principal }) => principal.addedAtMs,
  revision: ({ principal }) => principal.revision,
};

export const AccessToken: AccessTokenResolvers = {
  id: ({ tokenId }) => nodeId("AccessToken", tokenId),
  async principal({ principalId, past }, _args, context) {
    const access = await accessOf(past, context);
    const { principal } = access.self();
    const found = principal?.principalId === principalId ? principal : access.principals.find(principalId);
    if (!found) throw new Error(`token of principal ${principalId}, who is not there`);
    return { ...found, past };
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
async function caughtUp(context: GraphqlContext, minPosition: string | null | undefined): Promise<void> {
  await shown(context, minPosition);
  if (minPosition) await context.refreshAccess();
}

/** Who may do what, or could at a moment. */
export async function accessOf(
  past: Past | undefined,
  { access, accessThen }: Pick<GraphqlContext, "access" | "accessThen">,
): Promise<AccessViews> {
  return past ? accessThen(past) : access;
}

/** Which tokens. */
interface Wanted {
  /** (Default: those of all) */
  readonly principalId?: string;
  /** `undefined`: as they are now. */
  readonly past: Past | undefined;
}

async function tokensOf(
  args: ListArguments,
  { principalId, past }: Wanted,
  context: GraphqlContext,
): Promise<AccessTokenConnectionModel> {
  const scope = principalId === undefined ? undefined : { column: "principal", eq: principalId };
  const { tokens: collection } = await accessOf(past, context);
  const nowMs = context.clock().getTime();
  return inPast(readConnection<TokenRow>({ collection, listing: tokenListing, scope, nowMs }, args), past);
}

function grantsOf(rights: Rights) {
  return rights.scopes.map((scope) => {
    const reach = rights.selectorsOf(scope);
    return { scope, machines: typeof reach === "string" ? null : reach };
  });
}
