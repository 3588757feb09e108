/** What a request for a file is answered with (RFC 9110 s. 13 and s. 14). Octets are counted from 0. */
type FileAnswer =
  | { readonly status: 200; readonly first: 0; readonly last: number }
  | { readonly status: 206; readonly first: number; readonly last: number }
  /** The client has it already. */
  | { readonly status: 304 }
  /** The range lies behind the end. */
  | { readonly status: 416 };

/** The conditions of a request, as its headers say. */
interface FileConditions {
  readonly range?: string | undefined;
  readonly ifRange?: string | undefined;
  readonly ifNoneMatch?: string | undefined;
}

/**
 * Single ranges of octets are served; a list of ranges, another unit or nonsense is ignored, which RFC 9110
 * s. 14.2 allows, and gives the whole file. `etag`: strong, with its quotes.
 */
export function answerFile(
  { range, ifRange, ifNoneMatch }: FileConditions,
  { bytes, etag }: { readonly bytes: number; readonly etag: string },
): FileAnswer {
  if (ifNoneMatch !== undefined && namesEtag(ifNoneMatch, etag)) return { status: 304 };
  const whole: FileAnswer = { status: 200, first: 0, last: bytes - 1 };
  // A range of another version would be glued to the wrong beginning.
  if (range === undefined || (ifRange !== undefined && ifRange !== etag)) return whole;
  const [, from = "", to = ""] = /^bytes=\s*(\d{0,15})-(\d{0,15})\s*$/i.exec(range) ?? [];
  if (from === "") return to === "" ? whole : suffix(Number(to), bytes);
  const first = Number(from);
  const last = to === "" ? bytes - 1 : Math.min(Number(to), bytes - 1);
  if (to !== "" && Number(to) < first) return whole;
  return first < bytes ? { status: 206, first, last } : { status: 416 };
}

function suffix(length: number, bytes: number): FileAnswer {
  if (length === 0 || bytes === 0) return { status: 416 };
  return { status: 206, first: Math.max(0, bytes - length), last: bytes - 1 };
}

function namesEtag(header: string, etag: string): boolean {
  const named = header.split(",").map((part) => part.trim().replace(/^W\//, ""));
  return named.includes("*") || named.includes(etag);
}
