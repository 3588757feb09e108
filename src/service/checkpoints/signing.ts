import type { Logger } from "pino";
import type { EventMeta, Position } from "../../domain/ports/event-store.ts";
import type { LogEvidence, SignedLogCheckpoint, SigningOutcome } from "../../domain/ports/log-evidence.ts";
import type { LogTreeReader } from "../../projections/views/log-tree-reader.ts";
import { isDue, type SigningPolicy, unsignedEvents } from "./policy.ts";
import type { CheckpointSigner, Signed } from "./signer.ts";

export interface SigningOptions {
  readonly signer: CheckpointSigner;
  readonly tree: LogTreeReader;
  readonly policy: SigningPolicy;
  readonly directory: string;
  /** Resolves when the tree's view shows the position, or has not for a while. */
  readonly shown: (position: Position) => Promise<unknown>;
  /** Whether this process signs by itself. */
  readonly isLeader: () => boolean;
  readonly clock: () => Date;
  /** Of what the service signs by itself. */
  readonly systemMeta: () => EventMeta;
  readonly log: Pick<Logger, "error">;
}

export interface Signing extends Pick<LogEvidence, "status" | "sign"> {
  /** Signs when it is due, and sees to it that the newest checkpoint is in its file. */
  round(): Promise<void>;
  /** Resolves when nothing is under way. */
  settled(): Promise<void>;
}

/** Rounds that are left out once the log was found not to be the one that was signed: it seldom mends itself. */
const contradictedPause = 60;

/** Signs one checkpoint at a time, and remembers what came of it. */
export function createSigning(options: SigningOptions): Signing {
  const { signer, tree, policy, directory, shown, isLeader, clock, systemMeta, log } = options;
  const sinceMs = clock().getTime();
  const contradiction = rememberContradiction(log);
  let isCompared = false;
  const { inTurn, settled } = createTurns();

  function newest(): SignedLogCheckpoint | undefined {
    const life = signer.life();
    return life && tree.newestCheckpoint(life.stream);
  }

  async function signNow(meta: EventMeta): Promise<Signed> {
    const signed = await signer.sign(meta);
    contradiction.found(signed.outcome === "contradicted" ? signed.message : undefined);
    if (signed.outcome === "signed") await shown(signed.position);
    return signed;
  }

  /** Once after the start, for nothing may be due for a long time: the log may be older than its files. */
  async function compareOnce(): Promise<void> {
    if (isCompared) return;
    const compared = await signer.compare();
    isCompared = compared.outcome !== "busy";
    contradiction.found(compared.outcome === "contradicted" ? compared.message : undefined);
  }

  return {
    status() {
      const key = signer.life()?.key;
      const signed = newest();
      return {
        origin: key?.origin,
        verifierKey: key?.verifierKey,
        newest: signed,
        unsignedEvents: unsignedEvents(tree.state().size, signed),
        directory,
        contradiction: contradiction.message(),
      };
    },

    sign: (meta) =>
      inTurn(async () => {
        if (unsignedEvents(tree.state().size, newest()) === 0) {
          return { outcome: "nothing-new", checkpoint: newest() };
        }
        const signed = await signNow(meta);
        // It is recorded, whatever becomes of its file: that is tried again each second, and told when it fails.
        await signer.publish().catch(() => undefined);
        return outcomeOf(signed, newest());
      }),

    round: () =>
      inTurn(async () => {
        if (contradiction.isLeftAlone()) return;
        await compareOnce();
        const now = { size: tree.state().size, newest: newest(), sinceMs, nowMs: clock().getTime() };
        if (isLeader() && isDue(policy, now)) await signNow(systemMeta());
        await signer.publish();
      }),

    settled,
  };
}

/** Whether the log is the one that was signed, as far as is known. */
function rememberContradiction(log: Pick<Logger, "error">) {
  let known: string | undefined;
  let roundsLeftOut = 0;
  return {
    message: () => known,
    /** `undefined`: it is the one. */
    found(message: string | undefined): void {
      if (message !== undefined && message !== known) {
        log.error(
          { contradiction: message },
          "the log is not the one that was signed before: nothing is signed",
        );
      }
      known = message;
      roundsLeftOut = message === undefined ? 0 : contradictedPause;
    },
    /** Whether this round is one of those that are left out. */
    isLeftAlone(): boolean {
      if (roundsLeftOut === 0) return false;
      roundsLeftOut--;
      return true;
    },
  };
}

/** One after another. Whoever waits gets the error; those behind go on. */
function createTurns() {
  let underWay: Promise<unknown> = Promise.resolve();
  return {
    inTurn<Result>(act: () => Promise<Result>): Promise<Result> {
      const result = underWay.then(act);
      underWay = result.catch(() => undefined);
      return result;
    },
    async settled() {
      await underWay;
    },
  };
}

function outcomeOf(signed: Signed, newest: SignedLogCheckpoint | undefined): SigningOutcome {
  const refused = (reason: "CHECKPOINT_BUSY" | "CHECKPOINT_CONTRADICTED", message: string) =>
    ({ outcome: "refused", reason, message }) as const;
  switch (signed.outcome) {
    case "signed":
      if (newest?.eventId === signed.eventId) return { outcome: "signed", checkpoint: newest };
      return refused("CHECKPOINT_BUSY", "it was signed, and the view of the log's tree does not show it yet");
    case "nothing-new":
      return { outcome: "nothing-new", checkpoint: newest };
    case "contradicted":
      return refused("CHECKPOINT_CONTRADICTED", signed.message);
    case "busy":
      return refused("CHECKPOINT_BUSY", signed.message);
  }
}
