import { describe, expect, test } from "vitest";
import { systemMeta } from "../../../../src/domain/event-meta.ts";
import { newId } from "../../../../src/ids.ts";
import { commit, openRaw, openTestLog, temporaryDirectory } from "./support.ts";

/** Appends one event to a stream of its own, in the log of a service that then stops. */
async function write(directory: string, event: { readonly type: string; readonly schema: number }) {
  const log = openTestLog(directory);
  const id = newId();
  commit(log, `test-${id}`, [{ ...event, id, data: {}, meta: systemMeta(id) }]);
  await log.close();
}

const shapesIn = (directory: string) => {
  const raw = openRaw(directory);
  const row = raw.prepare("SELECT value FROM log WHERE key = 'shapes'").get();
  raw.close();
  return row && JSON.parse(String(row["value"]));
};

describe("a log with events of a shape that only a newer release knows", () => {
  test("is refused, as it is, with what to do", async () => {
    const directory = temporaryDirectory();
    await write(directory, { type: "SubnetDefined", schema: 99 });
    expect(() => openTestLog(directory)).toThrow(
      expect.objectContaining({
        code: "LOG_NEWER",
        message: expect.stringMatching(
          /has events SubnetDefined of shape 99, this release knows \d: start the newer release/,
        ),
      }),
    );
    expect(shapesIn(directory)).toEqual({ SubnetDefined: 99 });
  });

  test("is not refused for a type that nobody here knows", async () => {
    const directory = temporaryDirectory();
    await write(directory, { type: "RackMoved", schema: 7 });
    await openTestLog(directory).close();
  });

  test("is told by the newest shape of each type, and first shapes are not kept", async () => {
    const directory = temporaryDirectory();
    for (const schema of [1, 3, 2]) await write(directory, { type: "RackMoved", schema });
    await write(directory, { type: "RackBuilt", schema: 1 });
    expect(shapesIn(directory)).toEqual({ RackMoved: 3 });
  });
});
