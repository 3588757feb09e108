/** Something that a program did to a file, as the shim told it, in order. */
export type Deed =
  | { readonly deed: "opened"; readonly file: number; readonly name: string }
  | { readonly deed: "written"; readonly file: number; readonly offset: number; readonly data: Buffer }
  | { readonly deed: "synced"; readonly file: number }
  | { readonly deed: "sync failed"; readonly file: number }
  | { readonly deed: "truncated"; readonly file: number; readonly length: number }
  | { readonly deed: "renamed"; readonly from: string; readonly to: string }
  | { readonly deed: "removed"; readonly name: string };

/** Octets of `struct record` in shim.c. */
const headBytes = 24;

/** Reads a trace. A last record that was cut short does not count. */
export function* readTrace(trace: Buffer): Generator<Deed> {
  for (let at = 0; at + headBytes <= trace.length; ) {
    const length = Number(trace.readBigUInt64LE(at + 16));
    const end = at + headBytes + length;
    if (end > trace.length) return;
    yield deedOf(trace.subarray(at, at + headBytes), trace.subarray(at + headBytes, end));
    at = end;
  }
}

function deedOf(head: Buffer, data: Buffer): Deed {
  const file = head.readUInt32LE(4);
  const offset = Number(head.readBigUInt64LE(8));
  switch (head.readUInt8(0)) {
    case 1:
      return { deed: "opened", file, name: data.toString() };
    case 2:
      return { deed: "written", file, offset, data };
    case 3:
      return { deed: "synced", file };
    case 4:
      return { deed: "truncated", file, length: offset };
    case 5: {
      const [from = "", to = ""] = data.toString().split("\0");
      return { deed: "renamed", from, to };
    }
    case 6:
      return { deed: "removed", name: data.toString() };
    case 7:
      return { deed: "sync failed", file };
    default:
      throw new Error(`the trace has a record of operation ${head.readUInt8(0)}`);
  }
}
