import type { Ask } from "./client.ts";

/** One request of a mix. */
export interface Question {
  readonly query: string;
  readonly variables: object;
}

const machineFields = "id name state locked macs labels { key value } changedAt seenAt";

const pageQuery = `query ($filter: MachineFilter, $orderBy: MachineOrder!, $after: String) {
  machines(first: 50, after: $after, filter: $filter, orderBy: $orderBy) {
    nodes { ${machineFields} } pageInfo { hasNextPage endCursor }
  }
}`;

const searchQuery = `query ($search: String!) {
  machines(first: 50, search: $search) { nodes { ${machineFields} } totalCount totalCountEstimated }
}`;

const facetQuery = `query ($filter: MachineFilter) {
  machines(filter: $filter) { facets(by: [STATE, MANUFACTURER, SUBNET]) { name values { value count } others } }
}`;

const order = (field: string, direction = "ASC") => ({ field, direction });

/** Filters and orders as screens of a fleet ask for them: few matches, many, and none. */
const pages: readonly object[] = [
  { filter: { state: { eq: "DEPLOYED" } }, orderBy: order("NAME") },
  { filter: { state: { eq: "FAILED" } }, orderBy: order("CHANGED_AT", "DESC") },
  { filter: { state: { in: ["READY", "DISCOVERED"] } }, orderBy: order("NAME") },
  { filter: { address: { within: "10.0.16.0/20" } }, orderBy: order("NAME") },
  { filter: { label: [{ key: "site", eq: "fra2" }] }, orderBy: order("SEEN_AT", "DESC") },
  { filter: { label: [{ key: "lab", exists: true }], state: { eq: "DEPLOYED" } }, orderBy: order("NAME") },
  { filter: { manufacturer: { eq: "HPE" }, memoryBytes: { min: 2 ** 39 } }, orderBy: order("NAME") },
  { filter: { not: { state: { eq: "DEPLOYED" } } }, orderBy: order("NAME", "DESC") },
  { filter: { name: { prefix: "node-0123" } }, orderBy: order("NAME") },
  { filter: { locked: true }, orderBy: order("CHANGED_AT", "DESC") },
];

const searches: readonly string[] = [
  "state:failed",
  "state:failed subnet:10.0.0.0/16 -label:lab",
  "node-00421",
  "label:site=ams1 state:deployed",
  "product:PowerEdge* memory>=512GiB",
  "state:ready seen<now-1d",
  "label:rack=r0-17",
  "mac:02:10:00:00:1f*",
];

const facets: readonly (object | undefined)[] = [
  undefined,
  { state: { eq: "FAILED" } },
  { label: [{ key: "site", eq: "fra2" }] },
  { manufacturer: { eq: "HPE" } },
];

/** Question number `index` of each mix; the mix repeats. */
export function pageQuestion(index: number): Question {
  return { query: pageQuery, variables: pages[index % pages.length] ?? {} };
}

export function searchQuestion(index: number): Question {
  return { query: searchQuery, variables: { search: searches[index % searches.length] } };
}

export function facetQuestion(index: number): Question {
  return { query: facetQuery, variables: { filter: facets[index % facets.length] } };
}

/** The cheapest question there is: what the machine and the way to the service cost, without us. */
export const probeQuestion: Question = { query: "{ __typename }", variables: {} };

/** Ids of some machines that take mutations. */
export async function machineIds(ask: Ask, count: number): Promise<readonly string[]> {
  const answer = (await ask(
    "query ($first: Int) { machines(first: $first, filter: { state: { eq: DEPLOYED } }) { nodes { id } } }",
    {
      first: count,
    },
  )) as { readonly machines: { readonly nodes: readonly { readonly id: string }[] } };
  return answer.machines.nodes.map(({ id }) => id);
}

const labelMutation = `mutation ($input: LabelMachineInput!) {
  labelMachine(input: $input) { userErrors { code message } position }
}`;

/** Changes a label of one of the machines: each time another value, so that there is something to record. */
export function labelQuestion(ids: readonly string[], index: number): Question {
  const set = [{ key: "bench", value: `v${index}` }];
  return { query: labelMutation, variables: { input: { machineId: ids[index % ids.length], set } } };
}
