import type { Rule } from "./history/check-history.ts";
import type { ScenarioReport } from "./scenario.ts";

/** What all scenarios came to. */
export interface Totals {
  readonly kills: number;
  readonly acked: number;
  readonly lost: number;
  readonly duplicated: number;
  /** Out of order, or read as what it was not. */
  readonly disordered: number;
  readonly undetected: number;
}

const ruleIs: Readonly<Record<Rule, "lost" | "duplicated" | "disordered">> = {
  lost: "lost",
  changed: "lost",
  duplicated: "duplicated",
  unasked: "duplicated",
  reordered: "disordered",
  unread: "disordered",
  backwards: "disordered",
};

export function totalsOf(reports: readonly ScenarioReport[]): Totals {
  const violations = reports.flatMap((report) => report.violations);
  const broken = (kind: (typeof ruleIs)[Rule]) =>
    violations.filter(({ rule }) => ruleIs[rule] === kind).length;
  const sum = (number: (report: ScenarioReport) => number) =>
    reports.reduce((total, report) => total + number(report), 0);
  return {
    kills: sum(({ kills }) => kills),
    acked: sum(({ acknowledged }) => acknowledged),
    lost: broken("lost"),
    duplicated: broken("duplicated"),
    disordered: broken("disordered"),
    undetected: sum(({ undetected }) => undetected.length),
  };
}

/** Violations that are printed of one scenario. */
const linesMax = 20;

/** For people, a line each. */
export function describeReport(report: ScenarioReport): readonly string[] {
  const { faults, kills, acknowledged, violations, undetected, figures } = report;
  const wrong = [...violations.map(({ rule, message }) => `${rule}: ${message}`), ...undetected];
  return [
    JSON.stringify({ faults, kills, acked: acknowledged, ...figures, wrong: wrong.length }),
    ...wrong.slice(0, linesMax),
  ];
}
