import { randomUUID } from "node:crypto";
import { jsonEvent } from "@eventstore/db-client";
import { z } from "zod";
import { leadershipStream } from "./envelope.ts";
import { failureOf } from "./failure.ts";
import type { EngineReads } from "./reads.ts";
import type { EngineWrite } from "./write.ts";

/** What a process says that leads, or wants to. */
const LeadershipClaim = z.object({
  /** Rises by each takeover. */
  term: z.int().positive(),
  /** The process. */
  holder: z.string(),
  /** It counts so long, milliseconds; 0: it is given up. */
  leaseMs: z.int().nonnegative(),
  /** What tells whether another process has the same secret keys, and nothing else of them. */
  keys: z.string().optional(),
});
export type LeadershipClaim = Readonly<z.infer<typeof LeadershipClaim>>;

/** A claim and its place in the register: one place takes one claim. */
export interface RegisteredClaim {
  readonly revision: number;
  /** `undefined`: something else stands there, which somebody else has written. */
  readonly claim: LeadershipClaim | undefined;
}

/**
 * Where the processes on one engine settle which of them leads. It is no part of the log: claims are renewed all the
 * time, and only the newest means anything.
 */
export interface LeadershipRegister {
  newest(): Promise<RegisteredClaim | undefined>;
  /**
   * Puts a claim right behind a place, `undefined`: as the first. Resolves to its place; `undefined`: another one has
   * it. Rejects when neither is known; it may stand there all the same.
   */
  put(claim: LeadershipClaim, behind: number | undefined): Promise<number | undefined>;
}

/** Old claims that the engine keeps until it cleans up. */
const keptClaims = 8;

export function createLeadershipRegister({
  reads,
  write,
}: {
  readonly reads: EngineReads;
  readonly write: EngineWrite;
}): LeadershipRegister {
  async function newest(): Promise<(RegisteredClaim & { readonly id: string }) | undefined> {
    const { event } = (await reads.newest(leadershipStream)) ?? {};
    if (!event) return undefined;
    const { data: claim } = LeadershipClaim.safeParse(event.data);
    return { revision: Number(event.revision), claim, id: event.id };
  }

  return {
    newest,

    async put(claim, behind) {
      if (behind === undefined) await keepFew(write);
      const id = randomUUID();
      const event = jsonEvent({ id, type: "LeadershipClaimed", data: claim });
      try {
        await write(leadershipStream, [event], behind);
      } catch (error) {
        if (failureOf(error) !== "conflict") throw error;
      }
      const found = await newest();
      return found?.id === id ? found.revision : undefined;
    },
  };
}

/** Tells the engine to drop old claims, once. */
async function keepFew(write: EngineWrite): Promise<void> {
  const metadata = jsonEvent({ type: "$metadata", data: { $maxCount: keptClaims } });
  try {
    await write(`$$${leadershipStream}`, [metadata], undefined);
  } catch (error) {
    // Another process was faster, or the engine keeps that right for others: then old claims stay, which costs room.
    if (failureOf(error) !== "conflict" && failureOf(error) !== "denied") throw error;
  }
}
