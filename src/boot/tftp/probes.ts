/**
 * What loaders ask for just in case, every time they start: lists of modules that signed builds have inside, fonts and
 * translations, revocations and certificates for shim, configurations by address.
 */
const probes =
  /(?:^|\/)(?:grub\.cfg-[^/]*|[^/]*\.(?:lst|mod|pf2|g?mo)|revocations_[a-z]+\.efi|shim_certificate_\d+\.efi)$/;

/** Whether a file is asked for by every machine and had by none, so that its absence is worth no event. */
export function isProbe(asked: string): boolean {
  return probes.test(asked);
}

/** A path as it may be written down: a nonce in it is a secret, however the rest of the path is spelled. */
export function withoutNonce(asked: string): string {
  return asked.replaceAll(/(?<![A-Za-z0-9_-])[A-Za-z0-9_-]{56}(?![A-Za-z0-9_-])/g, "<nonce>");
}
