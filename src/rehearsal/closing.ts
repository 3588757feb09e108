/** What a rehearsal came to; the line that `--exit` prints. */
export interface Summary {
  readonly machines: number;
  readonly deployed: number;
  readonly duplicate_addresses: number;
  readonly failed_transfers: number;
  readonly seconds: number;
}

/** Whether everything went as it must. */
export function isSuccess(summary: Summary): boolean {
  return (
    summary.deployed === summary.machines &&
    summary.duplicate_addresses === 0 &&
    summary.failed_transfers === 0
  );
}

/** For people. */
export function summaryText(summary: Summary): string {
  return [
    `${summary.deployed} of ${summary.machines} machines deployed in ${summary.seconds} s`,
    `${summary.duplicate_addresses} duplicate addresses`,
    `${summary.failed_transfers} failed transfers`,
  ].join(", ");
}

/** `mac`: of a machine that took part. */
interface ServingAt {
  /** Base address of the API. */
  readonly api: string;
  readonly tokenFile: string;
  readonly directory: string;
  readonly temporary: boolean;
  readonly mac: string;
}

/** The command line as it is called from here: a checkout has it in a folder of its own, a package on the PATH. */
const command = import.meta.filename.endsWith(".ts") ? "bin/ironledger" : "ironledger";

/**
 * Where to look while the service goes on serving. The commands run as they are printed. The token reaches curl by a
 * pipe: what stands on a command line can be read by everybody on the host.
 */
export function whereToLook({ api, tokenFile, directory, temporary, mac }: ServingAt): string {
  const url = new URL("/graphql", api).href;
  const query = (graphql: string) =>
    [
      `printf 'authorization: Bearer %s' "$(cat '${tokenFile}')" | \\`,
      `    curl -s ${url} -H @- -H 'content-type: application/json' \\`,
      `    -d '${JSON.stringify({ query: graphql })}'`,
    ].join("\n");
  return `
Ironledger goes on serving until you press Ctrl-C.

  API        ${url}
  API token  ${tokenFile}
  data       ${directory}${temporary ? " (removed at the end)" : ""}

With the command line, in another terminal:
  ${command} context set rehearsal --use --server ${url.replace(/\/graphql$/, "")} --token-file '${tokenFile}'
  ${command} machines list
  ${command} why ${mac}

With curl, what became of each machine:
  ${query("{ machines { nodes { name state macs run { state image { file sha256 } } } } }")}

What happened to one machine, and why:
  ${query(`{ machine(mac: "${mac}") { timeline(first: 200) { nodes { time type actor bootId run { runId } detail } } } }`)}

Who holds which address:
  ${query("{ leases { nodes { address status until holder { mac } } } }")}
`;
}
