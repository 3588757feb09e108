import { describe, expect, test } from "vitest";
import { nonceBook, nonceLifeSeconds } from "../../src/boot/nonce.ts";
import { Ipv4 } from "../../src/domain/values/ipv4.ts";
import { address, agentBootId, mac, nowMs, otherMac } from "../support/samples.ts";

const ticket = { bootId: agentBootId, mac };
const neighbour = Ipv4.parse("10.77.0.101");

function bookAt(clock: { ms: number }, key = Buffer.alloc(32, 1)) {
  return nonceBook({ key, clock: () => new Date(clock.ms) });
}

describe("a script URL's nonce", () => {
  const clock = { ms: nowMs };
  const book = bookAt(clock);
  const nonce = book.issue(ticket, address);

  test("tells which boot of which interface it was handed out for", () => {
    expect(nonce).toMatch(/^[A-Za-z0-9_-]{56}$/);
    expect(book.read(nonce, address)).toEqual({ outcome: "valid", ticket });
  });

  test("works from no other address", () => {
    expect(book.read(nonce, neighbour)).toEqual({ outcome: "unknown" });
  });

  test("expires after a quarter of an hour, and is still known as ours", () => {
    const later = { ms: nowMs + nonceLifeSeconds * 1000 - 1 };
    expect(bookAt(later).read(nonce, address).outcome).toBe("valid");
    later.ms += 1;
    expect(bookAt(later).read(nonce, address)).toEqual({ outcome: "expired", ticket });
  });

  test("is unknown to another key", () => {
    expect(bookAt(clock, Buffer.alloc(32, 2)).read(nonce, address)).toEqual({ outcome: "unknown" });
  });

  test("does not survive the change of a single character", () => {
    const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    for (let index = 0; index < nonce.length; index++) {
      const other = alphabet[(alphabet.indexOf(nonce[index] ?? "") + 1) % 64];
      const forged = nonce.slice(0, index) + other + nonce.slice(index + 1);
      expect(book.read(forged, address)).toEqual({ outcome: "unknown" });
    }
  });

  test("cannot be put together from the nonces of others", () => {
    const theirs = book.issue({ ...ticket, mac: otherMac }, address);
    expect(book.read(theirs.slice(0, 35) + nonce.slice(35), address)).toEqual({ outcome: "unknown" });
  });

  test.each([
    "",
    "x",
    nonce.slice(1),
    `${nonce}A`,
    `${nonce.slice(0, -1)}=`,
    "é".repeat(56),
    "../".repeat(20),
  ])("is nothing else: %j", (text) => {
    expect(book.read(text, address)).toEqual({ outcome: "unknown" });
  });
});

describe("a loader URL's nonce for a client whose address nobody told", () => {
  const book = bookAt({ ms: nowMs });
  const nonce = book.issueUnbound(ticket);

  test("tells its boot, whoever asks", () => {
    expect(book.readUnbound(nonce)).toEqual({ outcome: "valid", ticket });
  });

  test("is no script URL's, nor is that one's good in its place", () => {
    expect(book.read(nonce, address)).toEqual({ outcome: "unknown" });
    expect(book.readUnbound(book.issue(ticket, address))).toEqual({ outcome: "unknown" });
  });

  test("expires with the others", () => {
    const later = bookAt({ ms: nowMs + nonceLifeSeconds * 1000 });
    expect(later.readUnbound(nonce)).toEqual({ outcome: "expired", ticket });
    expect(book.readUnbound("rubbish")).toEqual({ outcome: "unknown" });
  });
});
