import { z } from "zod";
import { Checkpoints } from "./config/checkpoints.ts";
import { DhcpLimits } from "./config/dhcp.ts";
import { Loaders } from "./config/loaders.ts";
import { Retention } from "./config/retention.ts";
import { isEngine, LeadershipSeconds, Store, StoreCredentialsFile } from "./config/store.ts";
import { FurtherWire, isEachOnce, Wire } from "./config/wires.ts";
import { AccessRoleName } from "./domain/values/slug.ts";
import { builtAssetsDirectory, shippedTemplatesDirectory } from "./paths.ts";

/*
 * Everything that can be set, and all that is said about it: each key's `.meta()` comes last in its chain and holds
 *
 *   description  what the key does: a sentence for operators
 *   form         what a value looks like, where the schema alone does not say it; "directory" and "file" are paths
 *   unit         of a number
 *   range        which values are taken, where the schema alone does not say it
 *   fallback     what holds when the key is left out, where no default in the schema says it
 *
 * The file's layout, the names in the environment, the flags, the reference, the sample and `config check` all come
 * from here. No key holds a secret: those are files, and the key, of the form "file", names one.
 */

const withoutCredentials =
  "expected a URL without a name and a password: every key can be read by who asks for it";
const Path = z.string().min(1);
const Console = z.string().regex(/^tty[A-Za-z0-9,]{1,30}$/, "expected a console such as ttyS0,115200");

/** Left out: the API speaks in clear. */
const Tls = z.strictObject({
  certificateFile: Path.meta({
    description:
      "The certificate of the API's listener and its chain, PEM. Read again, with the key, at SIGHUP.",
    form: "file",
  }),
  keyFile: Path.meta({ description: "The certificate's key, PEM, without a passphrase.", form: "file" }),
});

const Api = z
  .strictObject({
    address: z.union([z.ipv4(), z.ipv6()]).default("127.0.0.1").meta({
      description: "The address of the listener of GraphQL, health and metrics.",
      form: "IP address",
    }),
    port: z.int().min(0).max(65_535).default(8090).meta({
      description: "The port of that listener. 0: any free port, told when the service is ready.",
    }),
    tls: Tls.optional(),
    insecureApi: z.boolean().default(false).meta({
      description:
        "Lets the API be served without TLS beyond loopback. Tokens then cross the network in clear.",
    }),
    publicUrl: z
      .url({ protocol: /^https?$/ })
      .refine(hasNoCredentials, withoutCredentials)
      .optional()
      .meta({
        description:
          "Where people's browsers reach the API, such as `https://ironledger.example.com`; needed for `oidc`.",
        form: "URL",
        fallback: "none",
      }),
    socketsPerPrincipal: z.int().min(1).max(2_000).default(5).meta({
      description: "Most WebSocket connections that one principal may have open.",
      unit: "connections",
    }),
    operationsDirectory: Path.optional().meta({
      description: "Persisted operations: `*.graphql` files, each run under the SHA-256 of its text.",
      form: "directory",
      fallback: "none",
    }),
    onlyPersistedOperations: z.boolean().default(false).meta({
      description: "Refuses every GraphQL document that is not one of `operationsDirectory`.",
    }),
  })
  .refine(({ address, tls, insecureApi }) => tls || insecureApi || isLoopback(address), {
    path: ["address"],
    message: "the API has no TLS: keep it on 127.0.0.1 or ::1, set api.tls, or say insecureApi: true",
  })
  .refine(
    ({ operationsDirectory, onlyPersistedOperations }) => operationsDirectory || !onlyPersistedOperations,
    { path: ["operationsDirectory"], message: "onlyPersistedOperations refuses everything without it" },
  );

/** Logins through an identity provider by OpenID Connect. Left out: tokens are issued by hand alone. */
const Oidc = z.strictObject({
  issuer: z
    .url()
    .refine(isSafeIssuer, "expected https://, or http:// on loopback")
    .refine(hasNoCredentials, withoutCredentials)
    .meta({
      description: "The identity provider: what its discovery document calls `issuer`.",
      form: "URL",
    }),
  clientId: z.string().min(1).max(255).meta({ description: "The name of this service at the provider." }),
  clientSecretFile: Path.optional().meta({
    description: "A file whose first line is the secret that the provider gave this service.",
    form: "file",
    fallback: "none: the service is a public client, and PKCE alone protects the login",
  }),
  scopes: z
    .array(z.string().regex(/^[\x21\x23-\x5b\x5d-\x7e]{1,128}$/, "expected a scope without blanks"))
    .max(20)
    .default(["openid", "profile", "email"])
    .meta({
      description: "What is asked of the provider.",
      form: "list of scopes",
      range: "0 to 20 of them",
    }),
  rolesClaim: z.string().min(1).max(255).default("groups").meta({
    description: "The claim of the identity token that says in which groups somebody is.",
  }),
  roles: z.record(z.string().min(1), AccessRoleName).default({}).meta({
    description:
      "The access role of each group, such as `{ platform-team: operator }`. Other groups give none.",
    form: "map of groups to access roles",
    range: "any number of them",
  }),
  tokenHours: z.int().min(1).max(720).default(12).meta({
    description: "How long the token of a login counts.",
    unit: "hours",
  }),
});

