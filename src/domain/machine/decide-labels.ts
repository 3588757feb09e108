import { accept, type Refusal, reject } from "../decision.ts";
import { newsOf, withChange } from "../values/keyed-change.ts";
import { type Labels, labelsMax } from "../values/label.ts";
import {
  type Params,
  paramBytes,
  paramBytesMax,
  paramsBytesMax,
  paramsMax,
  secretIn,
} from "../values/param.ts";
import type { CommandOf, MachineDecision } from "./decision.ts";
import type { ActiveMachine } from "./state.ts";

export function label(
  { set, remove }: CommandOf<"LabelMachine">,
  { labels }: ActiveMachine,
): MachineDecision {
  return changeLabels(labels, set, remove);
}

export function setParams(
  { set, remove }: CommandOf<"SetMachineParams">,
  { params }: ActiveMachine,
): MachineDecision {
  return changeParams(params, set, remove);
}

/** Records what changes about these labels, if anything. */
export function changeLabels(before: Labels, set: Labels, removed: readonly string[]): MachineDecision {
  const news = newsOf(before, { set, removed });
  if (!news) return accept();
  const count = Object.keys(withChange(before, news)).length;
  if (count > labelsMax) {
    return reject("LABELS_TOO_MANY", `the machine would have ${count} labels: remove some, ${labelsMax} fit`);
  }
  return accept({ type: "LabelsChanged", data: { set: { ...news.set }, removed: [...news.removed] } });
}

/** Records what changes about these params, if anything. */
export function changeParams(before: Params, set: Params, removed: readonly string[]): MachineDecision {
  const news = newsOf(before, { set, removed });
  if (!news) return accept();
  return (
    refusalOf(news.set, withChange(before, news)) ??
    accept({ type: "ParamsChanged", data: { set: { ...news.set }, removed: [...news.removed] } })
  );
}

/** The refusal of the first param that looks like a secret; `undefined`: none does. */
export function refuseSecrets(set: Params): Refusal<"PARAM_LOOKS_SECRET"> | undefined {
  for (const [key, value] of Object.entries(set)) {
    const secret = secretIn(key, value);
    if (secret === undefined) continue;
    return reject(
      "PARAM_LOOKS_SECRET",
      `"${secret}" looks like a secret, and params are readable in the log for good: keep it elsewhere, or name ` +
        "it for what it is (a key that is not secret: public-key)",
    );
  }
  return undefined;
}

function refusalOf(set: Params, after: Params): MachineDecision | undefined {
  const secret = refuseSecrets(set);
  if (secret) return secret;
  for (const [key, value] of Object.entries(set)) {
    const bytes = paramBytes(value);
    if (bytes > paramBytesMax) {
      return reject("PARAMS_TOO_LARGE", `${key} is of ${bytes} bytes as JSON: ${paramBytesMax} fit`);
    }
  }
  const values = Object.values(after);
  if (values.length > paramsMax) {
    return reject("PARAMS_TOO_LARGE", `the machine would have ${values.length} params: ${paramsMax} fit`);
  }
  const bytes = values.reduce<number>((sum, value) => sum + paramBytes(value), 0);
  if (bytes <= paramsBytesMax) return undefined;
  return reject("PARAMS_TOO_LARGE", `the machine's params would be of ${bytes} bytes: ${paramsBytesMax} fit`);
}
