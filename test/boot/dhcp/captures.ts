import { readFileSync } from "node:fs";

/** The payloads of one captured exchange, by name. */
export function capture(file: "ipxe-bios" | "ovmf-httpv4" | "ovmf-pxev4"): ReadonlyMap<string, Uint8Array> {
  const text = readFileSync(new URL(`../../fixtures/dhcp/${file}.txt`, import.meta.url), "utf8");
  const lines = text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  return new Map(
    lines.map((line) => {
      const [name = "", hex = ""] = line.split(" ");
      return [name, Uint8Array.from(Buffer.from(hex, "hex"))];
    }),
  );
}

/** One captured payload. */
export function captured(file: Parameters<typeof capture>[0], name: string): Uint8Array {
  const payload = capture(file).get(name);
  if (!payload) throw new Error(`${file} holds no ${name}`);
  return payload;
}

/** Every captured payload. */
export function everyCapture(): readonly Uint8Array[] {
  return (["ipxe-bios", "ovmf-httpv4", "ovmf-pxev4"] as const).flatMap((file) => [...capture(file).values()]);
}
