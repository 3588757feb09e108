import { type Command, Option } from "commander";
import type { Row } from "../api/api.ts";
import { type Collection, countDocument } from "../collections/collection.ts";
import { usageError } from "../failure.ts";
import type { Host } from "../host.ts";
import { type OutputOptions, withOutput, words } from "../options.ts";
import { printRows } from "../output/print-rows.ts";
import { onAction } from "../session.ts";
import { suggestion } from "../suggest.ts";

interface Options extends OutputOptions {
  readonly filter?: string;
  readonly exact?: boolean;
  readonly by?: readonly string[];
}

const columns = [
  { name: "facet", path: "facet", kind: "enum" },
  { name: "value", path: "value" },
  { name: "count", path: "count" },
] as const;

/** Adds `count` for a collection: how many, and how they spread. */
export function addCount(parent: Command, collection: Collection, host: Host): void {
  const { facets = [] } = collection;
  const command = withOutput(
    parent.command("count").description(`count ${parent.name()}, also by what they are`),
  )
    .option("--filter <search>", "which ones, such as 'label:rack=r7'; see ironledger help filter")
    .option("--exact", "count above 10,000 too, instead of an estimate");
  if (facets.length > 0) {
    const names = facets.join(", ").toLowerCase();
    command.addOption(new Option("--by <facets>", `also by what they are: ${names}`).argParser(words));
  }
  onAction<Options>(command, host, async (session, { options }) => {
    const { filter, exact = false, by = [] } = options;
    const variables = {
      search: filter,
      exact,
      ...(facets.length > 0 && { by: by.map((name) => facetOf(name, facets)) }),
    };
    const data = await (await session.api()).ask(countDocument(collection), variables);
    const rows = countRows(data[collection.field] as Row);
    const nameOf = ({ count }: Row) => String(count);
    await printRows(session, rows, { options, columns, nameOf });
    const estimated = (data[collection.field] as Row)["totalCountEstimated"] === true && !exact;
    if (estimated) session.note("the total is an estimate: --exact counts");
  });
}

function facetOf(name: string, facets: readonly string[]): string {
  // A search says `failureCode` where the API's facet is FAILURE_CODE.
  const plain = (text: string) => text.replaceAll("_", "").toLowerCase();
  const facet = facets.find((candidate) => plain(candidate) === plain(name));
  if (facet !== undefined) return facet;
  throw usageError(
    `nothing is counted by ${name}`,
    suggestion(
      name,
      facets.map((known) => known.toLowerCase()),
    ),
  );
}

function countRows({ totalCount, facets = [] }: Row): readonly Row[] {
  const spread = (facets as readonly Row[]).flatMap(({ name, values, others }) => [
    ...(values as readonly Row[]).map(({ value, count }) => ({ facet: name, value, count })),
    ...(others === 0 ? [] : [{ facet: name, value: "(others)", count: others }]),
  ]);
  return [{ facet: "total", value: null, count: totalCount }, ...spread];
}
