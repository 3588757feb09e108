import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { BootEvent } from "../../domain/boot/events.ts";
import { bootRefused } from "../../domain/boot/refusal.ts";
import type { Ipv4 } from "../../domain/values/ipv4.ts";
import type { Sha256 } from "../../domain/values/sha256.ts";
import type { BootTracker } from "../boot-tracker.ts";
import { environmentFile } from "../environment-file.ts";
import type { BootTicket, NonceBook } from "../nonce.ts";
import type { Observer } from "../observer.ts";
import type { Catalogue } from "../templates/catalogue.ts";
import type { ContentStore } from "../templates/content-store.ts";
import type { LoaderFiles } from "../tftp/loader-files.ts";
import { notFound, send, sourceOf } from "./answer.ts";
import { type OpenFile, openBytes, openContent, sendFile } from "./files.ts";
import { clientMeta } from "./known-boot.ts";
import type { ServedRuns } from "./served-runs.ts";

export interface BootFilesOptions {
  readonly nonces: NonceBook;
  readonly catalogue: Pick<Catalogue, "findFile">;
  readonly content: ContentStore;
  readonly loaders: LoaderFiles;
  readonly servedRuns: Pick<ServedRuns, "runOf">;
  readonly tracker: Pick<BootTracker, "current">;
  readonly observer: Pick<Observer, "observe">;
  readonly clock: () => Date;
  /** What failed while a file was on its way. */
  readonly onError: (message: string, error: unknown) => void;
}

/** A file that was found, and under what name it is observed. */
interface FoundFile {
  readonly file: OpenFile;
  readonly name: string;
  readonly sha256: Sha256;
}

/** Kernels, initrds and loaders, for whoever has the nonce of a boot. */
export function bootFiles(app: FastifyInstance, options: BootFilesOptions): void {
  const { nonces, catalogue, content, loaders } = options;

  app.route<{ Params: { nonce: string; environment: string; version: string; name: string } }>({
    method: ["GET", "HEAD"],
    url: "/boot/:nonce/files/:environment/:version/:name",
    handler: (request, reply) =>
      answer(request, reply, {
        options,
        read: nonces.read,
        async find() {
          const kept = await environmentFile(request.params, catalogue);
          if (!kept) return undefined;
          const { name, sha256 } = kept;
          const file = openContent({ ...(await content.open(sha256)), sha256 });
          return { file, name, sha256 };
        },
      }),
  });

  app.route<{ Params: { nonce: string; name: string } }>({
    method: ["GET", "HEAD"],
    url: "/boot/:nonce/loaders/:name",
    handler: (request, reply) =>
      answer(request, reply, {
        options,
        read: (nonce, address) => readLoaderNonce(nonce, address, nonces),
        async find() {
          const loader = await loaders.find(request.params.name);
          return loader && { file: openBytes(loader), name: loader.name, sha256: loader.sha256 };
        },
      }),
  });
}

/** Behind a proxied DHCP server nobody knows the address that firmware will ask from. A loader is no secret. */
function readLoaderNonce(nonce: string, address: Ipv4, nonces: NonceBook) {
  const bound = nonces.read(nonce, address);
  return bound.outcome === "unknown" ? nonces.readUnbound(nonce) : bound;
}

interface FileRoute {
  readonly options: BootFilesOptions;
  /** Which nonces the route takes. */
  readonly read: NonceBook["read"];
  readonly find: () => Promise<FoundFile | undefined>;
}

async function answer(
  request: FastifyRequest<{ Params: { nonce: string } & Readonly<Record<string, string>> }>,
  reply: FastifyReply,
  { options, read, find }: FileRoute,
): Promise<FastifyReply> {
  const address = sourceOf(request);
  const reading = address && read(request.params.nonce, address);
  if (!address || !reading || reading.outcome === "unknown") return send(reply, notFound);
  const boot = { ticket: reading.ticket, address };
  const { nonce: _nonce, ...path } = request.params;
  const asked = Object.values(path).join("/");
  if (reading.outcome === "expired") {
    const message = "the URL is older than a quarter of an hour";
    observe(bootRefused({ request: asked, code: "NONCE_EXPIRED", message, address }), boot, options);
    return send(reply, notFound);
  }
  const found = await find();
  if (!found) {
    const message = "no boot environment and no loader has this file";
    observe(bootRefused({ request: asked, code: "FILE_NOT_FOUND", message, address }), boot, options);
    return send(reply, notFound);
  }
  const { file, name, sha256 } = found;
  const data = { file: name, protocol: "http" as const, address, bytes: file.bytes, sha256 };
  return sendFile(request, reply, {
    file,
    onWhole: () => observe({ type: "BootFileServed", data }, boot, options),
    onError: options.onError,
  });
}

function observe(
  event: BootEvent,
  { ticket, address }: { readonly ticket: BootTicket; readonly address: Ipv4 },
  { servedRuns, tracker, observer, clock }: BootFilesOptions,
): void {
  const { mac, bootId } = ticket;
  const current = tracker.current(mac, clock().getTime());
  const tracked = current?.bootId === bootId ? current.correlationId : bootId;
  const correlationId = servedRuns.runOf(bootId) ?? tracked;
  observer.observe({ mac, event, meta: clientMeta(ticket, { correlationId, address }) });
}
