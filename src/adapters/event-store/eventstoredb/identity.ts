import { jsonEvent, type ResolvedEvent } from "@eventstore/db-client";
import { z } from "zod";
import { EventStoreError } from "../../../domain/ports/event-store.ts";
import type { LogIdentity } from "../position.ts";
import { identityStream, isOfLog } from "./envelope.ts";
import { failureOf } from "./failure.ts";
import type { EngineReads } from "./reads.ts";
import type { EngineWrite } from "./write.ts";

const LogNamed = z.object({
  logId: z.string().regex(/^[0-9a-f]{16}$/),
  incarnation: z.string().regex(/^[0-9a-f]{12}$/),
});

/** Events of the engine that are looked at together. */
const pageEvents = 500;

export interface IdentifyOptions {
  readonly reads: EngineReads;
  readonly write: EngineWrite;
  /** Random hex digits, as many as asked for. */
  readonly randomHex: (digits: number) => string;
}

export interface EngineIdentity {
  /**
   * Which log the engine holds, asked once. The first process gives it a name; of several that try, the engine takes
   * one's, and all use that.
   */
  get(): Promise<LogIdentity>;
  /** Asks again: an engine that came back may have lost its log, or hold an older one. Nothing is done in it then. */
  check(): Promise<void>;
}

export function createEngineIdentity(options: IdentifyOptions): EngineIdentity {
  let identity: Promise<LogIdentity> | undefined;

  async function ask(): Promise<LogIdentity> {
    return (await named(options.reads)) ?? (await name(options));
  }

  async function get(): Promise<LogIdentity> {
    const asked = identity ?? ask();
    identity = asked;
    try {
      return await asked;
    } catch (error) {
      if (identity === asked && !(error instanceof LogChangedError)) identity = undefined;
      throw error;
    }
  }

  return {
    get,
    async check() {
      const before = await get();
      const now = await named(options.reads);
      if (now?.logId === before.logId && now.incarnation === before.incarnation) return;
      identity = Promise.reject(new LogChangedError());
      await identity;
    },
  };
}

/** Stays until the process is started again: what it knows is of another log. */
class LogChangedError extends EventStoreError {
  constructor() {
    super("LOG_DAMAGED", "the engine holds another log than when the service started");
  }
}

async function named({ newest }: EngineReads): Promise<LogIdentity | undefined> {
  const event = await newest(identityStream);
  return event && identityOf(event);
}

function identityOf({ event }: ResolvedEvent): LogIdentity {
  const read = LogNamed.safeParse(event?.data);
  if (read.success) return read.data;
  throw new EventStoreError("LOG_DAMAGED", `stream ${identityStream} of the engine names no log`);
}

async function name({ reads, write, randomHex }: IdentifyOptions): Promise<LogIdentity> {
  const stranger = await strangerIn(reads);
  const identity = { logId: randomHex(16), incarnation: `0001${randomHex(8)}` };
  try {
    if (stranger === undefined)
      await write(identityStream, [jsonEvent({ type: "LogNamed", data: identity })], undefined);
  } catch (error) {
    if (failureOf(error) !== "conflict") throw error;
  }
  const written = await named(reads);
  if (written) return written;
  const message = `the engine holds stream ${stranger}: Ironledger needs an engine of its own`;
  throw new EventStoreError("LOG_DAMAGED", message);
}

/**
 * A stream in an engine that has no name yet: somebody else's, unless another process has just named the log. An engine
 * with other people's events is not taken for a log, whose order must have no gap.
 */
async function strangerIn({ all }: EngineReads): Promise<string | undefined> {
  for (let from: number | undefined; ; ) {
    const events = await all(from, pageEvents);
    const stranger = events.find(isOfLog);
    if (stranger) return stranger.event?.streamId;
    if (events.length < pageEvents) return undefined;
    from = Number(events.at(-1)?.event?.position?.commit ?? 0);
  }
}
