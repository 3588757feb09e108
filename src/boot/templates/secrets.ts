/**
 * What is filled in only while a script is sent: never rendered, recorded or logged.
 *
 * `nonce`: of the script's own URL. `discoveryToken`: for the discovery agent. `helloToken`: for a run's agent.
 */
const secretNames = ["nonce", "discoveryToken", "helloToken"] as const;
export type SecretName = (typeof secretNames)[number];

/** Secrets by name. One that a script does not use may be left out. */
export type Secrets = Readonly<Partial<Record<SecretName, string>>>;

const placeholder = new RegExp(`<<(${secretNames.join("|")})>>`, "g");

/** Stands for a secret in rendered text. No escaped value can contain it. */
export function placeholderOf(name: SecretName): string {
  return `<<${name}>>`;
}

/** The secrets that a rendered script will be sent with. */
export function secretsNamedIn(script: string): readonly SecretName[] {
  return [...script.matchAll(placeholder)].map(([, name]) => name as SecretName);
}

/** @throws Error when the script names a secret that was not given */
export function fillSecrets(script: string, secrets: Secrets): string {
  return script.replaceAll(placeholder, (_, name: SecretName) => {
    const value = secrets[name];
    if (value === undefined) throw new Error(`the script needs ${name}, which this boot does not have`);
    return value;
  });
}
