import { Metadata, type ServiceError, status } from "@grpc/grpc-js";

/** What is wrong with a node, to be changed while it runs. */
export interface Trouble {
  /** Takes calls and answers none, until it is false again. */
  frozen: boolean;
  /**
   * What becomes of an append, the next first. `lost`: it is in the log, and the call is cut off. `silent`: it is in
   * the log, and the call never answered. `refused`: cut off before. `conflicting`: answered as if another had been first. (Default: it is answered)
   */
  readonly appends: ("lost" | "silent" | "refused" | "too-large" | "denied" | "conflicting")[];
  /** After how many messages a subscription is cut off. */
  cutSubscriptionsAfter: number | undefined;
  /** Confirms subscriptions and tells no event. */
  deafSubscriptions: boolean;
  /** Pause before each message of a subscription, milliseconds. */
  subscriptionDelayMs: number;
  /** Pause before each event of a read, milliseconds. */
  readDelayMs: number;
}

/** What a node was asked, by the name of the call. */
export type Asked = Map<string, number>;

export function noTrouble(): Trouble {
  return {
    frozen: false,
    appends: [],
    cutSubscriptionsAfter: undefined,
    deafSubscriptions: false,
    subscriptionDelayMs: 0,
    readDelayMs: 0,
  };
}

/** An error as a server sends it; `exception` is how the engine names it in the trailers. */
export function failure(
  code: status,
  details: string,
  trailers: Readonly<Record<string, string>> = {},
): ServiceError {
  const metadata = new Metadata();
  for (const [key, value] of Object.entries(trailers)) metadata.set(key, value);
  return Object.assign(new Error(details), { code, details, metadata });
}

export const cutOff = () => failure(status.UNAVAILABLE, "the connection was cut");

export const denied = () =>
  failure(status.PERMISSION_DENIED, "Access Denied", { exception: "access-denied" });

export const tooLarge = () =>
  failure(status.INVALID_ARGUMENT, "Maximum Append Size of 1048576 Exceeded.", {
    exception: "maximum-append-size-exceeded",
    "maximum-append-size": "1048576",
  });

export const notLeader = (port: number) =>
  failure(status.NOT_FOUND, "Leader info available", {
    exception: "not-leader",
    "leader-endpoint-host": "127.0.0.1",
    "leader-endpoint-port": String(port),
  });
