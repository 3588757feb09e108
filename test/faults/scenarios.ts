import type { Scenario } from "./scenario.ts";
import { carelessCopyScenario } from "./scenarios/careless-copy.ts";
import { clockScenario } from "./scenarios/clock.ts";
import { damageScenario } from "./scenarios/damage.ts";
import { diskErrorsScenario } from "./scenarios/disk-errors.ts";
import { diskFullScenario } from "./scenarios/disk-full.ts";
import { freezeScenario } from "./scenarios/freeze.ts";
import { killScenario } from "./scenarios/kill.ts";
import { failedSyncScenario, powerCutScenario } from "./scenarios/power-cut.ts";
import { rivalsScenario } from "./scenarios/rivals.ts";
import { stalledReadersScenario } from "./scenarios/stalled-readers.ts";

/** Every kind of fault that a log is put through. */
export const scenarios: readonly Scenario[] = [
  killScenario,
  diskFullScenario,
  diskErrorsScenario,
  freezeScenario,
  clockScenario,
  stalledReadersScenario,
  rivalsScenario,
  carelessCopyScenario,
  powerCutScenario,
  failedSyncScenario,
  damageScenario,
];
