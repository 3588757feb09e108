/**
 * A program of its own: `node forward-socket.ts SOCKET HOST PORT` forwards every connection to the Unix socket to a TCP
 * port. Run inside a network namespace it lets the test, which stays outside, reach a service on the loopback inside:
 * Unix sockets are files, and files know no namespaces. Prints `ready` when it listens.
 */
import { connect, createServer } from "node:net";
import { pipeline } from "node:stream";

const [socket = "", host = "", port = ""] = process.argv.slice(2);

createServer((client) => {
  const service = connect({ host, port: Number(port) });
  // Either end may vanish at any time: that ends the other one, and is nobody's fault.
  const done = () => undefined;
  pipeline(client, service, done);
  pipeline(service, client, done);
}).listen(socket, () => process.stdout.write("ready\n"));
