/**
 * TFTP packets (RFC 1350 s. 5) with options (RFC 2347). Two octets of opcode, then what each kind says;
 * numbers in network order, strings of ASCII that end with a zero octet.
 */
export type TftpPacket =
  | ReadRequest
  | WriteRequest
  | Data
  | Acknowledgment
  | TftpError
  | OptionAcknowledgment;

export interface ReadRequest {
  readonly kind: "read";
  readonly file: string;
  /** In lower case, because RFC 1350 s. 5 allows any: `octet`, `netascii`. */
  readonly mode: string;
  readonly options: TftpOptions;
}

interface WriteRequest {
  readonly kind: "write";
  readonly file: string;
  readonly mode: string;
  readonly options: TftpOptions;
}

interface Data {
  readonly kind: "data";
  /** 0 to 65535; block 65536 is 0 again. */
  readonly block: number;
  readonly bytes: Uint8Array;
}

interface Acknowledgment {
  readonly kind: "acknowledgment";
  readonly block: number;
}

export interface TftpError {
  readonly kind: "error";
  readonly code: number;
  readonly message: string;
}

interface OptionAcknowledgment {
  readonly kind: "option-acknowledgment";
  readonly options: TftpOptions;
}

/** Values as sent, by name in lower case (RFC 2347: names are case-insensitive). Of equal names the first. */
export type TftpOptions = ReadonlyMap<string, string>;

/** Error codes (RFC 1350 appendix I; 8: RFC 2347 s. 4). */
export const tftpErrorCode = {
  notDefined: 0,
  notFound: 1,
  accessViolation: 2,
  diskFull: 3,
  illegalOperation: 4,
  unknownTransfer: 5,
  /** A client that only wanted the size, or disliked an option, ends the transfer with it. */
  optionsRefused: 8,
} as const;

const opcode = { read: 1, write: 2, data: 3, acknowledgment: 4, error: 5, optionAcknowledgment: 6 } as const;

/** Most octets of a request: RFC 2347 s. 2 allows 512. */
const requestBytesMax = 512;

/** `undefined` for whatever is not a TFTP packet. Never throws. */
export function decodeTftp(datagram: Uint8Array): TftpPacket | undefined {
  const bytes = Buffer.from(datagram.buffer, datagram.byteOffset, datagram.byteLength);
  if (bytes.length < 4) return undefined;
  const block = bytes.readUInt16BE(2);
  switch (bytes.readUInt16BE(0)) {
    case opcode.read:
      return decodeRequest("read", bytes);
    case opcode.write:
      return decodeRequest("write", bytes);
    case opcode.data:
      return { kind: "data", block, bytes: bytes.subarray(4) };
    case opcode.acknowledgment:
      return { kind: "acknowledgment", block };
    case opcode.error:
      return { kind: "error", code: block, message: firstString(bytes.subarray(4)) };
    case opcode.optionAcknowledgment: {
      const options = decodeOptions(strings(bytes.subarray(2)));
      return options && { kind: "option-acknowledgment", options };
    }
    default:
      return undefined;
  }
}

export function encodeTftp(packet: TftpPacket): Buffer {
  switch (packet.kind) {
    case "read":
    case "write": {
      const { file, mode, options } = packet;
      return Buffer.concat([
        number16(opcode[packet.kind]),
        encodeStrings([file, mode, ...[...options].flat()]),
      ]);
    }
    case "data":
      return Buffer.concat([number16(opcode.data), number16(packet.block), packet.bytes]);
    case "acknowledgment":
      return Buffer.concat([number16(opcode.acknowledgment), number16(packet.block)]);
    case "error":
      return Buffer.concat([number16(opcode.error), number16(packet.code), encodeStrings([packet.message])]);
    case "option-acknowledgment":
      return Buffer.concat([
        number16(opcode.optionAcknowledgment),
        encodeStrings([...packet.options].flat()),
      ]);
  }
}

function decodeRequest(kind: "read" | "write", bytes: Buffer): ReadRequest | WriteRequest | undefined {
  if (bytes.length > requestBytesMax) return undefined;
  const all = strings(bytes.subarray(2));
  if (!all) return undefined;
  const [file = "", mode = "", ...rest] = all;
  const options = decodeOptions(rest);
  if (file === "" || mode === "" || !options) return undefined;
  return { kind, file, mode: mode.toLowerCase(), options };
}

function decodeOptions(texts: readonly string[] | undefined): TftpOptions | undefined {
  if (!texts || texts.length % 2 !== 0) return undefined;
  const options = new Map<string, string>();
  for (let index = 0; index < texts.length; index += 2) {
    const name = (texts[index] ?? "").toLowerCase();
    if (!options.has(name)) options.set(name, texts[index + 1] ?? "");
  }
  return options;
}

/** The zero-terminated strings that fill `bytes` exactly; `undefined` when the last one does not end. */
function strings(bytes: Buffer): readonly string[] | undefined {
  if (bytes.length === 0) return [];
  if (bytes.at(-1) !== 0) return undefined;
  return bytes.toString("latin1", 0, bytes.length - 1).split("\0");
}

function firstString(bytes: Buffer): string {
  return bytes.toString("latin1").split("\0", 1)[0] ?? "";
}

function encodeStrings(texts: readonly string[]): Buffer {
  return Buffer.from(texts.map((text) => `${text}\0`).join(""), "latin1");
}

function number16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(value);
  return bytes;
}
