import { expect } from "vitest";
import type { Decider } from "../../src/domain/decision.ts";

/** `given(decider, pastEvents).when(command).thenAppends(…)`, `.thenNothing()` or `.thenRejects(code, …)`. */
export function given<State, Command, Event, Code extends string>(
  decider: Decider<State, Command, Event, Code>,
  past: readonly Event[] = [],
) {
  return {
    when(command: Command) {
      const decision = decider.decide(command, past.reduce(decider.evolve, decider.initial));
      return {
        thenAppends(...events: Event[]) {
          expect(decision).toEqual({ outcome: "accepted", events });
        },
        thenNothing() {
          expect(decision).toEqual({ outcome: "accepted", events: [] });
        },
        /** `named`: what the message must say, which is the value that was wrong and what to do about it. */
        thenRejects(code: Code, ...named: readonly string[]) {
          expect(decision).toMatchObject({ outcome: "rejected", rejection: { code } });
          const message = decision.outcome === "rejected" ? decision.rejection.message : "";
          for (const part of named) expect(message).toContain(part);
        },
      };
    },
  };
}
