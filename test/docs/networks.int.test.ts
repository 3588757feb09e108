import { afterAll, beforeAll, expect, test } from "vitest";
import { readOptionText } from "../../src/domain/network/option-formats.ts";
import { type CliSite, createCliSite } from "../cli/support/site.ts";
import { readGuide, shellOf } from "../support/guide.ts";

const { page, blocks } = await readGuide("networks");
let cli: CliSite;

beforeAll(async () => {
  cli = await createCliSite();
});

afterAll(() => cli.remove());

test("every command of the guide runs as it is printed", { timeout: 600_000 }, async () => {
  const shell = await shellOf(cli);
  const run = async (block: string) => (await shell(block)).stdout;
  expect(blocks("sh").length).toBeGreaterThan(8);
  const told: string[] = [];
  for (const block of blocks("sh")) told.push(await run(block));
  expect(told.join()).toContain("reservation/10.77.0.18\n");
  const subnets = JSON.parse(await run("ironledger subnets list -o json"));
  expect(subnets).toMatchObject([
    {
      name: "hall",
      domainName: null,
      leaseSeconds: 7200,
      exclusions: [
        { first: "10.77.0.150", last: "10.77.0.159" },
        { first: "10.77.0.170", last: "10.77.0.170" },
      ],
      picker: "LEAST_RECENTLY_USED",
      cacheThreshold: 0.5,
      probeBeforeOffer: true,
      sharedNetwork: "wire-1",
      options: [{ code: 42, name: "ntp-servers", value: "10.77.0.1" }],
    },
    { name: "hall-more" },
  ]);
  const classes = JSON.parse(await run("ironledger classes list -o json"));
  expect(classes).toMatchObject([{ name: "rack-b", priority: 300, options: [{ name: "interface-mtu" }] }]);
});

test("every option of the guide is of its form", () => {
  const table = page.slice(page.indexOf("| kind | example |"));
  const settings = [...table.slice(0, table.indexOf("\n\n")).matchAll(/`([a-z0-9-]+)=([^`]+)`/g)];
  expect(settings.length).toBeGreaterThan(8);
  for (const [, name = "", text = ""] of settings) expect(readOptionText(name, text)).toBeTypeOf("object");
});
