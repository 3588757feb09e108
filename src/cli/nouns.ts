import type { Command } from "commander";
import type { Host } from "./host.ts";

/** What a module of commands has: it adds them to the command that it is asked for. */
export interface CommandModule {
  addCommands(command: Command, host: Host): void;
}

/** A word behind `ironledger`. Its module is loaded when the word is on the command line, and not before. */
export interface Noun {
  readonly name: string;
  readonly summary: string;
  readonly load: () => Promise<CommandModule>;
}

/** All that there is, in the order of the help. */
export const nouns: readonly Noun[] = [
  {
    name: "machines",
    summary: "machines and what is done to them",
    load: () => import("./commands/machines.ts"),
  },
  {
    name: "interfaces",
    summary: "network interfaces of machines",
    load: () => import("./commands/interfaces.ts"),
  },
  { name: "leases", summary: "who has which address", load: () => import("./commands/leases.ts") },
  {
    name: "subnets",
    summary: "networks that addresses are leased in",
    load: () => import("./commands/subnets.ts"),
  },
  {
    name: "classes",
    summary: "clients that are alike, and what they get",
    load: () => import("./commands/classes.ts"),
  },
  {
    name: "reservations",
    summary: "addresses that are set aside for one client",
    load: () => import("./commands/reservations.ts"),
  },
  { name: "bootenvs", summary: "what machines can boot into", load: () => import("./commands/bootenvs.ts") },
  {
    name: "bulks",
    summary: "changes of many machines that were cut short",
    load: () => import("./commands/bulks.ts"),
  },
  {
    name: "runs",
    summary: "attempts to bring a machine into a state",
    load: () => import("./commands/runs.ts"),
  },
  {
    name: "log",
    summary: "what shows that the log is as it was, and takes it elsewhere",
    load: () => import("./commands/log.ts"),
  },
  { name: "events", summary: "the log", load: () => import("./commands/events.ts") },
  {
    name: "audit",
    summary: "who did what, from where and why",
    load: () => import("./commands/audit.ts"),
  },
  {
    name: "principals",
    summary: "those who may use the API",
    load: () => import("./commands/principals.ts"),
  },
  { name: "roles", summary: "what principals can be given", load: () => import("./commands/roles.ts") },
  {
    name: "tokens",
    summary: "what principals show themselves with",
    load: () => import("./commands/tokens.ts"),
  },
  { name: "service", summary: "how the service is doing", load: () => import("./commands/service.ts") },
  {
    name: "why",
    summary: "what led to an event, or to a machine's newest one",
    load: () => import("./commands/why.ts"),
  },
  {
    name: "diff",
    summary: "what is different between two moments, and what changed it",
    load: () => import("./commands/diff.ts"),
  },
  {
    name: "explain",
    summary: "what a machine would get if it booted now, and why",
    load: () => import("./commands/explain.ts"),
  },
  {
    name: "wait",
    summary: "wait until something is as it should be",
    load: () => import("./commands/wait.ts"),
  },
  {
    name: "login",
    summary: "get a token, and keep it in a context",
    load: () => import("./commands/login.ts"),
  },
  { name: "logout", summary: "forget the token of a context", load: () => import("./commands/logout.ts") },
  { name: "whoami", summary: "whom the service takes you for", load: () => import("./commands/whoami.ts") },
  {
    name: "context",
    summary: "the services that you work with",
    load: () => import("./commands/context.ts"),
  },
  { name: "api", summary: "send a GraphQL document of your own", load: () => import("./commands/api.ts") },
  {
    name: "completion",
    summary: "print what makes a shell complete words",
    load: () => import("./commands/completion.ts"),
  },
];
