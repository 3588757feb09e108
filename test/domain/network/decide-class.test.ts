import { describe, expect, test } from "vitest";
import { ClientClass } from "../../../src/domain/network/client-class.ts";
import { networkDecider } from "../../../src/domain/network/decide.ts";
import type { NetworkEvent } from "../../../src/domain/network/events.ts";
import { given } from "../../support/given.ts";
import { phones, samples } from "../../support/samples.ts";

const { SubnetDefined, ClientClassDefined, ClientClassChanged, ClientClassRetired } = samples;

const asksNothing = Object.fromEntries(Object.keys(phones.match).map((part) => [part, null]));

function classWith(change: object): ClientClass {
  return ClientClass.parse({ ...phones, ...change });
}

test("a client class names no more labels than a machine has", () => {
  const withLabels = (count: number) => {
    const machineLabels = Object.fromEntries(
      Array.from({ length: count }, (_, index) => [`k${index}`, null]),
    );
    return { ...phones, match: { ...phones.match, machineLabels } };
  };
  expect(ClientClass.safeParse(withLabels(64)).success).toBe(true);
  expect(ClientClass.safeParse(withLabels(65)).success).toBe(false);
});

describe("defining a client class", () => {
  const define = { type: "DefineClientClass", class: phones } as const;

  test("is recorded once", () => {
    given(networkDecider, [SubnetDefined]).when(define).thenAppends(ClientClassDefined);
    given(networkDecider, [SubnetDefined, ClientClassDefined]).when(define).thenNothing();
  });

  test("is refused under a name that another one has", () => {
    given(networkDecider, [SubnetDefined, ClientClassChanged])
      .when(define)
      .thenRejects("CLASS_EXISTS", "phones", "choose another name");
  });

  test("is refused while a subnet that it names is not served", () => {
    given(networkDecider).when(define).thenRejects("SUBNET_UNKNOWN", "rack-7", "phones", "define it first");
  });

  test("is possible for all subnets", () => {
    const anywhere = classWith({ match: { ...phones.match, subnets: null } });
    given(networkDecider)
      .when({ type: "DefineClientClass", class: anywhere })
      .thenAppends({ type: "ClientClassDefined", data: { class: anywhere } });
  });

  test.each([
    ["nothing", asksNothing],
    ["no label", { ...asksNothing, machineLabels: {} }],
  ])("is refused when it asks for %s, and would be everybody's", (_, match) => {
    given(networkDecider)
      .when({ type: "DefineClientClass", class: classWith({ match }) })
      .thenRejects("CLASS_MATCHES_ALL", "phones");
  });

  test("is possible by a label alone", () => {
    const labelled = classWith({ match: { ...asksNothing, machineLabels: { rack: null } } });
    given(networkDecider)
      .when({ type: "DefineClientClass", class: labelled })
      .thenAppends({ type: "ClientClassDefined", data: { class: labelled } });
  });

  test("is refused with an option that nobody may set; those of subnets' fields are its own affair", () => {
    given(networkDecider, [SubnetDefined])
      .when({ type: "DefineClientClass", class: classWith({ options: [{ code: 67, value: "00" }] }) })
      .thenRejects("OPTION_NOT_SETTABLE", "67 (boot-file-name)", "boot file of a client class");
    const ownRouter = classWith({ options: [{ code: 3, value: "0a4d0002" }] });
    given(networkDecider, [SubnetDefined])
      .when({ type: "DefineClientClass", class: ownRouter })
      .thenAppends({ type: "ClientClassDefined", data: { class: ownRouter } });
  });

  test("is refused when there are 256 already", () => {
    const many = Array.from({ length: 256 }, (_, number) => classWith({ name: `class-${number}` }));
    const history = many.map((each): NetworkEvent => ({ type: "ClientClassDefined", data: { class: each } }));
    given(networkDecider, [SubnetDefined, ...history])
      .when(define)
      .thenRejects("CLASSES_TOO_MANY", "256", "retire one first");
  });
});

describe("changing a client class", () => {
  const change = { type: "ChangeClientClass", class: ClientClassChanged.data.class } as const;

  test("records the whole definition, once", () => {
    given(networkDecider, [SubnetDefined, ClientClassDefined]).when(change).thenAppends(ClientClassChanged);
    given(networkDecider, [SubnetDefined, ClientClassChanged]).when(change).thenNothing();
  });

  test("is refused when there is no such class", () => {
    given(networkDecider, [SubnetDefined])
      .when(change)
      .thenRejects("CLASS_UNKNOWN", "phones", "define it first");
  });

  test("is refused when the definition would be", () => {
    given(networkDecider, [SubnetDefined, ClientClassDefined])
      .when({ type: "ChangeClientClass", class: classWith({ match: asksNothing }) })
      .thenRejects("CLASS_MATCHES_ALL");
  });
});

describe("retiring a client class", () => {
  const retire = { type: "RetireClientClass", name: phones.name } as const;

  test("is recorded", () => {
    given(networkDecider, [SubnetDefined, ClientClassDefined]).when(retire).thenAppends(ClientClassRetired);
  });

  test("is refused when there is no such class", () => {
    given(networkDecider, [SubnetDefined, ClientClassDefined, ClientClassRetired])
      .when(retire)
      .thenRejects("CLASS_UNKNOWN", "phones");
  });
});

describe("a boot file", () => {
  test.each([
    "snponly.efi",
    "phones/x-1.bin",
    "http://10.77.0.5/boot.efi",
    "https://boot.example/a?b=c",
  ])("may be %s", (bootFile) => {
    expect(classWith({ bootFile }).bootFile).toBe(bootFile);
  });

  test.each([
    "",
    "/etc/passwd",
    "../up.efi",
    "a//b",
    "a/../b",
    "ftp://host/a",
    "with space",
    "http://",
  ])("may not be %j", (bootFile) => {
    expect(() => classWith({ bootFile })).toThrow("expected a file");
  });
});
