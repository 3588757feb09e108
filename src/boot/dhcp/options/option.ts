/** How one DHCP option is written on the wire. `Value` is what the rest of the program sees. */
export interface DhcpOption<Value> {
  /** 1 to 254; 0 and 255 are PAD and END (RFC 2132 s. 3.1, 3.2). */
  readonly code: number;
  readonly name: string;
  /** Where the option is specified. */
  readonly source: string;
  /** `undefined` when the bytes are not a valid value: the option is then treated as absent. */
  readonly decode: (bytes: Uint8Array) => Value | undefined;
  readonly encode: (value: Value) => Uint8Array;
}

/** The options of a packet by code, each joined to one value (RFC 3396), in the order they are written. */
export type OptionBytes = ReadonlyMap<number, Uint8Array>;

/** The value of an option; `undefined` when the packet lacks it or its bytes are no valid value. */
export function readOption<Value>(options: OptionBytes, option: DhcpOption<Value>): Value | undefined {
  const bytes = options.get(option.code);
  return bytes && option.decode(bytes);
}

/** One entry of `OptionBytes`. */
export function optionEntry<Value>(option: DhcpOption<Value>, value: Value): readonly [number, Uint8Array] {
  return [option.code, option.encode(value)];
}
