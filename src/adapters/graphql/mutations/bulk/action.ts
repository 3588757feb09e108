import { z } from "zod";
import type { Scope } from "../../../../domain/access/scopes.ts";
import { EnvironmentVersion } from "../../../../domain/boot-environment/manifest.ts";
import { BulkAction } from "../../../../domain/bulk/events.ts";
import type { Refusal } from "../../../../domain/decision.ts";
import { DiskImage } from "../../../../domain/machine/deployment.ts";
import { LabelKey, Labels } from "../../../../domain/values/label.ts";
import { ParamKey, Params } from "../../../../domain/values/param.ts";
import type { UserErrorCode } from "../../__generated__/resolvers.ts";
import type { GraphqlContext } from "../../context.ts";
import { machineCommandScopes } from "../../guard/command-scopes.ts";
import { deploymentFields, prepareDeployment } from "../deployment.ts";
import { labelChange, optional, paramChange, QuarantineMessage } from "../fields.ts";

/** Longest action, characters of JSON: it is recorded, with what is looked up for it. */
const recordedCharactersMax = 60_000;

const yes = optional(z.literal(true, { error: "true is all that can be said here" }));

/** What to do, as the schema says it. GraphQL saw to it that it is one thing. */
export const MachineAction = z
  .object({
    approve: yes,
    lock: yes,
    unlock: yes,
    release: yes,
    retire: yes,
    quarantine: optional(z.object({ message: QuarantineMessage })),
    label: optional(z.object(labelChange)),
    params: optional(z.object(paramChange)),
    deploy: optional(z.object(deploymentFields)),
  })
  .refine((action) => JSON.stringify(action).length <= recordedCharactersMax, {
    error: `the action has more than ${recordedCharactersMax} characters: set less at a time`,
  });
type MachineAction = z.infer<typeof MachineAction>;

/** What each action takes: what the command takes that it sends. */
const actionScopes = {
  approve: machineCommandScopes.ApproveMachine,
  lock: machineCommandScopes.LockMachine,
  unlock: machineCommandScopes.UnlockMachine,
  quarantine: machineCommandScopes.QuarantineMachine,
  release: machineCommandScopes.ReleaseMachine,
  retire: machineCommandScopes.RetireMachine,
  label: machineCommandScopes.LabelMachine,
  params: machineCommandScopes.SetMachineParams,
  deploy: machineCommandScopes.DeployMachine,
} as const satisfies Readonly<Record<BulkAction, unknown>>;

export function actionScope(asked: MachineAction): Scope | "nobody" {
  return actionScopes[nameOf(asked)];
}

/** What it takes to finish a bulk change: what it took to begin it. */
export function recordedScope({ action }: { readonly action: BulkAction }): Scope | "nobody" {
  return actionScopes[action];
}

const nothing = z.object({});

/** What is recorded of an action besides its name: all that a machine is asked, whatever changes meanwhile. */
const recordedInputs = {
  approve: nothing,
  lock: nothing,
  unlock: nothing,
  release: nothing,
  retire: nothing,
  quarantine: z.object({ message: QuarantineMessage }),
  label: z.object({ set: Labels, remove: z.array(LabelKey) }),
  params: z.object({ set: Params, remove: z.array(ParamKey) }),
  deploy: z.object({ environment: EnvironmentVersion, image: DiskImage, disk: z.string().optional() }),
} satisfies Readonly<Record<BulkAction, z.ZodType>>;

/** An action with everything that it needs, the same for each machine. */
export type Order = {
  readonly [Action in BulkAction]: {
    readonly action: Action;
    readonly input: z.infer<(typeof recordedInputs)[Action]>;
  };
}[BulkAction];

/** Looks up what an action needs besides the machines. */
export async function orderOf(
  asked: MachineAction,
  context: GraphqlContext,
): Promise<{ readonly outcome: "ordered"; readonly order: Order } | Refusal<UserErrorCode>> {
  const { quarantine, label, params, deploy } = asked;
  if (deploy) {
    const prepared = await prepareDeployment(deploy, context);
    if (prepared.outcome === "rejected") return prepared;
    return { outcome: "ordered", order: { action: "deploy", input: prepared.order } };
  }
  const order = { action: nameOf(asked), input: quarantine ?? label ?? params ?? {} } as Order;
  return { outcome: "ordered", order };
}

function nameOf(asked: MachineAction): BulkAction {
  const name = BulkAction.options.find((action) => asked[action] !== undefined);
  if (!name) throw new Error("the schema let an action pass that asks for nothing");
  return name;
}

/** The order of a bulk change that was begun before. `input`: as it was recorded. */
export function recordedOrder({
  action,
  input,
}: {
  readonly action: BulkAction;
  readonly input: string;
}): Order {
  return { action, input: recordedInputs[action].parse(JSON.parse(input)) } as Order;
}
