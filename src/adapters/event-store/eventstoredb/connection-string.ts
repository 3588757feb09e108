/** An engine, as its connection string names it. */
export interface EngineAddress {
  /** For the client. Holds the password: never for a log or a message. */
  readonly url: string;
  /** For every append. */
  readonly credentials: { readonly username: string; readonly password: string };
}

/** User and password, in the one place where the client looks for them. */
const userPattern = /^[^:]+:\/\/([^:/]+):([^@/]+)@/;

/** On a channel without TLS the client sends no credentials, whatever it was given. */
const nobody = { username: "nobody", password: "nobody" };

/**
 * Reads `esdb://user:password@host:port?tls=…`, with several hosts or `esdb+discover` for a cluster.
 *
 * @throws Error that does not repeat the password
 */
export function readConnectionString(text: string): EngineAddress {
  const trimmed = text.trim();
  if (!/^esdb(?:\+discover)?:\/\/./.test(trimmed)) {
    throw new Error("the engine's connection string does not start with esdb:// or esdb+discover://");
  }
  const [, username, password] = userPattern.exec(trimmed) ?? [];
  if (username !== undefined && password !== undefined) {
    const credentials = { username: decodeURIComponent(username), password: decodeURIComponent(password) };
    return { url: withSettings(trimmed), credentials };
  }
  if (/[?&]tls=false\b/i.test(trimmed)) return { url: withSettings(trimmed), credentials: nobody };
  throw new Error("the engine's connection string names no user: with TLS it must, before the host");
}

/**
 * A connection string without a user, with the one that the first line of a file names; `undefined`: that line is not
 * `user:password`.
 */
export function withUser(connectionString: string, file: string): string | undefined {
  const [line = ""] = file.split("\n");
  const { name, password } = /^(?<name>[^:]+):(?<password>.+)$/.exec(line.trim())?.groups ?? {};
  if (name === undefined || password === undefined) return undefined;
  return connectionString.replace("://", `://${encodeURIComponent(name)}:${encodeURIComponent(password)}@`);
}

/**
 * What is set where the text does not: a search for the leader is one round with two seconds for each node, because
 * whoever asked tries again by itself. A refused append always throws: the client's other way of telling it tells a
 * wrong revision.
 */
function withSettings(text: string): string {
  const unset = ["maxDiscoverAttempts=1", "gossipTimeout=2"].filter(
    (setting) => !new RegExp(`[?&]${setting.replace(/=.*/, "=")}`, "i").test(text),
  );
  const settings = [...unset, "throwOnAppendFailure=true"].join("&");
  return `${text}${text.includes("?") ? "&" : "?"}${settings}`;
}
