import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Config } from "../../../src/config.ts";
import { Ipv4 } from "../../../src/domain/values/ipv4.ts";
import { followWires } from "../../../src/service/wires/follow-wires.ts";
import type { WirePlaces } from "../../../src/service/wires/wire-places.ts";
import { type WireSettings, wireSettings } from "../../../src/service/wires/wire-settings.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const wires = wireSettings(
  Config.parse({ dataDirectory: "data", wire: { interface: "a" }, moreWires: [{ interface: "b" }] }),
);

function setUp(at: Record<string, string | undefined>) {
  const told: string[] = [];
  const down: string[][] = [];
  const lost = new Set<string>();
  let refusal: Error | undefined;
  let isBlind = false;
  const blind = (is: boolean) => {
    isBlind = is;
  };
  const refuse = (error: Error | undefined) => {
    refusal = error;
  };
  const places: WirePlaces = {
    of: ({ name }) =>
      at[name] === undefined ? undefined : { address: Ipv4.parse(at[name]), mac: undefined },
    addresses: () => [],
    look() {
      if (isBlind) throw new Error("EMFILE");
    },
  };
  const say = (words: object | string, message?: string) =>
    void told.push(`log ${message ?? ""} ${JSON.stringify(words)}`);
  const options = {
    wires,
    places,
    log: { info: () => undefined, warn: () => undefined, error: say } as never,
    isLost: async ({ name }: WireSettings) => lost.has(name),
    onClosed: ({ address }: { readonly address: Ipv4 }) => void told.push(`closed ${address}`),
    onDown: (names: readonly string[]) => void down.push([...names]),
    async open(wire: WireSettings, { address }: { readonly address: Ipv4 }) {
      if (refusal) throw refusal;
      told.push(`open ${wire.name} ${address}`);
      return { address, close: async () => [`something of ${address}`] };
    },
  };
  return { at, told, down, options, refuse, lost, blind };
}

describe("wires that are followed", () => {
  test("are opened anew for another address, and the others are left alone", async () => {
    const { at, told, options, down } = setUp({ a: "10.81.0.1", b: "10.82.0.1" });
    const followed = await followWires(options);
    at["a"] = "10.81.0.2";
    await followed.look();
    expect(told).toEqual(["open a 10.81.0.1", "open b 10.82.0.1", "closed 10.81.0.1", "open a 10.81.0.2"]);
    expect(down).toEqual([]);
    expect(followed.opened().map(({ address }) => address)).toEqual(["10.81.0.2", "10.82.0.1"]);
  });

  test("stay open while they are down, and are up again with the same address", async () => {
    const { at, told, options, down } = setUp({ a: "10.81.0.1", b: "10.82.0.1" });
    const followed = await followWires(options);
    at["b"] = undefined;
    await vi.advanceTimersByTimeAsync(1_000);
    expect(wires.map((wire) => followed.isUp(wire))).toEqual([true, false]);
    at["b"] = "10.82.0.1";
    await vi.advanceTimersByTimeAsync(1_000);
    expect(wires.map((wire) => followed.isUp(wire))).toEqual([true, true]);
    expect(down).toEqual([["b: its interface has no address or no link"], []]);
    expect(told).toHaveLength(2);
  });

  test("are waited for when they are not there at the start", async () => {
    const { at, told, options, down } = setUp({ a: "10.81.0.1" });
    const followed = await followWires(options);
    expect(down).toEqual([["b: its interface has no address or no link"]]);
    at["b"] = "10.82.0.1";
    await followed.look();
    expect(told.at(-1)).toBe("open b 10.82.0.1");
    expect(down.at(-1)).toEqual([]);
  });

  test("that cannot be opened again are told of once, and tried again", async () => {
    const { at, told, options, refuse, down } = setUp({ a: "10.81.0.1", b: "10.82.0.1" });
    const followed = await followWires(options);
    refuse(new Error("taken"));
    at["a"] = "10.81.0.2";
    await followed.look();
    await followed.look();
    expect(told.filter((line) => line.startsWith("log"))).toHaveLength(1);
    expect(down).toEqual([["a: it cannot be opened: the log says why"]]);
    refuse(undefined);
    await followed.look();
    expect(down.at(-1)).toEqual([]);
  });

  test("that cannot be opened at the start are a reason not to start", async () => {
    const { options, refuse } = setUp({ a: "10.81.0.1" });
    refuse(new Error("taken"));
    await expect(followWires(options)).rejects.toThrow("taken");
  });

  test("are closed, and tell what was cut off", async () => {
    const { options, at, told } = setUp({ a: "10.81.0.1", b: "10.82.0.1" });
    const followed = await followWires(options);
    expect(await followed.close(10)).toEqual(["something of 10.81.0.1", "something of 10.82.0.1"]);
    at["a"] = "10.81.0.7";
    await vi.advanceTimersByTimeAsync(3_000);
    expect(told.filter((line) => line.startsWith("open"))).toHaveLength(2);
  });
});

describe("wires that are looked at", () => {
  test("let an address go that is another wire's now", async () => {
    const { at, told, options, down } = setUp({ a: "10.81.0.1", b: "10.82.0.1" });
    const followed = await followWires(options);
    Object.assign(at, { a: "10.82.0.1", b: undefined });
    await followed.look();
    expect(told.slice(2)).toEqual(["closed 10.82.0.1", "closed 10.81.0.1", "open a 10.82.0.1"]);
    expect(down).toEqual([["b: its interface has no address or no link"]]);
    await followed.close(0);
  });

  test("are down, with the remedy, when their sockets are bound to an interface that is gone", async () => {
    const { lost, told, options, down } = setUp({ a: "10.81.0.1", b: "10.82.0.1" });
    const followed = await followWires(options);
    lost.add("b");
    await followed.look();
    expect(down).toEqual([
      [expect.stringMatching(/^b: its interface was made anew, .*: restart the service/)],
    ]);
    expect(wires.map((wire) => followed.isUp(wire))).toEqual([true, false]);
    expect(told.filter((line) => line.startsWith("closed"))).toEqual([]);
  });

  test("are as they were while the system does not say what interfaces it has, and followed after that", async () => {
    const { at, told, options, blind, down } = setUp({ a: "10.81.0.1", b: "10.82.0.1" });
    const followed = await followWires(options);
    blind(true);
    at["a"] = "10.81.0.2";
    await vi.advanceTimersByTimeAsync(3_000);
    expect(told.filter((line) => line.startsWith("log"))).toHaveLength(1);
    expect(down).toEqual([]);
    blind(false);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(followed.opened().map(({ address }) => address)).toEqual(["10.81.0.2", "10.82.0.1"]);
    await followed.close(0);
  });
});
