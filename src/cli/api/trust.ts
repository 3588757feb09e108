/**
 * Trusts further authorities from now on, for requests and feeds alike: Node's own WebSocket takes none of its own.
 *
 * @throws Error when the text holds no certificate
 */
export function trustAuthorities(pem: string): void {
  const certificates = pem.match(/-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g);
  if (!certificates) throw new Error("it holds no certificate in PEM");
  const { getCACertificates, setDefaultCACertificates } = process.getBuiltinModule("node:tls");
  setDefaultCACertificates([...getCACertificates("default"), ...certificates]);
}
