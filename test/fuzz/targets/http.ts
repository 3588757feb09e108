import { HelloBody, InventoryBody, ResultBody, StageBody } from "../../../src/boot/http/agent-bodies.ts";
import { answerFile } from "../../../src/boot/http/byte-range.ts";
import { nonceBook } from "../../../src/boot/nonce.ts";
import type { Ipv4 } from "../../../src/domain/values/ipv4.ts";
import { MacAddress } from "../../../src/domain/values/mac-address.ts";
import { inventory } from "../../support/samples.ts";
import { type FuzzTarget, must } from "../target.ts";

const text = (value: string) => Buffer.from(value, "latin1");
const address = "10.77.0.20" as Ipv4;
const etag = `"${"a".repeat(64)}"`;
const bytes = 1000;

/** What is sent of a file lies within it. */
const ranges: FuzzTarget = {
  name: "byte-ranges",
  seeds: ["bytes=0-", "bytes=5-9", "bytes=-5", "bytes=999-1000", "bytes=0-0,5-9", etag, `W/${etag}, *`].map(
    text,
  ),
  run(input) {
    const header = Buffer.from(input).toString("latin1");
    let isTaken = false;
    for (const conditions of [
      { range: header },
      { range: "bytes=1-2", ifRange: header },
      { ifNoneMatch: header },
    ]) {
      const answer = answerFile(conditions, { bytes, etag });
      isTaken ||= answer.status !== 200;
      if (answer.status !== 200 && answer.status !== 206) continue;
      const { first, last } = answer;
      must(Number.isInteger(first) && Number.isInteger(last), `from ${first} to ${last}`);
      must(first >= 0 && first <= last && last < bytes, `from ${first} to ${last}`);
    }
    return isTaken;
  },
};

const clock = () => new Date(1_800_000_000_000);
const nonces = nonceBook({ key: Buffer.alloc(32, 7), clock });
const ticket = {
  bootId: "01920000-0000-7000-8000-0000000b0071",
  mac: MacAddress.parse("52:54:00:77:00:01"),
};
const issued = nonces.issue(ticket, address);

/** Nothing is believed but what was handed out, to whom it was. */
const nonceReading: FuzzTarget = {
  name: "nonces",
  seeds: [issued, `${issued}=`, issued.slice(0, 40)].map(text),
  run(input) {
    const given = Buffer.from(input).toString("latin1");
    const { outcome } = nonces.read(given, address);
    must((outcome === "valid") === (given === issued), `${outcome}: ${given}`);
    must(nonces.read(given, "10.77.0.21" as Ipv4).outcome === "unknown", "another address was believed");
    return /^[\w-]{56}$/.test(given);
  },
};

const runs = [
  { outcome: "completed", bytes: 1, sha256: "a".repeat(64) },
  { outcome: "failed", code: "AGENT_FAILED", message: "no" },
];
const bodies = [InventoryBody, HelloBody, StageBody, ResultBody];

/** A body is refused, or is taken as it stands. */
const agentBodies: FuzzTarget = {
  name: "agent-bodies",
  seeds: [
    { bootId: ticket.bootId, inventory },
    { agentBootId: ticket.bootId },
    { stage: "image", bytes: 5 },
    ...runs,
  ].map((body) => Buffer.from(JSON.stringify(body))),
  run(input) {
    const body = jsonOf(Buffer.from(input).toString("utf8"));
    if (body === undefined) return false;
    for (const schema of bodies) {
      const read = schema.safeParse(body);
      if (read.success) must(schema.safeParse(read.data).success, "what was read is refused");
    }
    return true;
  },
};

function jsonOf(given: string): unknown {
  try {
    return JSON.parse(given);
  } catch {
    return undefined;
  }
}

export function httpTargets(): readonly FuzzTarget[] {
  return [ranges, nonceReading, agentBodies];
}
