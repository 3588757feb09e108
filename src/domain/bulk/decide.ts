import { z } from "zod";
import { accept, type Decider, type Decision, reject } from "../decision.ts";
import type { EventOf } from "../event.ts";
import type { StreamKind } from "../handle-command.ts";
import { refuseSecrets } from "../machine/decide-labels.ts";
import { Params } from "../values/param.ts";
import type { BulkCommand } from "./commands.ts";
import {
  type BulkCompleted,
  type BulkEvent,
  type BulkRequested,
  bulkCodec,
  bulkMachinesMax,
} from "./events.ts";

type Request = Readonly<EventOf<typeof BulkRequested>["data"]>;
type Result = Readonly<EventOf<typeof BulkCompleted>["data"]>;

/** One change that was asked of many machines. */
export type Bulk =
  | { readonly status: "absent" }
  | { readonly status: "requested"; readonly request: Request }
  | { readonly status: "completed"; readonly request: Request; readonly result: Result };

/** Why a bulk change is not begun or ended. */
export type BulkRejectionCode =
  /** More than 10,000 machines were chosen. */
  | "SELECTION_TOO_LARGE"
  /** No bulk change has this id. */
  | "BULK_UNKNOWN"
  /** A param has the name of a secret, or reads like one, and no secret may be an event. */
  | "PARAM_LOOKS_SECRET";

type BulkDecision = Decision<BulkEvent, BulkRejectionCode>;
type CommandOf<Type extends BulkCommand["type"]> = Extract<BulkCommand, { type: Type }>;

const bulkDecider: Decider<Bulk, BulkCommand, BulkEvent, BulkRejectionCode> = {
  initial: { status: "absent" },
  decide(command, bulk) {
    switch (command.type) {
      case "RequestBulk":
        return request(command, bulk);
      case "CompleteBulk":
        return complete(command, bulk);
    }
  },
  evolve,
};

/** Streams `bulk-<id>`. */
export const bulkKind: StreamKind<Bulk, BulkCommand, BulkEvent, BulkRejectionCode> = {
  decider: bulkDecider,
  codec: bulkCodec,
};

/** What was recorded first counts, so that a selector that chooses others by now changes nothing. */
function request({ type: _, ...data }: CommandOf<"RequestBulk">, bulk: Bulk): BulkDecision {
  if (bulk.status !== "absent") return accept();
  const { length } = data.machineIds;
  if (length > bulkMachinesMax) {
    return reject(
      "SELECTION_TOO_LARGE",
      `${length} machines are more than ${bulkMachinesMax}: choose fewer at a time`,
    );
  }
  return secretIn(data) ?? accept({ type: "BulkRequested", data });
}

const ParamsInput = z.object({ set: Params });

/** Each machine would refuse it, but the request is recorded before a machine is asked. */
function secretIn({ action, input }: Request) {
  return action === "params" ? refuseSecrets(ParamsInput.parse(JSON.parse(input)).set) : undefined;
}

function complete({ type: _, ...data }: CommandOf<"CompleteBulk">, bulk: Bulk): BulkDecision {
  switch (bulk.status) {
    case "absent":
      return reject("BULK_UNKNOWN", "no bulk change has this id: request it first");
    case "requested":
      return accept({ type: "BulkCompleted", data });
    case "completed":
      return accept();
  }
}

function evolve(bulk: Bulk, { type, data }: BulkEvent): Bulk {
  switch (type) {
    case "BulkRequested":
      return { status: "requested", request: data };
    case "BulkCompleted":
      if (bulk.status === "absent")
        throw new Error("BulkCompleted cannot come before BulkRequested: verify the log");
      return { status: "completed", request: bulk.request, result: data };
  }
}
