import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { Ipv4 } from "./domain/values/ipv4.ts";
import { builtAssetsDirectory, shippedTemplatesDirectory } from "./paths.ts";

const Port = z.int().min(1).max(65_535);
const FileName = z.string().regex(/^[A-Za-z0-9_][A-Za-z0-9_.-]*$/, "expected a plain file name");

/** The one network that the service answers machines on. */
const Wire = z.strictObject({
  /** The service's own address on that network; machines are told to come here. */
  address: Ipv4,
  dhcpPort: Port.default(67),
  dhcpClientPort: Port.default(68),
  tftpPort: Port.default(69),
  httpPort: Port.default(8080),
});

const Api = z
  .strictObject({
    address: z.union([z.ipv4(), z.ipv6()]).default("127.0.0.1"),
    /** 0: any free port, told when the service is ready. */
    port: z.int().min(0).max(65_535).default(8090),
    /** Lets the API be served without TLS beyond loopback. Tokens then cross the network in clear. */
    insecureApi: z.boolean().default(false),
  })
  .refine(({ address, insecureApi }) => insecureApi || isLoopback(address), {
    path: ["address"],
    message: "the API has no TLS: keep it on 127.0.0.1 or ::1, or say insecureApi: true",
  });

/** Everything that can be set. Relative paths are relative to the configuration file. */
export const Config = z.strictObject({
  /** The log, the views, secrets and kept contents. One service at a time may use it. */
  dataDirectory: z.string().min(1),
  /** (Default: the boot environments that come with Ironledger) */
  templatesDirectory: z.string().min(1).default(shippedTemplatesDirectory),
  /** Loaders and the agent. (Default: where `npm run build:agent` puts them) */
  assetsDirectory: z.string().min(1).default(builtAssetsDirectory),
  /** Disk images. (Default: `images` in the data directory) */
  imagesDirectory: z.string().min(1).optional(),
  wire: Wire,
  api: Api.prefault({}),
  /** Loaders beside the shipped ones, files in the assets folder. */
  loaders: z.strictObject({ "arm64-uefi": FileName.optional() }).default({}),
  /** Kernel consoles of the agent; it speaks on the last one. */
  consoles: z
    .array(z.string().regex(/^tty[A-Za-z0-9,]{1,30}$/, "expected a console such as ttyS0,115200"))
    .max(8)
    .default(["tty0", "ttyS0,115200"]),
  logLevel: z.enum(["debug", "info", "warn", "error"]).default("info"),
});
export type Config = Readonly<z.infer<typeof Config>> & { readonly imagesDirectory: string };

/** The configuration cannot be used. `message` names the key, its value and what to write instead. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
}

/** The file to read when none was named: `IRONLEDGER_CONFIG`, else `ironledger.yaml` in the working directory. */
export function configFileFromEnvironment(): string {
  return process.env["IRONLEDGER_CONFIG"] ?? "ironledger.yaml";
}

/** @throws ConfigError */
export function readConfig(file: string): Config {
  const base = dirname(resolve(file));
  const parsed = Config.safeParse(parseYaml(file));
  if (!parsed.success) {
    throw new ConfigError(`${file}: ${parsed.error.issues.map(describeIssue).join("; ")}`);
  }
  const config = parsed.data;
  const dataDirectory = resolve(base, config.dataDirectory);
  return {
    ...config,
    dataDirectory,
    templatesDirectory: resolve(base, config.templatesDirectory),
    assetsDirectory: resolve(base, config.assetsDirectory),
    imagesDirectory: resolve(base, config.imagesDirectory ?? `${dataDirectory}/images`),
  };
}

function parseYaml(file: string): unknown {
  try {
    return parse(readFileSync(file, "utf8"));
  } catch (error) {
    const detail = error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error);
    throw new ConfigError(`${file}: cannot be read as YAML: ${detail}`, { cause: error });
  }
}

function describeIssue(issue: z.core.$ZodIssue): string {
  const key = issue.path.join(".") || "the file";
  return `${key}: ${issue.message}`;
}

function isLoopback(address: string): boolean {
  return address === "::1" || address.startsWith("127.");
}
