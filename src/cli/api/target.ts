/** Which service is asked, and as whom. */
export interface Target {
  /** Base address of the API. */
  readonly server: URL;
  /** `undefined`: requests carry none, and are refused. */
  readonly token: string | undefined;
  /** Where the token is from, for people. (Default: nothing is said) */
  readonly tokenSource?: string | undefined;
}
