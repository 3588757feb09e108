import type { History, Kept, Operation, Sight } from "./history.ts";

/** What a log must never do to those who use it. */
export type Rule =
  /** What was acknowledged is not there. */
  | "lost"
  /** It is there, but not where or as what it was acknowledged. */
  | "changed"
  /** It is there more than once. */
  | "duplicated"
  /** What was refused is there, or what nobody asked for. */
  | "unasked"
  /** What was asked for after an acknowledgement stands before what was acknowledged. */
  | "reordered"
  /** A reader saw an event that is not there, or is another. */
  | "unread"
  /** A reader saw an event again, an earlier one, or missed one. */
  | "backwards";

export interface Violation {
  readonly rule: Rule;
  /** What happened, in one line. */
  readonly message: string;
}

/**
 * Whether a log kept its promises, by what its clients and readers saw of it: every acknowledged event is there exactly
 * once, in order; nothing else is there; and whoever read an event read the truth, once, in order.
 */
export function checkHistory(history: History): readonly Violation[] {
  const kept = keptByKey(history.log);
  return [
    ...history.operations.flatMap((operation) => checkEffect(operation, kept.get(operation.key) ?? [])),
    ...checkUnasked(history, kept),
    ...checkOrder(history.operations, kept),
    ...history.readers.flatMap((sights) => checkReader(sights, history.log)),
  ];
}

type KeptByKey = ReadonlyMap<string, readonly Kept[]>;

function keptByKey(log: readonly Kept[]): KeptByKey {
  const byKey = new Map<string, Kept[]>();
  for (const event of log) {
    if (event.key === undefined) continue;
    const others = byKey.get(event.key);
    if (others) others.push(event);
    else byKey.set(event.key, [event]);
  }
  return byKey;
}

function checkEffect(operation: Operation, effects: readonly Kept[]): readonly Violation[] {
  const { key, outcome } = operation;
  const [first, second] = effects;
  if (first && second) {
    const places = effects.map(({ position }) => position).join(", ");
    return [{ rule: "duplicated", message: `${key} is in the log at ${places}` }];
  }
  if (outcome === "refused" && first) {
    return [{ rule: "unasked", message: `${key} was refused, and is in the log at ${first.position}` }];
  }
  if (outcome !== "acknowledged") return [];
  if (!first) return [{ rule: "lost", message: `${key} was acknowledged${placeOf(operation)}` }];
  const isAsTold =
    (operation.position ?? first.position) === first.position &&
    (operation.fact ?? first.fact) === first.fact;
  if (isAsTold) return [];
  const told = `acknowledged${placeOf(operation)}`;
  return [{ rule: "changed", message: `${key} was ${told}, and is${placeOf(first)}` }];
}

function placeOf({
  position,
  fact,
}: Pick<Kept, "fact"> & { readonly position?: number | undefined }): string {
  const as = fact === undefined ? "" : ` as ${fact}`;
  return position === undefined ? as : ` at ${position}${as}`;
}

function checkUnasked({ operations }: History, kept: KeptByKey): readonly Violation[] {
  const asked = new Set(operations.map(({ key }) => key));
  return [...kept]
    .filter(([key]) => !asked.has(key))
    .map(([key]) => ({ rule: "unasked", message: `${key} is in the log, and nobody asked for it` }));
}

interface Placed {
  readonly key: string;
  readonly position: number;
}

/** Goes through time: whatever is asked for stands behind everything that was acknowledged before that moment. */
function checkOrder(operations: readonly Operation[], kept: KeptByKey): readonly Violation[] {
  const placed = operations.flatMap((operation) => {
    const [effect] = kept.get(operation.key) ?? [];
    return effect ? [{ ...operation, position: effect.position }] : [];
  });
  const acknowledged = placed.flatMap(({ key, position, ...rest }) =>
    rest.outcome === "acknowledged" ? [{ key, position, endedMs: rest.endedMs }] : [],
  );
  const ended = acknowledged.sort((one, other) => one.endedMs - other.endedMs);
  let next = 0;
  let newest: Placed | undefined;
  const violations: Violation[] = [];
  for (const { key, position, invokedMs } of placed.sort((one, other) => one.invokedMs - other.invokedMs)) {
    for (let end = ended[next]; end && end.endedMs < invokedMs; end = ended[++next]) {
      if (!newest || end.position > newest.position) newest = end;
    }
    if (!newest || newest.position < position) continue;
    const before = `${newest.key} was acknowledged at ${newest.position}`;
    violations.push({ rule: "reordered", message: `${before} before ${key} was asked for, at ${position}` });
  }
  return violations;
}

function checkReader(sights: readonly Sight[], log: readonly Kept[]): readonly Violation[] {
  const violations: Violation[] = [];
  let last = sights[0]?.position ?? 1;
  last -= 1;
  for (const { position, event } of sights) {
    if (position !== last + 1) {
      violations.push({ rule: "backwards", message: `a reader saw event ${position} behind event ${last}` });
    }
    last = position;
    const truth = log[position - 1];
    if (truth?.event === event) continue;
    const what = truth ? `it is ${truth.event}` : "it is not there";
    violations.push({ rule: "unread", message: `a reader saw ${event} as event ${position}: ${what}` });
  }
  return violations;
}
