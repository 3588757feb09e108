import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type CliSite, createCliSite } from "./support/site.ts";

let cli: CliSite;

beforeAll(async () => {
  cli = await createCliSite();
});

afterAll(() => cli.remove());

function ironledger(...words: readonly string[]) {
  return cli.person.run(words);
}

describe("working with machines", () => {
  test("registers, labels, names and shows one", async () => {
    const registered = await ironledger("machines", "register", "02:00:00:00:01:01", "--name", "web-01");
    expect(registered).toEqual({ code: 0, stdout: "machine/web-01 registered\n", stderr: "" });
    await ironledger("machines", "label", "machine/web-01", "rack=r7", "role=web");
    await ironledger("machines", "params", "02:00:00:00:01:01", "retries=3", "console=ttyS0");
    await ironledger("machines", "rename", "web-01", "web-1");

    const shown = await ironledger("machines", "show", "web-1", "-o", "json");
    expect(JSON.parse(shown.stdout)).toMatchObject({
      name: "web-1",
      state: "REGISTERED",
      macs: ["02:00:00:00:01:01"],
      labels: [
        { key: "rack", value: "r7" },
        { key: "role", value: "web" },
      ],
      params: { retries: 3, console: "ttyS0" },
    });
    const past = await ironledger("machines", "show", "web-1", "--at", "2001-01-01");
    expect(past.code).toBe(3);
  });

  test("a dry run tells what would happen, and nothing happens", async () => {
    await ironledger("machines", "register", "02:00:00:00:02:01", "--name", "dry-1");
    const { code, stdout } = await ironledger("machines", "lock", "dry-1", "--dry-run");
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: expect.stringContaining("-locked: false\n+locked: true\n"),
    });
    expect(stdout).toMatch(/1 event would be recorded:\n {2}machine-\S+ MachineLocked \{\}\n$/);
    const { stdout: locked } = await ironledger(
      ...["machines", "list", "--filter", "name:dry-1", "-o", "csv", "--columns", "locked", "--no-headers"],
    );
    expect(locked).toBe("false\n");
  });
});

describe("working with many machines", () => {
  test("imports a file in parts that a request can hold", async () => {
    const macs = Array.from(
      { length: 2_500 },
      (_, index) => `02:00:00:01:${hex(index >> 8)}:${hex(index & 255)}`,
    );
    const file = join(cli.person.home, "machines.csv");
    writeFileSync(file, `mac,labels\n${macs.map((mac) => `${mac},"batch=b1;rack=r9"`).join("\n")}\n`);
    const imported = await ironledger("machines", "import", file, "--reason", "moving in");
    expect(imported).toEqual({ code: 0, stdout: "2500 machines registered, 0 were before\n", stderr: "" });
    const again = await ironledger("machines", "import", file);
    expect(again.stdout).toBe("0 machines registered, 2500 were before\n");

    const counted = await ironledger("machines", "count", "--filter", "label:batch=b1", "-o", "json");
    expect(JSON.parse(counted.stdout)).toEqual([{ facet: "total", value: null, count: 2500 }]);
  });

  test("pages through all of them, and says when it does not", async () => {
    const all = await ironledger(
      "machines",
      "list",
      "--filter",
      "label:batch=b1",
      "--limit",
      "all",
      "-o",
      "name",
    );
    expect(new Set(all.stdout.trim().split("\n")).size).toBe(2500);
    const some = await ironledger("machines", "list", "--filter", "label:batch=b1", "-o", "name");
    expect(some.stdout.trim().split("\n")).toHaveLength(200);
    expect(some.stderr).toBe("200 shown, and there are more: --limit all shows them\n");
  });

  test("changes many at once, once their number was confirmed", async () => {
    const words = ["machines", "quarantine", "--filter", "label:batch=b1", "--message", "smoke"];
    const unconfirmed = await ironledger(...words);
    expect(unconfirmed).toMatchObject({ code: 5, stderr: expect.stringContaining("2500 machines match") });
    const done = await ironledger(...words, "--confirm-count", "2500");
    expect(done.stdout + done.stderr).toMatch(/^\d+ of 2500 machines quarantined\n/);
  });

  test("tells who refused, and ends with a code of its own", async () => {
    await ironledger("machines", "register", "02:00:00:00:03:01", "--name", "p-1");
    await ironledger("machines", "register", "02:00:00:00:03:02", "--name", "p-2");
    await ironledger("machines", "lock", "p-2");
    const { code, stdout, stderr } = await ironledger("machines", "retire", "p-1", "p-2", "--yes");
    expect({ code, stdout }).toEqual({ code: 7, stdout: "1 of 2 machines retired\n" });
    expect(stderr).toMatch(
      /^machine\/p-2: MACHINE_LOCKED: .*\nironledger: PARTLY_REFUSED: .* \[correlation \S+\]\n$/,
    );
  });
});

describe("a machine that is retired", () => {
  test("is not called by its name any more, which another may have", async () => {
    await ironledger("machines", "register", "02:00:00:00:04:01", "--name", "old-1", "--label", "batch=b4");
    await ironledger("machines", "retire", "old-1", "--yes");
    await ironledger("machines", "register", "02:00:00:00:04:02", "--name", "old-1");
    const search = ["--filter", "state:retired label:batch=b4"];
    const { stdout } = await ironledger("machines", "list", ...search, "-o", "name");
    expect(stdout).toMatch(/^machine\/[0-9a-f]{8}-[0-9a-f-]{27}\n$/);
    const { code, stderr } = await ironledger("machines", "lock", stdout.trim());
    expect({ code, stderr }).toEqual({ code: 5, stderr: expect.stringContaining("MACHINE_RETIRED") });
  });
});

describe("a file with mistakes", () => {
  test("is told line by line, and nothing of it is registered", async () => {
    const file = join(cli.person.home, "mistakes.csv");
    const rows = Array.from(
      { length: 1_001 },
      (_, index) => `02:00:00:05:${hex(index >> 8)}:${hex(index & 255)}`,
    );
    writeFileSync(file, `mac,labels\n${rows.map((mac) => `${mac},batch=b5`).join("\n")}\nzz,batch=b5\n`);
    const { code, stdout, stderr } = await ironledger("machines", "import", file);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(`${file}:1003: mac: expected six hex octets\n`);
    const counted = await ironledger("machines", "count", "--filter", "label:batch=b5", "-o", "name");
    expect(counted.stdout).toBe("0\n");
  });
});

function hex(octet: number): string {
  return octet.toString(16).padStart(2, "0");
}
