import { type IpxeEnd, type IpxeRequest, runIpxe } from "../../src/rehearsal/ipxe-run.ts";
import { parseIpxeScript } from "../../src/rehearsal/ipxe-script.ts";

/** How a script is run. */
interface Running {
  readonly settings?: Readonly<Record<string, string>>;
  /** What the machine answers. (Default: everything works) */
  readonly works?: (request: IpxeRequest) => boolean;
}

/** Runs a whole script and collects what it asks for. */
export function runScript(
  text: string,
  { settings = {}, works = () => true }: Running = {},
): { readonly requests: readonly IpxeRequest[]; readonly end: IpxeEnd } {
  const requests: IpxeRequest[] = [];
  const running = runIpxe(parseIpxeScript(text), new Map(Object.entries(settings)));
  let next = running.next();
  while (!next.done) {
    requests.push(next.value);
    next = running.next(works(next.value));
  }
  return { requests, end: next.value };
}
