import { describe, expect, test } from "vitest";
import { bootAnswers, type PassedOver } from "../../../src/boot/dhcp/boot-answer.ts";
import type { BootClient } from "../../../src/boot/dhcp/request.ts";
import { address, mac } from "../../support/samples.ts";
import { serverAddress } from "./support.ts";

const place = { mac, bootId: "01920000-0000-7000-8000-0000000b0071", address };
const url = "https://boot.example/edge.efi";

/** What a client is told whose class sets the boot file, and what was passed over. */
function answerFor(kind: BootClient["kind"], bootFile: string) {
  const passed: PassedOver[] = [];
  const answers = bootAnswers({
    tftpServer: serverAddress,
    scriptUrl: () => "http://server/script.ipxe",
    loaderUrl: (_place, loader) => `http://server/loaders/${loader}`,
    onPassedOver: (each) => passed.push(each),
  });
  const architectures = kind === "http" ? (["x64-uefi-http"] as const) : (["x64-uefi"] as const);
  const client = { kind, architectures, vendorClass: null, firmwareUuid: null };
  return { passed, answer: answers(client, place, bootFile) };
}

describe("the boot file of a class", () => {
  test("replaces the loader of PXE firmware, by TFTP", () => {
    const { answer, passed } = answerFor("pxe", "shimx64.efi");
    expect(answer).toMatchObject({ file: "shimx64.efi", tftpServer: serverAddress, isHttp: false });
    expect(passed).toEqual([]);
  });

  test("replaces the loader of HTTP firmware, by HTTP", () => {
    const { answer } = answerFor("http", "shimx64.efi");
    expect(answer).toMatchObject({ file: "http://server/loaders/shimx64.efi", isHttp: true });
  });

  test("that is a URL goes to HTTP firmware as it stands", () => {
    const { answer, passed } = answerFor("http", url);
    expect(answer).toMatchObject({ file: url, tftpServer: undefined, isHttp: true });
    expect(passed).toEqual([]);
  });

  test("that is a URL is passed over for PXE firmware, which gets its loader", () => {
    const { answer, passed } = answerFor("pxe", url);
    expect(answer).toMatchObject({ file: "snponly.efi", tftpServer: serverAddress });
    expect(passed).toEqual([{ place, bootFile: url, why: expect.stringContaining("cannot load a URL") }]);
  });

  test.each(["shimx64.efi", url])("never stands for the script of iPXE: %s", (bootFile) => {
    const { answer, passed } = answerFor("ipxe", bootFile);
    expect(answer).toMatchObject({ file: "http://server/script.ipxe", isIpxe: true });
    expect(passed).toEqual([]);
  });
});
