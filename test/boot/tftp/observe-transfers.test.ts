import { describe, expect, test } from "vitest";
import type { Observation } from "../../../src/boot/observer.ts";
import { observeTransfers } from "../../../src/boot/tftp/observe-transfers.ts";
import { countingIds } from "../../support/recording.ts";
import { address, digest, mac, nowMs, run } from "../../support/samples.ts";

const bootId = "01920000-0000-7000-8000-0000000b0071";
const file = { name: "snponly.efi", size: 10, sha256: digest(1) };

function observe(known: { readonly lease: boolean; readonly boot: boolean }) {
  const { observed, observer } = observerOf(known);
  observer.served({ address, file });
  observer.refused({ address, request: "x", refusal: { code: "FILE_NOT_FOUND", message: "no x" } });
  return observed;
}

function observerOf(known: { readonly lease: boolean; readonly boot: boolean }) {
  const observed: Observation[] = [];
  const observer = observeTransfers({
    macOf: () => (known.lease ? mac : undefined),
    tracker: { reached: () => (known.boot ? { bootId, correlationId: run } : undefined) },
    observer: { observe: (observation) => observed.push(observation) },
    clock: () => new Date(nowMs),
    newId: countingIds(),
  });
  return { observed, observer };
}

describe("observing transfers", () => {
  test("records them as part of the boot under way", () => {
    const meta = {
      actor: `client:${mac}`,
      source: "tftp",
      $correlationId: run,
      $causationId: bootId,
      sourceAddress: address,
    };
    expect(observe({ lease: true, boot: true })).toMatchObject([
      {
        mac,
        meta,
        event: {
          type: "BootFileServed",
          data: { file: "snponly.efi", protocol: "tftp", address, bytes: 10, sha256: digest(1) },
        },
      },
      { mac, meta, event: { type: "BootRefused", data: { request: "x", code: "FILE_NOT_FOUND" } } },
    ]);
  });

  test("lets one stand for itself when no boot is under way", () => {
    const [served] = observe({ lease: true, boot: false });
    expect(served?.meta).toMatchObject({ $correlationId: served?.id, $causationId: served?.id });
  });

  test("records nothing of a script for GRUB, which has an event of its own, nor of what loaders only try", () => {
    const { observed, observer } = observerOf({ lease: true, boot: true });
    observer.served({ address, file: { name: "grub.cfg", size: 10, sha256: null } });
    const refusal = { code: "FILE_NOT_FOUND", message: "there is none" } as const;
    observer.refused({ address, request: "grub/x86_64-efi/command.lst", refusal });
    expect(observed).toEqual([]);
  });

  test("records a refusal without the nonce in its path", () => {
    const { observed, observer } = observerOf({ lease: true, boot: true });
    const request = `boot/${"n".repeat(56)}/files/discovery/1/none`;
    observer.refused({ address, request, refusal: { code: "FILE_NOT_FOUND", message: `no "${request}"` } });
    const path = "boot/<nonce>/files/discovery/1/none";
    expect(observed[0]?.event.data).toMatchObject({ request: path, message: `no "${path}"` });
  });

  test("records nothing of a client without a lease", () => {
    expect(observe({ lease: false, boot: true })).toEqual([]);
  });
});
