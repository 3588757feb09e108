import { describe, expect, test } from "vitest";
import { ClientId } from "../../../src/domain/values/client-id.ts";
import { keyOfMac, keysOf, macOfKey, ReservationKey } from "../../../src/domain/values/reservation-key.ts";
import { mac } from "../../support/samples.ts";

const uuid = "5d2c7d1e-7f1a-4b0c-8f43-0c3a0e5b7a10";

describe("a key of a reservation", () => {
  test.each([mac, "client-id:ff00", `uuid:${uuid}`, "circuit:0a", "circuit:0a01/ff"])("may be %s", (key) => {
    expect(ReservationKey.parse(key)).toBe(key);
  });

  test.each([
    "52-54-00-12-34-56",
    "52:54:00:AB:CD:EF",
    "client-id:f",
    "client-id:",
    "uuid:5d2c7d1e",
    "circuit:",
    "circuit:0a/",
    "circuit:0A",
    "ff00",
  ])("may not be %j", (key) => {
    expect(() => ReservationKey.parse(key)).toThrow("expected a MAC address");
  });

  test("is a MAC address as it is", () => {
    expect(keyOfMac(mac)).toBe(mac);
    expect(macOfKey(keyOfMac(mac))).toBe(mac);
    expect(macOfKey(ReservationKey.parse("circuit:0a"))).toBeUndefined();
  });
});

describe("a client answers to", () => {
  const client = { mac, clientId: null, firmwareUuid: null, circuitId: null, remoteId: null };

  test("its MAC address and the client id that is made of it", () => {
    expect(keysOf(client)).toEqual([mac, "client-id:01525400123456"]);
  });

  test("all that is said of it, the strongest first", () => {
    const clientId = ClientId.parse("ff00");
    const all = { mac, clientId, firmwareUuid: uuid, circuitId: "0a01", remoteId: "ff" };
    const circuits = ["circuit:0a01/ff", "circuit:0a01"];
    expect(keysOf(all)).toEqual([mac, "client-id:ff00", `uuid:${uuid}`, ...circuits]);
    expect(keysOf({ ...all, remoteId: null }).slice(3)).toEqual(["circuit:0a01"]);
    expect(keysOf({ ...all, circuitId: null }).slice(3)).toEqual([]);
    for (const key of keysOf(all)) expect(ReservationKey.parse(key)).toBe(key);
  });
});
