import { showOption } from "../../../domain/network/option-formats.ts";
import type * as api from "../__generated__/resolvers.ts";
import { explainBoot, interfaceOf, needExplaining } from "../explain/explain.ts";
import { hintsOf } from "../explain/hints.ts";
import { explanationText } from "../explain/text.ts";
import { shown } from "../positions.ts";
import {
  addressSourceNames,
  architectureNames,
  bootActionNames,
  bootStepNames,
  dhcpOutcomeNames,
  wordOf,
} from "./names.ts";

export const bootDecisionQueries: Pick<api.QueryResolvers, "bootDecision"> = {
  async bootDecision(_root, { mac, machineId, at, client, minPosition }, context) {
    needExplaining(context);
    const meant = interfaceOf(mac, machineId);
    const architecture = client?.architecture && wordOf(architectureNames, client.architecture);
    const hints = hintsOf({ ...client, architecture: architecture ?? null });
    await shown(context, minPosition);
    const asked = { interface: meant, at: at ?? undefined, client: hints };
    return (await explainBoot(asked, context)) ?? null;
  },
};

export const BootDecision: api.BootDecisionResolvers = {
  mac: ({ explained }) => explained.mac,
  machine: ({ machine }) => machine ?? null,
  at: ({ explained }) => explained.atMs,
  position: ({ explained }) => explained.until,
  dhcp: ({ explained }) => explained.dhcp,
  script: ({ explained }) => explained.http,
  steps: ({ explained }) => explained.steps,
  text: ({ explained }) => explanationText(explained),
};

export const DhcpAnswer: api.DhcpAnswerResolvers = {
  outcome: ({ outcome }) => dhcpOutcomeNames[outcome],
  wire: ({ wire }) => wire,
  subnet: ({ subnet }) => subnet,
  address: ({ address }) => address,
  addressFrom: ({ addressFrom }) => addressFrom && addressSourceNames[addressFrom],
  leaseSeconds: ({ leaseSeconds }) => leaseSeconds,
  classes: ({ classes }) => classes,
  options: ({ options }) => options,
  bootFile: ({ bootFile }) => bootFile,
};

export const SourcedOption: api.SourcedOptionResolvers = {
  code: ({ setting }) => setting.code,
  name: ({ setting }) => showOption(setting).name,
  value: ({ setting }) => showOption(setting).text,
  from: ({ from }) => from,
};

export const ScriptAnswer: api.ScriptAnswerResolvers = {
  action: ({ action }) => bootActionNames[action],
  why: ({ why }) => why,
  runId: ({ run }) => run,
  environment: ({ environment }) => environment?.name ?? null,
  version: ({ environment }) => environment?.version ?? null,
  template: ({ template }) => template,
  servings: ({ servings }) => servings,
};

export const BootStep: api.BootStepResolvers = {
  step: ({ step }) => bootStepNames[step],
  outcome: ({ outcome }) => outcome,
  because: ({ because }) => because,
};
