import type { RecordedEvent } from "../../../domain/ports/event-store.ts";
import { categoryOf } from "../../../domain/values/category.ts";
import { MacAddress } from "../../../domain/values/mac-address.ts";
import { RunId } from "../../../domain/values/run-id.ts";
import type { GraphqlContext } from "../context.ts";

/** The machine that an event says something new about, as far as the caller may know; `undefined`: none. */
export function machineIdIn(
  { stream, data }: RecordedEvent,
  { views }: Pick<GraphqlContext, "views">,
): string | undefined {
  const category = categoryOf(stream);
  const name = stream.slice(category.length + 1);
  if (category === "machine") return name;
  const mac = MacAddress.safeParse(category === "boot" ? name : holderIn(data)).data;
  return (mac && views.lists.interfaces.find(mac)?.machineId) ?? undefined;
}

/** The interface that an address belongs to by an event of its stream. */
function holderIn(data: RecordedEvent["data"]): unknown {
  const { holder } = data as { readonly holder?: { readonly mac?: unknown } | null };
  return holder?.mac;
}

/** The run that an event of a machine says something new about; `undefined`: none. */
export function runIdIn({ data }: RecordedEvent): RunId | undefined {
  const { run, plan } = data as { readonly run?: unknown; readonly plan?: { readonly run?: unknown } };
  return RunId.safeParse(run ?? plan?.run).data;
}
