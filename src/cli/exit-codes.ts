/** What the process ends with, and when. Stable: scripts branch on these. */
export const exitCodes = {
  ok: { code: 0, meaning: "Done, or what was asked for holds." },
  failure: { code: 1, meaning: "It failed in a way that has no code of its own." },
  usage: { code: 2, meaning: "The command line makes no sense, or the configuration does not." },
  notFound: { code: 3, meaning: "What was named does not exist, or may not be seen with this token." },
  access: { code: 4, meaning: "There is no token, it is not valid, or it lacks the scope." },
  refused: { code: 5, meaning: "The service refused the change: a conflict or an unmet precondition." },
  timeout: { code: 6, meaning: "The time given to `wait` is over." },
  partial: { code: 7, meaning: "A change of many things was refused for some of them." },
  unavailable: {
    code: 8,
    meaning: "The service cannot be reached, or cannot answer now. Worth another try.",
  },
  pipe: { code: 141, meaning: "Whoever read the output has gone, as a program that a pipe ended has." },
  interrupted: { code: 130, meaning: "Interrupted, such as by Ctrl-C." },
} as const;
export type ExitReason = keyof typeof exitCodes;
