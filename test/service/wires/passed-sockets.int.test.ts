import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const run = promisify(execFile);
const source = join(import.meta.dirname, "../../../src/service/wires/inherited-sockets.ts");

/** What a process says that was started with these sockets, each made by some words of Perl, for the interface eth1. */
async function told(...sockets: readonly string[]): Promise<string> {
  const take = `import(${JSON.stringify(source)})
    .then(({ inheritedSockets }) => inheritedSockets(process.env, process.pid))
    .then(({ names }) => process.stdout.write("taken: " + names), ({ message }) => process.stdout.write(message));`;
  // With $^F the descriptors outlast exec; they are the first that are free.
  const pass = `BEGIN { $^F = 99 } use Socket;
    ${sockets.join("\n")}
    @ENV{"LISTEN_PID", "LISTEN_FDS", "LISTEN_FDNAMES"} = ($$, ${sockets.length}, "eth1:eth1");
    exec @ARGV or die`;
  return (await run("perl", ["-e", pass, process.execPath, "-e", take])).stdout;
}

const ours = "socket(our $s, PF_INET, SOCK_DGRAM, 0); bind($s, sockaddr_in(0, INADDR_ANY)) or die;";

test("a socket of IPv4 that is bound to a port is taken", async () => {
  expect(await told(ours)).toBe("taken: eth1");
});

test.each([
  [
    "of IPv6, as `ListenDatagram=67` gives it",
    "socket(our $s, PF_INET6, SOCK_DGRAM, 0); bind($s, pack_sockaddr_in6(0, Socket::IN6ADDR_ANY)) or die;",
    /^LISTEN_FDNAMES: descriptor 3, "eth1", is bound to :: port \d+: bind it to 0\.0\.0\.0 and a port$/,
  ],
  [
    "that is bound to one address",
    "socket(our $s, PF_INET, SOCK_DGRAM, 0); bind($s, sockaddr_in(0, INADDR_LOOPBACK)) or die;",
    /"eth1", is bound to 127\.0\.0\.1 port \d+: /,
  ],
  [
    "that is bound to nothing",
    "socket(our $s, PF_INET, SOCK_DGRAM, 0);",
    /"eth1", is bound to 0\.0\.0\.0 port 0: /,
  ],
  [
    "of TCP",
    "socket(our $s, PF_INET, SOCK_STREAM, 0);",
    /"eth1", is no bound UDP socket: pass on none but those$/,
  ],
])("a socket %s is refused", async (_, words, refusal) => {
  expect(await told(words)).toMatch(refusal);
});

test("a second socket for the same port is refused", async () => {
  const again = "open(our $again, '>&', $s) or die;";
  expect(await told(ours, again)).toMatch(
    /^LISTEN_FDNAMES: descriptor 4, "eth1", is the second one for port \d+: pass on one$/,
  );
});
