/** What stands in the place of a secret. */
const censored = "[secret]";

/** Where a secret is told by its own form, or by the word before it. */
const forms: readonly RegExp[] = [
  // A token of the API.
  /ilt_[A-Za-z0-9_-]{8,}/g,
  // Credentials of any header.
  /(?<=\b(?:Bearer|Basic) )[A-Za-z0-9._~+/=-]{8,}/gi,
  // The nonce of a script's URL, which anybody on the wire could use.
  /(?<=\/boot\/)[A-Za-z0-9_-]{20,}(?=\/)/g,
  // What an identity provider, or a login, puts into a URL.
  /(?<=[?&](?:code|state|token|id_token|access_token|code_verifier)=)[^&\s"#\\]+/gi,
  // The password of a URL.
  /(?<=\b[a-z][a-z0-9+.-]*:\/\/[^\s/:@"]*:)[^\s/@"]+(?=@)/gi,
  // The key of a PEM block; its line ends are escaped in JSON.
  /-----BEGIN [A-Z ]*PRIVATE KEY-----.*?-----END [A-Z ]*PRIVATE KEY-----/gs,
];

/** Fields whose value is a secret whatever it looks like. The value is text or a list of texts. */
const field =
  /("(?:authorization|proxy-authorization|cookie|set-cookie|password|secret|token|client_secret|id_token|access_token|refresh_token)":)("(?:[^"\\]|\\.)*"|\[[^\]]*\])/gi;

/** A line of the log, JSON, without what must not be in it. */
export function withoutSecrets(line: string): string {
  const named = line.replace(field, `$1"${censored}"`);
  return forms.reduce((text, form) => text.replace(form, censored), named);
}
