import { createDownload } from "../api/download.ts";
import type { Session } from "../session.ts";

/** Which events, in which form. Positions are those of the API. */
export interface ExportRequest {
  readonly format: "verifiable" | "cloudevents";
  readonly after?: string | undefined;
  readonly through?: string | undefined;
  /** The last event of a part that was got before: what comes is what stands behind it. */
  readonly resumeAfter?: string | undefined;
  /** Of CloudEvents only these types. (Default: all) */
  readonly type?: readonly string[] | undefined;
  /** Of CloudEvents none before this, RFC 3339. */
  readonly since?: string | undefined;
  /** Of CloudEvents only those before this, RFC 3339. */
  readonly until?: string | undefined;
}

/**
 * The octets of an export, as they come.
 *
 * @throws Failure when the service refuses it @throws ConnectionLost when they stop to come
 */
export async function requestExport(
  session: Session,
  { format, type = [], ...range }: ExportRequest,
): Promise<AsyncIterable<Uint8Array>> {
  const { target } = await session.api();
  const url = new URL("/export", target.server);
  url.searchParams.set("format", format);
  for (const each of type) url.searchParams.append("type", each);
  for (const [name, value] of Object.entries(range)) {
    if (value !== undefined) url.searchParams.set(name, value);
  }
  session.detail(`asking ${url.href}`);
  return createDownload(url, { target, signal: session.signal });
}
