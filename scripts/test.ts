import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";

/**
 * `npm test`: the static checks, then every suite, then one closing line that counts them all.
 *
 * The end-to-end suite needs root and QEMU. Where they are missing it is left out, and the closing lines say
 * so; under CI that is a failure, as is any skipped test.
 */
const Report = z.object({
  numPassedTests: z.int(),
  numFailedTests: z.int(),
  numPendingTests: z.int(),
  numTodoTests: z.int(),
  success: z.boolean(),
});

const isCi = process.env["CI"] !== undefined;
const folder = mkdtempSync(join(tmpdir(), "ironledger-test-"));
const totals = { passed: 0, failed: 0, skipped: 0 };
/** Suites whose tests passed and that failed all the same: by a coverage threshold, or an error outside of a test. */
const failedSuites: string[] = [];
let succeeded = true;

function runChecks(): void {
  const { status } = spawnSync("npm", ["run", "--silent", "check"], { stdio: "inherit" });
  if (status === 0) return;
  process.stdout.write("the static checks failed\n0 passed, 1 failed\n");
  process.exit(1);
}

function runSuite(project: string, ...flags: readonly string[]): void {
  const file = join(folder, `${project}.json`);
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile=${file}`];
  const { status } = spawnSync("vitest", ["run", "--project", project, ...reporters, ...flags], {
    stdio: "inherit",
  });
  if (!existsSync(file)) {
    totals.failed += 1;
    succeeded = false;
    return;
  }
  const report = Report.parse(JSON.parse(readFileSync(file, "utf8")));
  totals.passed += report.numPassedTests;
  totals.failed += report.numFailedTests;
  totals.skipped += report.numPendingTests + report.numTodoTests;
  if (status === 0 && report.success) return;
  succeeded = false;
  if (report.numFailedTests === 0) failedSuites.push(project);
}

function missingForEndToEnd(): string[] {
  const programs = [
    ...["qemu-system-x86_64", "qemu-system-aarch64", "ip", "setpriv", "perl"],
    ...["dnsmasq", "dhcrelay", "busybox", "dhclient", "udhcpc", "dhcping", "perfdhcp", "nmap"],
    ...["curl", "tftp", "atftp", "apt-get", "dpkg-deb", "grub-mkimage", "mcopy"],
  ];
  const missing = programs.filter((name) => spawnSync("which", [name]).status !== 0);
  return process.getuid?.() === 0 ? missing : ["root", ...missing];
}

runChecks();
runSuite("unit", "--coverage");
runSuite("integration");

const missing = missingForEndToEnd();
if (missing.length === 0) runSuite("e2e");
else process.stdout.write(`the end-to-end suite was left out; it needs: ${missing.join(", ")}\n`);

rmSync(folder, { recursive: true, force: true });
if (isCi && (totals.skipped > 0 || missing.length > 0)) {
  process.stdout.write("nothing may be skipped or left out under CI\n");
  succeeded = false;
}
for (const project of failedSuites) {
  process.stdout.write(`the ${project} suite failed although its tests passed: see the end of its output\n`);
}
process.stdout.write(`${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped\n`);
process.exit(succeeded ? 0 : 1);
