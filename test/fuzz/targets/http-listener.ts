import { connect } from "node:net";
import { startBootService } from "../../boot/http/boot-service.ts";
import type { Random } from "../mutate.ts";
import { type FuzzTarget, must } from "../target.ts";

/** Statuses that a stranger is never told: those of a server that does not know what to do. */
const helpless = /^HTTP\/1\.1 5/m;
/** Of a file outside of all folders. */
const outside = "root:x:0:0";

/** The boot listener, told raw octets: paths, headers and bodies of every kind. */
export async function httpListener(): Promise<FuzzTarget> {
  const service = await startBootService();
  const nonce = service.nonce();
  const requests = [
    `GET /boot/${nonce}/script.ipxe HTTP/1.1\r\nhost: x\r\n`,
    `GET /boot/${nonce}/loaders/snponly.efi HTTP/1.1\r\nhost: x\r\nrange: bytes=1-2\r\n`,
    `HEAD /boot//${nonce}/loaders/..%2f..%2fetc%2fpasswd HTTP/1.1\r\nhost: x\r\n`,
    `GET /boot/${nonce}/files/discovery/1/..\\..\\..\\etc\\passwd HTTP/1.1\r\nhost: x\r\n`,
    `POST /agent/v1/discoveries/01920000-0000-7000-8000-0000000000a1/inventory HTTP/1.1\r\nhost: x\r\nauthorization: Bearer x\r\ncontent-length: 2\r\n`,
  ];

  return {
    name: "http-listener",
    seeds: requests.map((head) => Buffer.from(`${head}connection: close\r\n\r\n{}`)),
    make: (random) => request(nonce, random),
    async run(input) {
      const answer = await told(service.port, Buffer.concat([input, Buffer.from("\r\n\r\n")]));
      must(!helpless.test(answer), `answered ${answer.slice(0, 200)}`);
      must(!answer.includes(outside), "a file of another folder was sent");
      for (const line of service.state.logged) {
        must(line.endsWith("\n") && !line.slice(0, -1).includes("\n"), `two lines in one: ${line}`);
        JSON.parse(line);
      }
      service.state.logged.length = 0;
      return /^HTTP\/1\.1 2/.test(answer);
    },
    close: () => service.stop(),
  };
}

/** Pieces of paths, in all the spellings in which one has left a folder somewhere. */
const pieces = [
  ...[
    "snponly.efi",
    "grub-local.efi",
    "discovery",
    "1",
    "vmlinuz",
    "script.ipxe",
    "loaders",
    "files",
    "boot",
  ],
  ...[
    "..",
    "%2e%2e",
    "%2E.",
    "..%2f..",
    "..%5c",
    "....//",
    "%c0%af",
    "%00",
    ".",
    "",
    "~",
    "etc",
    "passwd",
    "?x=1",
    "#",
  ],
];
const headers = [
  "range: bytes=1-",
  "range: bytes=9-1",
  "if-none-match: *",
  "host: y",
  "expect: 100-continue",
];

function request(nonce: string, random: Random): Uint8Array {
  const of = (values: readonly string[]) => values[random(values.length)] ?? "";
  const tail = Array.from({ length: 1 + random(5) }, () => of(pieces)).join("/");
  const known = [`loaders/${of(pieces)}`, `files/discovery/${of(pieces)}/${of(pieces)}`, "script.ipxe", tail];
  const path = `/boot${of(["/", "//"])}${of([nonce, nonce, nonce, nonce, "x".repeat(56), of(pieces)])}/${of(known)}`;
  const head = `${of(["GET", "GET", "HEAD", "POST"])} ${path} HTTP/1.1\r\nhost: x\r\n${of(headers)}`;
  return Buffer.from(`${head}\r\nconnection: close\r\n\r\n`);
}

/** What is answered until the other side has said all; a request that never ends is hung up on. */
function told(port: number, octets: Uint8Array): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: "127.0.0.1", port });
    const heard: Buffer[] = [];
    const done = () => {
      socket.destroy();
      resolve(Buffer.concat(heard).toString("latin1"));
    };
    socket.setTimeout(200, done);
    socket.on("data", (bytes: Buffer) => heard.push(bytes));
    socket.on("close", done);
    socket.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "ECONNRESET" || error.code === "EPIPE") done();
      else reject(error);
    });
    socket.end(octets);
  });
}
