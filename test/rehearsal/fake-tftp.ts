import { createSocket, type Socket } from "node:dgram";
import { once } from "node:events";

/** A TFTP server of one file, which loses and doubles packets when told to. */
export interface FakeTftp {
  readonly port: number;
  /** Requests that came, in order: the file and the options. */
  readonly requests: readonly (readonly string[])[];
  /** Codes of errors that clients sent. */
  readonly errors: readonly number[];
  close(): Promise<void>;
}

/** What happens to the `count`th packet (from 1) that the server sends or receives. */
export type Fate = (count: number) => "pass" | "lose" | "double";

export async function startFakeTftp(
  contents: Buffer,
  { fate = () => "pass" as const }: { readonly fate?: Fate } = {},
): Promise<FakeTftp> {
  const listener = createSocket("udp4");
  const sockets: Socket[] = [listener];
  const requests: string[][] = [];
  const errors: number[] = [];
  let count = 0;

  /** Calls as often as the packet gets through. */
  function through(deliver: () => void): void {
    count += 1;
    const what = fate(count);
    if (what !== "lose") deliver();
    if (what === "double") deliver();
  }

  listener.on("message", (packet, from) =>
    through(() => {
      const words = packet.toString("latin1", 2).split("\0").slice(0, -1);
      requests.push(words);
      const blockBytes = Number(words[words.indexOf("blksize") + 1]);
      const transfer = createSocket("udp4");
      sockets.push(transfer);
      const send = (answer: Buffer) => through(() => transfer.send(answer, from.port, from.address));
      transfer.on("message", (answer) =>
        through(() => {
          if (answer.readUInt16BE(0) === 5) errors.push(answer.readUInt16BE(2));
          else send(dataAfter(contents, answer.readUInt16BE(2), blockBytes));
        }),
      );
      send(Buffer.from(`\0\x06tsize\0${contents.length}\0blksize\0${blockBytes}\0`));
    }),
  );
  listener.bind(0, "127.0.0.1");
  await once(listener, "listening");
  return {
    port: listener.address().port,
    requests,
    errors,
    async close() {
      await Promise.all(
        sockets.map((socket) => {
          socket.close();
          return once(socket, "close");
        }),
      );
    },
  };
}

/** The block after the acknowledged one; an empty one when the file fills its blocks. */
function dataAfter(contents: Buffer, acknowledged: number, blockBytes: number): Buffer {
  const block = acknowledged + 1;
  const part = contents.subarray(acknowledged * blockBytes, block * blockBytes);
  return Buffer.concat([Buffer.from([0, 3, (block >> 8) & 255, block & 255]), part]);
}
