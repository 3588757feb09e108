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

describe("ironledger explain", () => {
  test("tells what an interface would get, and why", async () => {
    const { code, stdout } = await ironledger("explain", "02:00:00:00:01:01", "--architecture", "x64-uefi");
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: expect.stringMatching(/^02:00:00:00:01:01, no machine's\n/),
    });
    expect(stdout).toMatch(/^DHCP {4}no answer$/m);
    expect(stdout).toMatch(/is of no subnet that is served$/m);
  });

  test("takes a machine by its name, and prints JSON", async () => {
    await ironledger("machines", "register", "02:00:00:00:02:01", "--name", "web-01");
    const { stdout } = await ironledger("explain", "web-01", "-o", "json", "--wire", "attic");
    expect(JSON.parse(stdout)).toMatchObject({
      mac: "02:00:00:00:02:01",
      machine: { name: "web-01", state: "REGISTERED" },
      dhcp: { outcome: "SILENCE" },
      steps: [{ step: "CLIENT" }, { step: "WIRE", outcome: "none" }],
    });
  });

  test("says when there is no such machine, now or then", async () => {
    const unknown = await ironledger("explain", "web-99");
    expect([unknown.code, unknown.stderr]).toEqual([
      3,
      expect.stringContaining("there is no machine web-99"),
    ]);
    const early = await ironledger("explain", "02:00:00:00:01:01", "--at", "2001-01-01");
    expect([early.code, early.stderr]).toEqual([3, expect.stringContaining("nothing is known of")]);
  });

  test("refuses what is not of its form", async () => {
    const { code, stderr } = await ironledger("explain", "02:00:00:00:01:01", "--client-id", "zz");
    expect([code, stderr]).toEqual([2, expect.stringContaining("clientId")]);
  });
});
