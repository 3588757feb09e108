/** How one DHCP option is written on the wire. `Value` is what the rest of the program sees. */
export interface DhcpOption<Value> {
  /** 1 to 254; 0 and 255 are PAD and END (RFC 2132 s. 3.1, 3.2). */
  readonly code: number;
  readonly name: string;
  /** Where the option is specified. */
  readonly source: string;
  /**
   * Reads the value between two offsets of a message, so that nothing has to be copied. `undefined` when the octets
   * are not a valid value: the option is then treated as absent.
   *
   * @param start (Default: 0)
   * @param end Behind the last octet. (Default: the length)
   */
  readonly decode: (octets: Uint8Array, start?: number, end?: number) => Value | undefined;
  readonly encode: (value: Value) => Uint8Array;
}

/**
 * The options of a packet by code, each one value (RFC 3396), in the order they came in or are to be written. A `Map`
 * is one; packets that were received and answers have faster ones. The octets are shared and must not be changed.
 */
export interface OptionBytes {
  get(code: number): Uint8Array | undefined;
  has(code: number): boolean;
  keys(): Iterable<number>;
}

/** Options that lie in a message, where a value can be read without being cut out first. */
interface ReadableOptions extends OptionBytes {
  read<Value>(option: DhcpOption<Value>): Value | undefined;
}

/** The value of an option; `undefined` when the packet lacks it or its bytes are no valid value. */
export function readOption<Value>(options: OptionBytes, option: DhcpOption<Value>): Value | undefined {
  if (isReadable(options)) return options.read(option);
  const bytes = options.get(option.code);
  return bytes && option.decode(bytes);
}

function isReadable(options: OptionBytes): options is ReadableOptions {
  return "read" in options;
}

/** An option as it is written: its code and its value. */
export type OptionEntry = readonly [number, Uint8Array];

/** One entry of `OptionBytes`. */
export function optionEntry<Value>(option: DhcpOption<Value>, value: Value): OptionEntry {
  return [option.code, option.encode(value)];
}
