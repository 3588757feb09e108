import { accessKind } from "../../../domain/access/decide.ts";
import { accessRoleKind } from "../../../domain/access/role.ts";
import type { Principal } from "../../../domain/access/state.ts";
import { addressCodec } from "../../../domain/address/events.ts";
import { bootEnvironmentCodec } from "../../../domain/boot-environment/events.ts";
import { machineCodec } from "../../../domain/machine/events.ts";
import { foldMachine, type MachineSnapshot } from "../../../domain/machine/snapshot.ts";
import { networkKind } from "../../../domain/network/decide.ts";
import type { Network } from "../../../domain/network/state.ts";
import type { RecordedEvent } from "../../../domain/ports/event-store.ts";
import { readRecorded } from "../../../domain/read-recorded.ts";
import { systemKind } from "../../../domain/system/decide.ts";
import { categoryOf } from "../../../domain/values/category.ts";

/** What people call a thing, and what is to be said of it: JSON, without what is nobody's business. */
export type Subjects = ReadonlyMap<string, object>;

/**
 * The things that a stream is about, as its events leave them. Streams that only keep others apart, such as claims,
 * are about none.
 */
export function subjectsOf(stream: string, events: readonly RecordedEvent[]): Subjects {
  return subjectsAlong(stream, events, events.length).at(-1) ?? nothing;
}

/** The same before the `first`th of the events, and after each from it on. */
export function subjectsAlong(
  stream: string,
  events: readonly RecordedEvent[],
  first: number,
): readonly Subjects[] {
  const things = thingsIn[categoryOf(stream)]?.(stream);
  for (const event of events.slice(0, first)) things?.take(event);
  const along = [things?.shown() ?? nothing];
  for (const event of events.slice(first)) {
    things?.take(event);
    along.push(things?.shown() ?? nothing);
  }
  return along;
}

const nothing: Subjects = new Map();

/** The things of a stream, event by event. */
interface Things {
  take(event: RecordedEvent): void;
  shown(): Subjects;
}

const thingsIn: Readonly<Record<string, (stream: string) => Things>> = {
  machine: (stream) => things(nextMachine, (machine) => one(stream, "machine", shownMachine(machine))),
  network: () => things(next(networkKind), networkSubjects),
  address: (stream) => things(newest(addressCodec), (data) => one(stream, "address", data)),
  bootenv: (stream) => things(newest(bootEnvironmentCodec), (data) => one(stream, "bootenv", data)),
  access: (stream) => things(next(accessKind), (state) => one(stream, "principal", shownPrincipal(state))),
  accessrole: (stream) => things(next(accessRoleKind), (state) => one(stream, "accessrole", state)),
  system: () => things(next(systemKind), (state) => new Map([["service", state]])),
};

type Next<State> = (state: State | undefined, recorded: RecordedEvent) => State | undefined;

function things<State>(after: Next<State>, shown: (state: State) => Subjects): Things {
  let state: State | undefined;
  return {
    take(event) {
      state = after(state, event);
    },
    shown: () => (state === undefined ? nothing : shown(state)),
  };
}

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

const nextMachine: Next<MachineSnapshot> = (machine, recorded) =>
  foldMachine(machine, readRecorded(machineCodec, recorded));

/** Without what every event changes. */
function shownMachine(machine: MachineSnapshot): object {
  const { id: _id, revision: _revision, position: _position, changedAtMs: _changedAtMs, ...rest } = machine;
  return rest;
}

/** Without the digests that tokens are recognised by. */
function shownPrincipal(principal: Principal): object | undefined {
  if (principal.status === "absent") return undefined;
  const { name, kind, identity, disabled, roles, tokens } = principal;
  const shown = [...tokens].map(([id, { sha256: _, ...token }]) => [id, token]);
  return { name, kind, identity, disabled, roles: [...roles], tokens: Object.fromEntries(shown) };
}

interface Folding<State, Event> {
  readonly codec: { read(recorded: RecordedEvent): Event };
  readonly decider: { readonly initial: State; evolve(state: State, event: Event): State };
}

function next<State, Event>({ codec, decider }: Folding<State, Event>): Next<State> {
  return (state = decider.initial, recorded) => decider.evolve(state, codec.read(recorded));
}

function newest<Event extends { readonly data: object }>({
  read,
}: Folding<unknown, Event>["codec"]): Next<object> {
  return (_before, recorded) => read(recorded).data;
}
