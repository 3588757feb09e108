import { accessKind } from "../../../domain/access/decide.ts";
import { accessRoleKind } from "../../../domain/access/role.ts";
import { addressCodec } from "../../../domain/address/events.ts";
import { bootEnvironmentCodec } from "../../../domain/boot-environment/events.ts";
import { machineAfter } from "../../../domain/machine/snapshot.ts";
import { networkKind } from "../../../domain/network/decide.ts";
import type { Network } from "../../../domain/network/state.ts";
import type { RecordedEvent } from "../../../domain/ports/event-store.ts";
import { systemKind } from "../../../domain/system/decide.ts";
import { categoryOf } from "../../../domain/values/category.ts";

/** What people call a thing, and what is to be said of it: JSON, without what is nobody's business. */
type Subjects = ReadonlyMap<string, object>;
type Events = readonly RecordedEvent[];

/**
 * The things that a stream is about, as its events leave them. Streams that only keep others apart, such as claims,
 * are about none.
 */
export function subjectsOf(stream: string, events: Events): Subjects {
  const category = categoryOf(stream);
  return events.length === 0 ? new Map() : (subjectsIn[category]?.(stream, events) ?? new Map());
}

const subjectsIn: Readonly<Record<string, (stream: string, events: Events) => Subjects>> = {
  machine: (stream, events) => one(stream, "machine", machineOf(events)),
  network: (_, events) => networkSubjects(folded(networkKind, events)),
  address: (stream, events) => one(stream, "address", newest(addressCodec, events)),
  bootenv: (stream, events) => one(stream, "bootenv", newest(bootEnvironmentCodec, events)),
  access: (stream, events) => one(stream, "principal", principalOf(events)),
  accessrole: (stream, events) => one(stream, "accessrole", folded(accessRoleKind, events)),
  system: (_, events) => new Map([["service", folded(systemKind, events)]]),
};

function one(stream: string, kind: string, value: object | undefined): Subjects {
  const name = stream.slice(categoryOf(stream).length + 1);
  return new Map(value && [[`${kind}/${name}`, value]]);
}

function networkSubjects({ subnets, classes }: Network): Subjects {
  return new Map<string, object>([
    ...[...subnets].map(([name, subnet]) => [`subnet/${name}`, subnet] as const),
    ...[...classes].map(([name, each]) => [`class/${name}`, each] as const),
  ]);
}

/** Without what every event changes. */
function machineOf(events: Events): object | undefined {
  const machine = machineAfter(events);
  if (!machine) return undefined;
  const { id: _id, revision: _revision, position: _position, changedAtMs: _changedAtMs, ...rest } = machine;
  return rest;
}

/** Without the digests that tokens are recognised by. */
function principalOf(events: Events): object | undefined {
  const principal = folded(accessKind, events);
  if (principal.status === "absent") return undefined;
  const { name, kind, identity, disabled, roles, tokens } = principal;
  const shown = [...tokens].map(([id, { sha256: _, ...token }]) => [id, token]);
  return { name, kind, identity, disabled, roles: [...roles], tokens: Object.fromEntries(shown) };
}

interface Folding<State, Event> {
  readonly codec: { read(recorded: RecordedEvent): Event };
  readonly decider: { readonly initial: State; evolve(state: State, event: Event): State };
}

function folded<State, Event>({ codec, decider }: Folding<State, Event>, events: Events): State {
  return events.map((event) => codec.read(event)).reduce(decider.evolve, decider.initial);
}

function newest<Event extends { readonly data: object }>(
  codec: Folding<unknown, Event>["codec"],
  events: Events,
): object | undefined {
  const last = events.at(-1);
  return last && codec.read(last).data;
}
