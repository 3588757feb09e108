import { describe, expect, test } from "vitest";
import { reservationProblem } from "../../../src/domain/network/check-reservation.ts";
import { Ipv4 } from "../../../src/domain/values/ipv4.ts";
import { SubnetName } from "../../../src/domain/values/slug.ts";
import { subnet } from "../../support/samples.ts";

const network = { subnets: new Map([[subnet.name, subnet]]), classes: new Map() };
const problemOf = (address: string) =>
  reservationProblem(network, { subnet: subnet.name, address: Ipv4.parse(address) });

describe("reserving an address", () => {
  test.each([
    "10.77.0.2",
    "10.77.0.150",
    "10.77.255.254",
  ])("is possible for %s, in a range or not", (address) => {
    expect(problemOf(address)).toBeUndefined();
  });

  test.each(["10.76.255.255", "10.77.0.0", "10.77.255.255", "10.78.0.1"])("is not for %s", (address) => {
    expect(problemOf(address)).toMatchObject({ code: "ADDRESS_OUTSIDE_SUBNET" });
    expect(problemOf(address)?.message).toContain(address);
  });

  test("is not for a router's", () => {
    expect(problemOf("10.77.0.1")).toMatchObject({ code: "ADDRESS_IS_ROUTER" });
  });

  test("is not in a subnet that nobody defined", () => {
    const name = SubnetName.parse("rack-9");
    const problem = reservationProblem(network, { subnet: name, address: Ipv4.parse("10.77.0.2") });
    expect(problem).toMatchObject({ code: "SUBNET_UNKNOWN" });
    expect(problem?.message).toContain("rack-9");
  });
});
