import { type attack, rewrite } from "../../maintenance/evidence.support.ts";

/** What somebody who has the files does to a log. The events stand at 1 to 30, three streams by turns. */
interface Attack {
  readonly name: string;
  readonly spoil: Parameters<typeof attack>[1];
  /** What is found, without a checkpoint. Empty: nothing shows it but a checkpoint. */
  readonly found: readonly string[];
  /** What the checkpoint shows besides. (Default: `CHECKPOINT_DIFFERS`) */
  readonly signed?: readonly string[];
  /** What the verifier of exported files says where a file cannot even hold it. (Default: the same) */
  readonly inFile?: readonly string[];
}

const columns = "stream, revision, id, type, schema, time, data, meta, hash";
const swap = (one: number, other: number) =>
  `UPDATE event SET position = 999 WHERE position = ${one};
    UPDATE event SET position = ${one} WHERE position = ${other};
    UPDATE event SET position = ${other} WHERE position = 999`;
const set = (change: string) => `UPDATE event SET ${change} WHERE position = 14`;
const changed = "EVENT_CHANGED 14 machine-2 4";

/** An event changed alone leaves the hashes as they were signed, so that its own hash names it. */
const ofFields: readonly Attack[] = [
  { name: "the data", spoil: set(`data = '{"n":99}'`), found: [changed], signed: [] },
  {
    name: "who did it",
    spoil: set("meta = json_set(meta, '$.actor', 'user:eve')"),
    found: [changed],
    signed: [],
  },
  {
    name: "why",
    spoil: set(`meta = replace(meta, ',"source"', ',"reason":"because","source"')`),
    found: [changed],
    signed: [],
  },
  {
    name: "from where",
    spoil: set("meta = json_set(meta, '$.sourceAddress', '10.9.9.9')"),
    found: [changed],
    signed: [],
  },
  {
    name: "what it followed from",
    spoil: set("meta = json_set(meta, '$.$causationId', 'x')"),
    found: [changed],
    signed: [],
  },
  { name: "the type", spoil: set("type = 'Other'"), found: [changed], signed: [] },
  { name: "the schema", spoil: set("schema = 2"), found: [changed], signed: [] },
  {
    name: "the id",
    spoil: set("id = unhex('01920000000070008000aaaaaaaaaaaa')"),
    found: [changed],
    signed: [],
  },
  {
    name: "the time",
    spoil: set("time = time - 1000"),
    found: ["TIME_BACKWARDS 14 machine-2 4", changed],
    signed: [],
  },
  { name: "the hash", spoil: set("hash = unhex(hex(zeroblob(32)))"), found: [changed] },
  {
    name: "the revision",
    spoil: set("revision = 70"),
    found: ["REVISION_GAP 14 machine-2 70", "REVISION_REPEATED 17 machine-2 5"],
    signed: [],
  },
  {
    name: "the stream",
    spoil: "UPDATE event SET stream = 1, revision = 10 WHERE position = 29",
    found: ["EVENT_CHANGED 29 machine-1 10"],
    signed: [],
  },
  {
    name: "the spelling of its data",
    spoil: set("data = data || ' '"),
    found: ["NOT_CANONICAL 14 machine-2 4", changed],
    signed: [],
    inFile: ["FILE_CHANGED 0"],
  },
];

const ofOrder: readonly Attack[] = [
  {
    name: "two of one stream swapped",
    spoil: swap(13, 16),
    found: [
      "REVISION_GAP 13 machine-1 5",
      "TIME_BACKWARDS 14 machine-2 4",
      "TIME_BACKWARDS 16 machine-1 4",
      "REVISION_REPEATED 16 machine-1 4",
    ],
  },
  { name: "two of two streams swapped", spoil: swap(13, 14), found: ["TIME_BACKWARDS 14 machine-1 4"] },
  {
    name: "two of two streams and one moment swapped",
    spoil: `UPDATE event SET position = 999 WHERE position = 31; UPDATE event SET position = 31 WHERE position = 32;
      UPDATE event SET position = 32 WHERE position = 999`,
    found: [],
  },
];

const ofPresence: readonly Attack[] = [
  {
    name: "one removed",
    spoil: "DELETE FROM event WHERE position = 14",
    found: ["POSITION_GAP 15 network 4", "REVISION_GAP 17 machine-2 5"],
    signed: ["CHECKPOINT_NOT_REACHED 31"],
  },
  {
    name: "one removed and the rest moved up",
    spoil:
      "DELETE FROM event WHERE position = 14; UPDATE event SET position = position - 1 WHERE position > 14",
    found: ["REVISION_GAP 16 machine-2 5"],
    signed: ["CHECKPOINT_NOT_REACHED 31"],
  },
  {
    name: "the newest removed",
    spoil: "DELETE FROM event WHERE position > 25",
    found: [],
    signed: ["CHECKPOINT_NOT_REACHED 25"],
  },
  {
    name: "all of a stream removed and the rest moved up",
    spoil: `DELETE FROM event WHERE stream = 3;
      UPDATE event SET position = -(SELECT count(*) FROM event AS e WHERE e.position <= event.position);
      UPDATE event SET position = -position`,
    found: [],
    signed: ["CHECKPOINT_NOT_REACHED 22"],
  },
  {
    name: "one put in",
    spoil: `UPDATE event SET position = position + 100 WHERE position > 14;
      UPDATE event SET position = position - 99 WHERE position > 100;
      INSERT INTO event (position, ${columns}) SELECT 15, 3, 40, randomblob(16), type, schema, time, data, meta, hash
        FROM event WHERE position = 14`,
    found: ["REVISION_GAP 15 network 40", "REVISION_REPEATED 16 network 4"],
  },
  {
    name: "one told twice",
    spoil: `INSERT INTO event (position, ${columns}) SELECT 33, stream, 10, randomblob(16), type, schema, time + 9e7,
      data, meta, hash FROM event WHERE position = 29`,
    found: ["EVENT_CHANGED 33 machine-2 10"],
    signed: [],
  },
];

const ofForgers: readonly Attack[] = [
  {
    name: "one changed and hashed again",
    spoil: (database) => rewrite(database, 14, "{}"),
    found: ["EVENT_CHANGED 17 machine-2 5"],
  },
  { name: "a stream hashed again to its end", spoil: (database) => rewrite(database, 29, "{}"), found: [] },
  {
    name: "one forged behind all that was signed",
    spoil(database) {
      database.exec(`INSERT INTO event (position, ${columns}) SELECT 33, 1, 10, randomblob(16), type, schema,
        time + 9e7, data, meta, hash FROM event WHERE position = 30`);
      rewrite(database, 33, "{}");
    },
    found: [],
    signed: [],
  },
];

/** By what is changed. */
export const attacks: readonly (readonly [what: string, attacks: readonly Attack[]])[] = [
  ["one field of an event", ofFields],
  ["the order of events", ofOrder],
  ["which events there are", ofPresence],
  ["the hashes too", ofForgers],
];
