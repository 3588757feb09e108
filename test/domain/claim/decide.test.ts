import { describe, expect, test } from "vitest";
import { claimDecider } from "../../../src/domain/claim/decide.ts";
import { given } from "../../support/given.ts";
import { machineId, otherMachineId, samples } from "../../support/samples.ts";

const { Claimed, Released, ClaimDisputed } = samples;

describe("claiming", () => {
  test("is possible when nobody holds the claim", () => {
    given(claimDecider).when({ type: "Claim", machineId }).thenAppends(Claimed);
  });

  test("is refused while another machine holds it, and says which", () => {
    given(claimDecider, [Claimed])
      .when({ type: "Claim", machineId: otherMachineId })
      .thenRejects("CLAIM_HELD");
  });

  test("again by the holder records nothing", () => {
    given(claimDecider, [Claimed]).when({ type: "Claim", machineId }).thenNothing();
  });

  test("is possible once it was released", () => {
    given(claimDecider, [Claimed, Released]).when({ type: "Claim", machineId }).thenAppends(Claimed);
  });
});

describe("releasing", () => {
  test("frees what the machine holds", () => {
    given(claimDecider, [Claimed]).when({ type: "Release", machineId }).thenAppends(Released);
  });

  test("does nothing to what another machine holds, or nobody", () => {
    given(claimDecider, [Claimed]).when({ type: "Release", machineId: otherMachineId }).thenNothing();
    given(claimDecider).when({ type: "Release", machineId }).thenNothing();
  });
});

describe("disputing", () => {
  const dispute = { type: "Dispute", claimant: otherMachineId } as const;

  test("records who else reported it, once", () => {
    given(claimDecider, [Claimed]).when(dispute).thenAppends(ClaimDisputed);
    given(claimDecider, [Claimed, ClaimDisputed]).when(dispute).thenNothing();
  });

  test("leaves the claim where it is", () => {
    given(claimDecider, [Claimed, ClaimDisputed])
      .when({ type: "Claim", machineId: otherMachineId })
      .thenRejects("CLAIM_HELD");
  });

  test("is nothing when the claim is free or the claimant's own", () => {
    given(claimDecider).when(dispute).thenNothing();
    given(claimDecider, [Claimed]).when({ type: "Dispute", claimant: machineId }).thenNothing();
  });

  test("is news again after the claim was released and taken once more", () => {
    given(claimDecider, [Claimed, ClaimDisputed, Released, Claimed]).when(dispute).thenAppends(ClaimDisputed);
  });

  test("of a stream that lost its beginning still shows who holds the claim", () => {
    const state = claimDecider.evolve(claimDecider.initial, ClaimDisputed);
    expect(state).toEqual({ status: "held", by: machineId, disputedBy: [otherMachineId] });
  });
});
