import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { allOptions } from "../../../../src/boot/dhcp/options/all.ts";
import * as boot from "../../../../src/boot/dhcp/options/boot.ts";
import { clientIdentifier } from "../../../../src/boot/dhcp/options/client-identity.ts";
import * as configuration from "../../../../src/boot/dhcp/options/configuration.ts";
import { firmwareUuid } from "../../../../src/boot/dhcp/options/firmware-uuid.ts";
import { messageType } from "../../../../src/boot/dhcp/options/message-type.ts";
import { Architecture } from "../../../../src/domain/values/architecture.ts";
import type { Ipv4 } from "../../../../src/domain/values/ipv4.ts";

const text = (value: string) => Buffer.from(value, "latin1");

describe("every option", () => {
  test("has a code of its own", () => {
    const codes = allOptions.map(({ code }) => code);
    expect(new Set(codes).size).toBe(codes.length);
  });

  test.each(
    allOptions.map((option) => [option.name, option] as const),
  )("%s never throws on random octets", (_name, option) => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        option.decode(bytes);
      }),
    );
  });

  test.each(
    allOptions.map((option) => [option.name, option] as const),
  )("%s reads within a message as it reads alone", (_name, option) => {
    const parts = fc.tuple(fc.uint8Array({ maxLength: 40 }), fc.uint8Array({ maxLength: 5 }));
    fc.assert(
      fc.property(parts, ([value, around]) => {
        const message = Uint8Array.of(...around, ...value, ...around);
        const [start, end] = [around.length, around.length + value.length];
        expect(option.decode(message, start, end)).toEqual(option.decode(value));
      }),
    );
  });

  test.each(
    allOptions.map((option) => [option.name, option] as const),
  )("%s can write whatever it reads, and reads that again", (_name, option) => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const value: unknown = option.decode(bytes);
        // A list of architectures that cannot be booted here is empty, and an empty list is not written.
        if (value === undefined || (Array.isArray(value) && value.length === 0)) return;
        expect(option.decode(option.encode(value as never))).toEqual(value);
      }),
    );
  });
});

describe("an option that is too short or too long", () => {
  test.each([
    ["message type", messageType, [[], [0], [9], [1, 1]]],
    ["address", configuration.requestedAddress, [[], [1, 2, 3], [1, 2, 3, 4, 5]]],
    ["list of addresses", configuration.routers, [[], [1, 2, 3, 4, 5]]],
    [
      "lease time",
      configuration.leaseTime,
      [
        [0, 1],
        [0, 0, 0, 0, 1],
      ],
    ],
    ["message size", configuration.maximumMessageSize, [[5], [5, 5, 5]]],
    ["client id", clientIdentifier, [[], [1]]],
    ["architecture", boot.clientArchitecture, [[], [0], [0, 7, 0]]],
    [
      "network interface",
      boot.clientNetworkInterface,
      [
        [1, 2],
        [1, 2, 3, 4],
      ],
    ],
    ["user class", boot.userClass, [[]]],
    ["UUID", firmwareUuid, [[], [0], Array(17).fill(1)]],
  ] as const)("reads as absent: %s", (_name, option, samples) => {
    for (const sample of samples) expect(option.decode(Uint8Array.from(sample))).toBeUndefined();
  });
});

describe("the user class", () => {
  test("is one class when it came without a length", () => {
    expect(boot.userClass.decode(text("iPXE"))).toEqual(["iPXE"]);
  });

  test("is a list when each class follows its length (RFC 3004)", () => {
    expect(boot.userClass.decode(text("\x04iPXE\x03lab"))).toEqual(["iPXE", "lab"]);
  });

  test("is written as RFC 3004 says", () => {
    expect(Buffer.from(boot.userClass.encode(["iPXE", "lab"])).toString("latin1")).toBe("\x04iPXE\x03lab");
  });
});

describe("the architectures", () => {
  test("keep their order, and leave out what cannot be booted here", () => {
    expect(boot.clientArchitecture.decode(Uint8Array.of(0, 1, 0, 9, 0, 0))).toEqual(["x64-uefi", "x86-bios"]);
  });

  test("read back as they were written", () => {
    const all = Architecture.options;
    expect(boot.clientArchitecture.decode(boot.clientArchitecture.encode(all))).toEqual(all);
  });
});

describe("the boot file", () => {
  test("is written with a NUL at its end and read without", () => {
    const bytes = boot.bootFileName.encode("snponly.efi");
    expect(bytes.at(-1)).toBe(0);
    expect(boot.bootFileName.decode(bytes)).toBe("snponly.efi");
  });
});

describe("the UUID", () => {
  test("reads back as it was written", () => {
    fc.assert(
      fc.property(fc.uuid(), (uuid) => {
        expect(firmwareUuid.decode(firmwareUuid.encode(uuid))).toBe(uuid);
      }),
    );
  });
});

describe("a list of addresses", () => {
  test("reads back as it was written", () => {
    const list = ["10.77.0.1", "192.0.2.255"] as Ipv4[];
    expect(configuration.routers.decode(configuration.routers.encode(list))).toEqual(list);
  });
});

describe("a list of wanted options", () => {
  test("is taken as it came, rubbish and repetitions included", () => {
    expect(configuration.parameterRequestList.decode(Uint8Array.of(1, 235, 1, 0))).toEqual([1, 235, 1, 0]);
  });
});
