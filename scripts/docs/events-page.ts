import { type CatalogueEntry, catalogue } from "../../src/domain/catalogue.ts";
import type { EventDefinition } from "../../src/domain/event.ts";
import { eventFields, namedValues, valueType } from "./event-fields.ts";
import { page, table } from "./markdown.ts";
import { exportComments, sourcesBelow } from "./source-comments.ts";

const definedEvent = /const (\w+) = defineEvent\(/;
const definedValue = /const (\w+) = /;

/** `docs/reference/events.md`, from the catalogue and the comments in the sources below `domain`. */
export function eventsPage(domain: string): string {
  const comments = new Map<string, string>();
  for (const { path, text } of sourcesBelow(domain)) {
    if (path.endsWith("events.ts"))
      for (const each of exportComments(text, definedEvent)) comments.set(...each);
    if (path.startsWith("values/"))
      for (const each of exportComments(text, definedValue)) comments.set(...each);
  }
  const commentOf = (name: string) => {
    const comment = comments.get(name);
    if (comment === undefined) throw new Error(`${name} has no comment: say what it means`);
    return comment;
  };

  return page(
    "# Events",
    introduction,
    ...catalogue.flatMap((entry) => [
      `## ${entry.streams.map((stream) => `\`${stream}\``).join(", ")}`,
      stateSentences[entry.state],
      ...entry.codec.definitions.flatMap((definition) => eventBlocks(definition, commentOf)),
    ]),
    "## Values",
    ...Object.entries(namedValues).flatMap(([name, schema]) => [
      `### ${name}`,
      `${commentOf(name)}`,
      `${valueType(schema)}`,
    ]),
  );
}

const introduction = [
  "Generated from the sources by `npm run docs`. An event is never changed and never removed. A field joins with a",
  "new schema number, and older events are read as if they had it; a new meaning is a new type. Readers ignore fields",
  "that they do not know. Times are milliseconds since 1970, UTC.",
].join("\n");

const stateSentences: Readonly<Record<CatalogueEntry["state"], string>> = {
  "newest event": "The newest event is the state.",
  fold: "The state is the fold of all events.",
  none: "Observations: nothing decides on them.",
};

function eventBlocks(definition: EventDefinition, commentOf: (name: string) => string): readonly string[] {
  const { type, schema } = definition;
  const fields = eventFields(definition);
  return [
    `### ${type}`,
    `${commentOf(type)} Schema ${schema}.`,
    fields.length === 0
      ? "No fields."
      : table(
          ["field", "type"],
          fields.map((field) => [`\`${field.path}\``, field.type]),
        ),
  ];
}
