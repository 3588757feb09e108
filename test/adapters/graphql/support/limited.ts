import { expect } from "vitest";
import type { AccessRule } from "../../../../src/domain/access/rule.ts";
import { startApi, type TestApi } from "./api.ts";
import { addCaller, type TestCaller } from "./callers.ts";
import { type FleetMachine, smallFleet } from "./fleet.ts";

const rules: readonly AccessRule[] = [
  {
    scopes: ["machines:read", "machines:edit", "machines:approve", "leases:read", "runs:read", "events:read"],
    machines: { pool: "a" },
  },
  { scopes: ["network:read"], machines: null },
];

export interface Reach {
  readonly api: TestApi;
  readonly a: FleetMachine;
  readonly b: FleetMachine;
  readonly caller: TestCaller;
  /** What the caller is answered by views that show everything. No error may come. */
  see(query: string, variables?: object): Promise<Record<string, unknown>>;
}

/** Two machines, and somebody whose role is limited to machine `a` by its label. */
export async function limited(): Promise<Reach> {
  const api = await startApi();
  const { a, b } = await smallFleet(api);
  const caller = await addCaller(api, "pool-a", { rules });
  return {
    api,
    a,
    b,
    caller,
    async see(query, variables = {}) {
      const minPosition = await api.store.head();
      await api.ask(
        "query ($minPosition: EventPosition) { machines(minPosition: $minPosition) { totalCount } }",
        {
          minPosition,
        },
      );
      const { data, errors } = await caller.ask(query, variables);
      expect(errors).toEqual([]);
      return data;
    },
  };
}
