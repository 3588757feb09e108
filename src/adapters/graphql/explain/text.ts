import { showOption } from "../../../domain/network/option-formats.ts";
import type { BootExplanation, DhcpAnswer, ScriptAnswer } from "../../../domain/ports/boot-explainer.ts";

/** What a terminal would act on: controls, separators of lines, and characters that show as none or turn text around. */
const active = /[\p{C}\p{Zl}\p{Zp}]/gu;

/** An explanation for somebody with a terminal: the answers first, then every reason. One line each. */
export function explanationText({ mac, machineId, atMs, until, ...told }: BootExplanation): string {
  const { dhcp, http, steps } = told;
  const width = Math.max(...steps.map(({ step }) => step.length));
  const lines = [
    `${mac}, ${machineId === null ? "no machine's" : `of machine ${machineId}`}`,
    `at ${new Date(atMs).toISOString()}, position ${until}`,
    "",
    `DHCP    ${dhcpLine(dhcp)}`,
    `HTTP    ${http ? scriptLine(http) : "nothing: the client never gets so far as to ask for its script"}`,
    "",
    "why",
    ...steps.flatMap(({ step, outcome, because }) => [
      `  ${step.padEnd(width)}  ${outcome}`,
      `  ${" ".repeat(width)}    because ${because}`,
    ]),
  ];
  return lines.map((line) => `${inert(line)}\n`).join("");
}

function dhcpLine({ outcome, address, addressFrom, leaseSeconds, bootFile, options }: DhcpAnswer): string {
  if (outcome === "silence") return "no answer";
  const boot = bootFile === null ? "nothing to boot" : `boot file ${bootFile}`;
  if (outcome === "boot-only") return `no address, ${boot}`;
  const what = address ?? "an address";
  const set = options.map((option) => {
    const { name, text } = showOption(option.setting);
    return `, ${name} ${text}`;
  });
  return `${what} (${addressFrom}) for ${leaseSeconds} s, ${boot}${set.join("")}`;
}

function scriptLine({ action, why, run, environment, template, servings }: ScriptAnswer): string {
  const from = environment ? `, ${environment.name} version ${environment.version}, ${template}` : "";
  const of = run === null ? "" : `, run ${run}`;
  const sent = servings === null ? "" : `, sent ${servings} of 3 times`;
  return `${action} (${why})${from}${of}${sent}`;
}

/** Clients and operators wrote parts of it: what a terminal would act on stands there as a visible escape. */
function inert(line: string): string {
  return line.replace(active, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);
}
