import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { withUser } from "../../adapters/event-store/eventstoredb/connection-string.ts";
import type { Restored } from "../../adapters/event-store/sqlite/fence.ts";
import { newId } from "../../ids.ts";
import {
  type EnginePlaceOptions,
  openEngineSource,
  openEngineTarget,
  reopenEngine,
} from "./engine-places.ts";
import type { MigrationSource, MigrationTarget } from "./moved-log.ts";
import { createSqliteTarget, openSqliteSource, reopenSqlite } from "./sqlite-places.ts";

/** What a person names a log by: a data directory, or `esdb://host:port` without a user in it. */
export interface Place {
  readonly text: string;
  /** A file whose first line is `user:password`, for an engine that asks for them. */
  readonly credentials: string | undefined;
}

/** @throws Error when there is no log, or a service runs on it */
export async function openSource(place: Place): Promise<MigrationSource> {
  return isEngine(place) ? openEngineSource(await engineOf(place)) : openSqliteSource(directoryOf(place));
}

/**
 * Opens the place that a log goes to. One that went elsewhere has gone on there; an attempt that was cut short at its end
 * is made again.
 *
 * @throws Error when there is a log already, or the source was moved to another place. Then nothing is made there
 */
export async function openTarget(place: Place, source: MigrationSource): Promise<MigrationTarget> {
  const name = isEngine(place) ? engineName(place) : directoryOf(place);
  if (source.movedTo !== undefined && source.movedTo !== name) {
    throw new Error(
      `${source.place} was moved to ${source.movedTo} already: move that, or take this back with reopen`,
    );
  }
  return isEngine(place) ? openEngineTarget(await engineOf(place)) : createSqliteTarget(name);
}

/** Lets services start again on a log that was moved away, fenced. @throws Error when there is none, or it was not moved */
export async function reopen(place: Place, random8: string): Promise<Restored> {
  return isEngine(place)
    ? reopenEngine(await engineOf(place), random8)
    : reopenSqlite(directoryOf(place), random8);
}

/** Of a log in files. A relative path would mean nothing to who reads it in the log a month later. */
function directoryOf({ text }: Place): string {
  return join(resolve(text), "log");
}

/** Of an engine, without its parameters. */
function engineName({ text }: Place): string {
  return text.replace(/\?.*$/, "");
}

function isEngine({ text }: Place): boolean {
  return /^esdb(?:\+discover)?:\/\//.test(text);
}

async function engineOf({ text, credentials }: Place): Promise<EnginePlaceOptions> {
  // Whoever lists processes would read it.
  if (/^[^/]+:\/\/[^/]*@/.test(text))
    throw new Error("name the user in a file, with --credentials, not here");
  return {
    connectionString: credentials === undefined ? text : await addressOf(text, credentials),
    place: engineName({ text, credentials }),
    clock: () => new Date(),
    random: Math.random,
    newId,
  };
}

async function addressOf(text: string, credentials: string): Promise<string> {
  const address = withUser(text, await readFile(credentials, "utf8"));
  if (address !== undefined) return address;
  throw new Error(`${credentials}: its first line is not user:password`);
}
