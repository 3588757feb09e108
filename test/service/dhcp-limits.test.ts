import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { DhcpLimits } from "../../src/config/dhcp.ts";
import { definitionOf } from "../../src/service/metrics/catalogue.ts";

const { newcomersPerHour, ...numbers } = DhcpLimits.parse({});
const defaults = Object.entries(numbers);
const sources = ["message-limit", "change-limit"]
  .map((name) => readFileSync(join(import.meta.dirname, `../../src/boot/dhcp/${name}.ts`), "utf8"))
  .join("\n");

describe("a limit of DHCP", () => {
  test.each(defaults)("%s is %i wherever it is said", (name, value) => {
    const written = value.toLocaleString("en").replaceAll(",", "_");
    expect(sources).toContain(`${name} = ${written}`);
    expect(definitionOf("ironledger_dhcp_unanswered_total").limit).toContain(value.toLocaleString("en"));
  });

  test("on newcomers follows the size of the subnet unless it is set", () => {
    expect(newcomersPerHour).toBeUndefined();
    expect(DhcpLimits.parse({ newcomersPerHour: 5 }).newcomersPerHour).toBe(5);
  });
});
