/** What asks for each mutation. */
export const commandByMutation: Readonly<Record<string, string>> = {
  registerMachine: "machines register",
  importMachines: "machines import",
  approveMachine: "machines approve",
  lockMachine: "machines lock",
  unlockMachine: "machines unlock",
  quarantineMachine: "machines quarantine",
  releaseMachine: "machines release",
  retireMachine: "machines retire",
  deployMachine: "machines deploy",
  renameMachine: "machines rename",
  labelMachine: "machines label",
  setMachineParams: "machines params",
  setMachineDhcpOptions: "machines dhcp-options",
  setBootIntent: "machines boot-intent set",
  withdrawBootIntent: "machines boot-intent withdraw",
  changeMachines: "machines",
  finishBulkChange: "bulks finish",
  defineSubnet: "subnets define",
  changeSubnet: "subnets change",
  retireSubnet: "subnets retire",
  defineClientClass: "classes define",
  changeClientClass: "classes change",
  retireClientClass: "classes retire",
  reserveAddress: "reservations create",
  removeReservation: "reservations remove",
  publishBootEnvironment: "bootenvs publish",
  addPrincipal: "principals add",
  disablePrincipal: "principals disable",
  enablePrincipal: "principals enable",
  grantAccessRole: "principals grant",
  revokeAccessRole: "principals revoke",
  defineAccessRole: "roles define",
  withdrawAccessRole: "roles withdraw",
  issueToken: "tokens issue",
  revokeToken: "tokens revoke",
  startEffectsEpoch: "service start-epoch",
  confirmClock: "service confirm-clock",
  takeBackup: "service backup",
  signCheckpoint: "log sign",
  verifyLog: "log verify",
  cancelVerification: "log verify --cancel",
  rebuildView: "service rebuild",
  retryView: "service retry-view",
};

/** What the command line calls other things that the API speaks of. */
const wordByField: Readonly<Record<string, string>> = {
  accessRoles: "ironledger roles list",
  accessScopes: "ironledger roles scopes",
  confirmCount: "--confirm-count",
  expectedRevision: "--expected-revision",
  idempotencyKey: "--idempotency-key",
};

/** What the API says to whoever writes documents, for those who type commands: `unlockMachine` is one of ours. */
export function inCommands(text: string): string {
  return text.replace(/(?<![\w.-])[a-z]+(?:[A-Z][a-z]+)+(?![\w.])/g, (name) => {
    const command = Object.hasOwn(commandByMutation, name) ? commandByMutation[name] : undefined;
    if (command !== undefined) return `ironledger ${command}`;
    return (Object.hasOwn(wordByField, name) ? wordByField[name] : undefined) ?? name;
  });
}
