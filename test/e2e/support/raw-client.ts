import { createSocket } from "node:dgram";
import { once } from "node:events";
import {
  bootFileName,
  clientArchitecture,
  userClass,
  vendorClass,
} from "../../../src/boot/dhcp/options/boot.ts";
import { requestedAddress, serverIdentifier } from "../../../src/boot/dhcp/options/configuration.ts";
import { firmwareUuid } from "../../../src/boot/dhcp/options/firmware-uuid.ts";
import { messageType } from "../../../src/boot/dhcp/options/message-type.ts";
import { type DhcpOption, optionEntry, readOption } from "../../../src/boot/dhcp/options/option.ts";
import { OptionList } from "../../../src/boot/dhcp/options/option-list.ts";
import { decode, encode, noAddress } from "../../../src/boot/dhcp/packet.ts";

/**
 * A program that runs inside a namespace: sends the DHCP message that its argument describes from the port of clients,
 * and prints what it hears of answers within two seconds, a line of JSON each.
 */
const words = JSON.parse(process.argv[2] ?? "{}");
const xid = Math.floor(Math.random() * 2 ** 32);

const options = new OptionList();
function add<Value>(option: DhcpOption<Value>, value: Value | undefined): void {
  if (value !== undefined) options.add(optionEntry(option, value));
}
add(messageType, words.type);
add(vendorClass, words.vendorClass);
add(clientArchitecture, words.architecture && [words.architecture]);
add(requestedAddress, words.requested);
add(serverIdentifier, words.server);
add(firmwareUuid, "11223344-5566-7788-99aa-bbccddeeff00");
// As iPXE writes it, which is not as RFC 3004 has it.
if (words.userClass) options.add([userClass.code, Buffer.from(words.userClass)]);

const socket = createSocket({ type: "udp4", reuseAddr: true });
socket.on("message", (datagram, from) => {
  const packet = decode(datagram);
  if (packet?.op !== "reply" || packet.xid !== xid) return;
  const read = <Value>(option: DhcpOption<Value>) => readOption(packet.options, option) ?? null;
  const { yiaddr, siaddr, file } = packet;
  const line = {
    ...{ from: from.address, port: from.port, type: read(messageType), yiaddr, siaddr, file },
    ...{ server: read(serverIdentifier), vendorClass: read(vendorClass), bootFile: read(bootFileName) },
    uuid: read(firmwareUuid),
  };
  process.stdout.write(`${JSON.stringify(line)}\n`);
});
socket.bind({ address: "0.0.0.0", port: 68 });
await once(socket, "listening");
socket.setBroadcast(true);
const header = { op: "request", hops: 0, xid, secs: 0, broadcast: true, yiaddr: noAddress } as const;
const addresses = { siaddr: noAddress, giaddr: noAddress, ciaddr: words.ciaddr ?? noAddress };
const packet = { ...header, ...addresses, mac: words.mac, sname: "", file: "", options };
socket.send(encode(packet), words.port ?? 67, words.to, (error) => {
  if (error) throw error;
});
setTimeout(() => socket.close(), 2_000);
