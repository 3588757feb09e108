import { createSocket } from "node:dgram";
import { parentPort, workerData } from "node:worker_threads";
import { requestedAddress, serverIdentifier } from "../../src/boot/dhcp/options/configuration.ts";
import { messageType } from "../../src/boot/dhcp/options/message-type.ts";
import { optionEntry } from "../../src/boot/dhcp/options/option.ts";
import { encode, noAddress } from "../../src/boot/dhcp/packet.ts";
import type { Ipv4 } from "../../src/domain/values/ipv4.ts";
import type { MacAddress } from "../../src/domain/values/mac-address.ts";

/** What the thread is started with. */
export interface DoraClientsData {
  readonly serverAddress: Ipv4;
  readonly serverPort: number;
  /** Where the answers come, broadcast. */
  readonly clientPort: number;
  /** Exchanges under way at a time. */
  readonly inFlight: number;
}

/** The thread answers each message of its starter with the count of exchanges completed so far. */
export type DoraClientsReport = { readonly completed: number };

/**
 * Clients that never had an address: each takes one with DISCOVER, OFFER, REQUEST, ACK, and makes way for the next.
 * No relay is between (giaddr 0), and the answers are broadcast. Messages are patched templates, so that the load
 * costs little of the two cores that it shares with the server.
 */
const { serverAddress, serverPort, clientPort, inFlight } = workerData as DoraClientsData;

const patienceMs = 1_000;
const macTail = 30;
const xidAt = 4;
const yiaddrAt = 16;
const messageTypeAt = 242;
const offer = 2;
const ack = 5;

const discoverTemplate = template("discover");
const requestTemplate = template("request");
/** Option 50 is the second option, after three octets of option 53; its value follows two more. */
const requestedAt = 240 + 3 + 2;

/** By slot: the number of the client that has it now, and when it last said something. */
const clients = Array.from({ length: inFlight }, (_, slot) => slot);
const spokeMs = new Float64Array(inFlight);
let clientsBegun = inFlight;
let completed = 0;

const socket = createSocket({
  type: "udp4",
  reuseAddr: true,
  lookup: (name, _options, found) => found(null, name, 4),
});

function template(type: "discover" | "request"): Buffer {
  const bytes = encode({
    op: "request",
    hops: 0,
    xid: 0,
    secs: 0,
    broadcast: true,
    ciaddr: noAddress,
    yiaddr: noAddress,
    siaddr: noAddress,
    giaddr: noAddress,
    mac: "02:00:00:00:00:00" as MacAddress,
    sname: "",
    file: "",
    options: new Map([
      optionEntry(messageType, type),
      ...(type === "request" ? [optionEntry(requestedAddress, noAddress)] : []),
      ...(type === "request" ? [optionEntry(serverIdentifier, serverAddress)] : []),
    ]),
  });
  return Buffer.from(bytes);
}

/** The slot is the transaction's number, so that an answer finds its client. */
function speak(slot: number, from: Buffer, requested?: Buffer): void {
  const message = Buffer.from(from);
  message.writeUInt32BE(slot, xidAt);
  message.writeUInt32BE(clients[slot] ?? 0, macTail);
  requested?.copy(message, requestedAt);
  spokeMs[slot] = performance.now();
  socket.send(message, serverPort, serverAddress);
}

function begin(slot: number): void {
  clients[slot] = clientsBegun++;
  speak(slot, discoverTemplate);
}

socket.on("message", (reply) => {
  const slot = reply.readUInt32BE(xidAt);
  if (reply.readUInt32BE(macTail) !== clients[slot]) return;
  const type = reply[messageTypeAt];
  if (type === offer) {
    speak(slot, requestTemplate, reply.subarray(yiaddrAt, yiaddrAt + 4));
  } else if (type === ack) {
    completed++;
    begin(slot);
  }
});

socket.bind({ address: "0.0.0.0", port: clientPort }, () => {
  for (const slot of clients.keys()) begin(slot);
});

// A datagram that the kernel dropped would idle its slot for ever.
setInterval(() => {
  const now = performance.now();
  for (const [slot, lastMs] of spokeMs.entries())
    if (now - lastMs > patienceMs) speak(slot, discoverTemplate);
}, patienceMs);

parentPort?.on("message", () => parentPort?.postMessage({ completed } satisfies DoraClientsReport));
