import { createLedger, type Ledger, type LedgerOptions } from "./ledger.ts";
import { type Node, startNode } from "./node.ts";

/** A protocol fixture: nodes that speak EventStoreDB's protocol as we read it, and share one ledger in memory. */
export interface FixtureEngine {
  readonly ledger: Ledger;
  readonly nodes: readonly Node[];
  /** For a client of all nodes. */
  readonly connectionString: string;
  /** Makes another node lead. */
  lead(index: number): void;
  stop(): void;
}

export interface FixtureOptions extends LedgerOptions {
  /** (Default: 1) */
  readonly nodes?: number;
  /** Of the only node. (Default: any) */
  readonly port?: number;
  readonly tls?: { readonly cert: string; readonly key: string; readonly user: string };
}

export async function startFixture(options: FixtureOptions = {}): Promise<FixtureEngine> {
  const ledger = createLedger(options);
  const nodes: Node[] = [];
  let leader = 0;
  const members = () =>
    nodes.map(({ port, trouble }, index) => ({ port, isLeader: index === leader, isAlive: !trouble.frozen }));
  const { nodes: count = 1, port, tls } = options;
  const nodeOptions = { ledger, members, ...(port !== undefined && { port }), ...(tls && { tls }) };
  for (let n = 0; n < count; n++) nodes.push(await startNode(nodeOptions));

  const hosts = nodes.map((node) => `127.0.0.1:${node.port}`).join(",");
  return {
    ledger,
    nodes,
    connectionString: tls ? `esdb://${tls.user}@${hosts}` : `esdb://${hosts}?tls=false`,
    lead(index) {
      leader = index;
    },
    stop() {
      for (const node of nodes) node.stop();
    },
  };
}
