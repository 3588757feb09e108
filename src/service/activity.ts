/** What was counted since the start, by part of the service. */
export type Counts = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** What moved between two looks: the difference of each counter that grew. `undefined`: none did. */
export function growth(earlier: Counts, later: Counts): Counts | undefined {
  const parts = Object.entries(later)
    .map(([part, counters]) => [part, grown(earlier[part] ?? {}, counters)] as const)
    .filter(([, counters]) => Object.keys(counters).length > 0);
  return parts.length > 0 ? Object.fromEntries(parts) : undefined;
}

function grown(earlier: Counts[string], later: Counts[string]): Counts[string] {
  const differences = Object.entries(later).map(
    ([name, count]) => [name, count - (earlier[name] ?? 0)] as const,
  );
  return Object.fromEntries(differences.filter(([, difference]) => difference > 0));
}
