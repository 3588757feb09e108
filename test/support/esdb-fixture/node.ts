import { setTimeout as pause } from "node:timers/promises";
import { GossipService, type IGossipServer } from "@eventstore/db-client/generated/gossip_grpc_pb.js";
import {
  type IServerFeaturesServer,
  ServerFeaturesService,
} from "@eventstore/db-client/generated/serverfeatures_grpc_pb.js";
import { type IStreamsServer, StreamsService } from "@eventstore/db-client/generated/streams_grpc_pb.js";
import {
  type Metadata,
  Server,
  ServerCredentials,
  type ServiceError,
  type UntypedServiceImplementation,
} from "@grpc/grpc-js";
import type { Ledger } from "./ledger.ts";
import { serveAppend } from "./serve-append.ts";
import { serveBatchAppend } from "./serve-batch-append.ts";
import { serveFeatures } from "./serve-features.ts";
import { type Member, serveGossip } from "./serve-gossip.ts";
import { serveRead } from "./serve-read.ts";
import { type Asked, denied, noTrouble, notLeader, type Trouble } from "./trouble.ts";

/** What serves a call has of its node. */
export interface NodeView {
  readonly ledger: Ledger;
  readonly trouble: Trouble;
  /** Resolves when the node is not frozen. */
  thawed(): Promise<void>;
  /** Counts the call, waits while the node is frozen, and says why it is refused; `undefined`: it is not. */
  admit(name: string, call: { readonly metadata: Metadata }): Promise<ServiceError | undefined>;
  count(name: string): void;
}

/** A node of an engine, on a port of the loopback interface. */
export interface Node {
  readonly port: number;
  readonly trouble: Trouble;
  /** What it was asked, by the name of the call. */
  readonly asked: Asked;
  /** Cuts all connections. Its ledger stays. */
  stop(): void;
  /** Serves again, on the same port. */
  start(): Promise<void>;
}

export interface NodeOptions {
  readonly ledger: Ledger;
  /** (Default: any) */
  readonly port?: number;
  readonly members: () => readonly Member[];
  /** Serves TLS, and asks for this user. */
  readonly tls?: { readonly cert: string; readonly key: string; readonly user: string };
}

export async function startNode({ ledger, port = 0, members, tls }: NodeOptions): Promise<Node> {
  const trouble = noTrouble();
  const asked: Asked = new Map();
  const view: NodeView = { ledger, trouble, thawed, admit, count };
  let server = new Server();
  const streams: Partial<IStreamsServer> & UntypedServiceImplementation = {
    append: (call, answer) => void serveAppend(view, call, answer).catch(answer),
    batchAppend: (call) => void serveBatchAppend(view, call),
    read: (call) => void serveRead(view, call),
  };
  const gossip: IGossipServer = {
    read(_call, answer) {
      count("gossip");
      void thawed().then(() => serveGossip(members(), answer));
    },
  };
  const features: IServerFeaturesServer = {
    getSupportedMethods: (_call, answer) => void thawed().then(() => serveFeatures(answer)),
  };

  function count(name: string): void {
    asked.set(name, (asked.get(name) ?? 0) + 1);
  }

  async function thawed(): Promise<void> {
    while (trouble.frozen) await pause(10, undefined, { ref: false });
  }

  async function admit(name: string, call: { readonly metadata: Metadata }) {
    count(name);
    await thawed();
    if (tls && call.metadata.get("authorization")[0] !== `Basic ${btoa(tls.user)}`) return denied();
    const leader = members().find(({ isLeader }) => isLeader);
    const isRefused = call.metadata.get("requires-leader")[0] === "true" && leader?.port !== bound;
    return isRefused ? notLeader(leader?.port ?? 0) : undefined;
  }

  async function listen(wanted: number): Promise<number> {
    server = new Server({ "grpc.max_receive_message_length": 17 * 1024 * 1024 });
    server.addService(StreamsService, streams);
    server.addService(GossipService, gossip);
    server.addService(ServerFeaturesService, features);
    const credentials = tls
      ? ServerCredentials.createSsl(null, [
          { cert_chain: Buffer.from(tls.cert), private_key: Buffer.from(tls.key) },
        ])
      : ServerCredentials.createInsecure();
    return new Promise((resolve, reject) => {
      server.bindAsync(`127.0.0.1:${wanted}`, credentials, (error, boundTo) =>
        error ? reject(error) : resolve(boundTo),
      );
    });
  }

  const bound: number = await listen(port);
  return {
    port: bound,
    trouble,
    asked,
    stop: () => server.forceShutdown(),
    async start() {
      await listen(bound);
    },
  };
}