/** Limits behind `/readyz`. */
const Readiness = z.strictObject({
  diskFreeBytes: z.int().min(67_108_864).max(1_099_511_627_776).default(268_435_456).meta({
    description: "With less free space in the data directory's file system the service is not ready.",
    unit: "bytes",
  }),
  viewLagEvents: z.int().min(1).max(10_000_000).default(10_000).meta({
    description: "A read model that is further behind the log than this makes the service not ready.",
    unit: "events",
  }),
});

/** Traces, in the form of OpenTelemetry. Left out: there are none. */
const Tracing = z.strictObject({
  endpoint: z
    .url({ protocol: /^https?$/ })
    .refine(hasNoCredentials, withoutCredentials)
    .meta({
      description: "Where spans are sent by OTLP over HTTP, such as `http://127.0.0.1:4318/v1/traces`.",
      form: "URL",
    }),
  sampleRatio: z.number().min(0).max(1).default(1).meta({
    description:
      "Which share of the traces that begin here is kept. A trace of a caller keeps the caller's decision.",
  }),
  serviceName: z.string().min(1).max(255).default("ironledger").meta({
    description: "The name under which the spans appear.",
  }),
});

/** The form of the configuration. Relative paths are relative to the configuration file. */
export const Config = z
  .strictObject({
    dataDirectory: Path.meta({
      description: "The log, the views, secrets and kept contents. One service at a time may use it.",
      form: "directory",
    }),
    store: Store,
    storeCredentialsFile: StoreCredentialsFile,
    leadershipSeconds: LeadershipSeconds,
    templatesDirectory: Path.default(shippedTemplatesDirectory).meta({
      description: "Boot environments, a folder each.",
      form: "directory",
      fallback: "the boot environments that come with Ironledger",
    }),
    assetsDirectory: Path.default(builtAssetsDirectory).meta({
      description: "Loaders and the agent.",
      form: "directory",
      fallback:
        "`assets` in the checkout, where `npm run build:agent` puts them; the package has none, so name one",
    }),
    imagesDirectory: Path.optional().meta({
      description: "Disk images: `NAME.img`, `.img.gz`, `.img.zst`.",
      form: "directory",
      fallback: "`images` in the data directory",
    }),
    backupsDirectory: Path.optional().meta({
      description: "Where `takeBackup` puts copies of the log. Better on another disk.",
      form: "directory",
      fallback: "`backups` in the data directory",
    }),
    wire: Wire.prefault({}),
    moreWires: z
      .array(FurtherWire)
      .max(15)
      .default([])
      .meta({
        description:
          "Further wires, such as `[{ interface: eth2 }, { interface: eth3, dhcp: proxy }]`: each an `interface` with, " +
          "where they differ from the defaults, `address`, `dhcp`, `rogueProbeSeconds` and `trustedServers`. The ports " +
          "are those of `wire`. Every wire then needs sockets that are bound to its interface.",
        form: "list of wires",
        range: "0 to 15 of them",
      }),
    dhcpLimits: DhcpLimits.prefault({}),
    api: Api.prefault({}),
    loaders: Loaders.prefault({}),
    consoles: z.array(Console).max(8).default(["tty0", "ttyS0,115200"]).meta({
      description: "Kernel consoles of the agent; it speaks on the last one.",
      form: "list of consoles",
      range: "0 to 8 of them",
    }),
    logLevel: z.enum(["debug", "info", "warn", "error"]).default("info").meta({
      description: "The least level of log lines; they go to standard error, a JSON object each.",
    }),
    stopSeconds: z.int().min(1).max(3_600).default(20).meta({
      description:
        "How long a stop may take. What is still under way then is cut off, and the exit code says so.",
      unit: "seconds",
    }),
    checkpoints: Checkpoints.prefault({}),
    retention: Retention.prefault({}),
    readiness: Readiness.prefault({}),
    tracing: Tracing.optional(),
    oidc: Oidc.optional(),
  })
  .refine(({ api, oidc }) => !oidc || api.publicUrl !== undefined, {
    path: ["api", "publicUrl"],
    message: "oidc needs it: the provider sends browsers back there",
  })
  .refine(({ store, storeCredentialsFile }) => isEngine(store) || storeCredentialsFile === undefined, {
    path: ["storeCredentialsFile"],
    message: "is for an engine, and store is sqlite: leave it out",
  })
  .refine(({ store, retention }) => !isEngine(store) || retention.sealAfterDays === undefined, {
    path: ["retention", "sealAfterDays"],
    message: "is for the log in files, and store names an engine: leave it out",
  })
  .refine(({ wire, moreWires }) => wire.interface !== undefined || moreWires.length === 0, {
    path: ["wire", "interface"],
    message: "is missing: with moreWires, the first wire is told by its interface, too",
  })
  .refine(({ wire, moreWires }) => isEachOnce([wire, ...moreWires]), {
    path: ["moreWires"],
    message: "an interface is a wire once: name each in wire.interface or in moreWires, once",
  });
export type Config = Readonly<z.infer<typeof Config>> & {
  readonly imagesDirectory: string;
  readonly backupsDirectory: string;
};

/** The names and values of the process's environment. */
export const environment = (): Readonly<Record<string, string | undefined>> => process.env;

function hasNoCredentials(text: string): boolean {
  const url = URL.parse(text);
  return !url || (url.username === "" && url.password === "");
}

function isSafeIssuer(text: string): boolean {
  const url = URL.parse(text);
  // That it is no URL is told already.
  if (!url) return true;
  return url.protocol === "https:" || ["localhost", "127.0.0.1", "[::1]"].includes(url.hostname);
}

function isLoopback(address: string): boolean {
  return address === "::1" || address.startsWith("127.");
}
