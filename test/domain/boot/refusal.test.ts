import { describe, expect, test } from "vitest";
import { bootCodec } from "../../../src/domain/boot/events.ts";
import { bootRefused } from "../../../src/domain/boot/refusal.ts";
import type { Ipv4 } from "../../../src/domain/values/ipv4.ts";

const address = "10.77.0.9" as Ipv4;

describe("the event of a refusal", () => {
  test("says what was asked for, and why it was not given", () => {
    const refusal = {
      request: "undionly.kpxe",
      code: "TFTP_READ_ONLY",
      message: "read only",
      address,
    } as const;
    expect(bootRefused(refusal)).toEqual({ type: "BootRefused", data: refusal });
  });

  test("takes whatever a client wrote, cut to what can be recorded", () => {
    const written = { request: `${"x".repeat(511)}\u{1f600}`, message: `${"y".repeat(1_023)}\u{1f600}` };
    const event = bootRefused({ ...written, code: "FILE_NOT_FOUND", address });
    expect(bootCodec.write(event).data).toMatchObject({
      request: `${"x".repeat(511)}\ufffd`,
      message: `${"y".repeat(1_023)}\ufffd`,
    });
  });
});
