import { open } from "node:fs/promises";
import { join } from "node:path";
import Fastify from "fastify";
import { sha256Of } from "../../src/boot/digest.ts";
import { bootFiles } from "../../src/boot/http/boot-files.ts";
import { limitConnections } from "../../src/boot/http/connections.ts";
import { nonceBook } from "../../src/boot/nonce.ts";
import { Ipv4 } from "../../src/domain/values/ipv4.ts";
import { MacAddress } from "../../src/domain/values/mac-address.ts";

/**
 * The files of boot environments over HTTP, in a process of its own, as a child of the bench: routes, nonces and
 * recording as in the service. Tells under which address they are.
 *
 * usage: http-server.ts FOLDER PORT
 */
const [folder = "", port = ""] = process.argv.slice(2);
const address = Ipv4.parse("127.0.0.1");
const ticket = { bootId: "01920000-0000-7000-8000-0000000b0071", mac: MacAddress.parse("52:54:00:00:00:01") };
const nonces = nonceBook({ key: Buffer.alloc(32, 1), clock: () => new Date() });
const names = ["large", "middle"];
const digests = new Map(names.map((name) => [sha256Of(name), name]));

const app = Fastify({
  logger: false,
  exposeHeadRoutes: false,
  routerOptions: { ignoreDuplicateSlashes: true },
});
limitConnections(app.server);
bootFiles(app, {
  nonces,
  catalogue: {
    async findFile({ name }) {
      return names.includes(name) ? { sha256: sha256Of(name), bytes: 0 } : undefined;
    },
  },
  content: {
    put: refuse,
    putFile: refuse,
    read: refuse,
    async open(sha256) {
      const handle = await open(join(folder, digests.get(sha256) ?? ""));
      return { handle, bytes: (await handle.stat()).size };
    },
  },
  loaders: { find: async () => undefined },
  servedRuns: { runOf: () => undefined },
  tracker: { current: () => undefined },
  observer: { observe: () => undefined },
  clock: () => new Date(),
  onError: (_message, error) => {
    throw error;
  },
});
await app.listen({ host: address, port: Number(port) });
process.on("disconnect", () => process.exit());
process.send?.(`http://${address}:${port}/boot/${nonces.issue(ticket, address)}/files/bench/1`);

function refuse(): never {
  throw new Error("no download of this measurement needs it");
}
