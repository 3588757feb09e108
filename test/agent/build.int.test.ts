import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { canRunAgentShell, packageCache } from "./support/busybox.ts";

const execute = promisify(execFile);

const agentSources = join(import.meta.dirname, "../../agent");
const outputs = [
  ...["agent/vmlinuz", "agent/initrd.img"],
  ...["undionly.kpxe", "snponly.efi", "grub-local.efi", "shimx64.efi", "grubx64.efi"],
];

interface Surroundings {
  /** Where a copy of the sources lies, and everything that the build writes. */
  readonly folder: string;
  readonly timeZone: string;
  readonly umask: string;
  /** The list of packages that an earlier build left. */
  readonly lock?: string;
}

/** Builds in surroundings of its own, and gives what the build printed. */
/** Octets of a program's certificate table; 0: it is not signed (PE format, "Optional Header Data Directories"). */
function signatureBytes(program: Buffer): number {
  const optionalHeader = program.readUInt32LE(0x3c) + 24;
  return program.readUInt32LE(optionalHeader + 112 + 4 * 8 + 4);
}

async function buildIn({ folder, timeZone, umask, lock }: Surroundings): Promise<string> {
  const temporary = join(folder, "tmp");
  await mkdir(temporary, { recursive: true });
  await cp(agentSources, join(folder, "agent"), { recursive: true });
  if (lock !== undefined) await writeFile(join(folder, "lock.json"), lock);
  const build = [process.execPath, join(folder, "agent/build.ts"), "--out", join(folder, "out")];
  const options = ["--cache", packageCache, "--lock", join(folder, "lock.json")];
  const script = `umask ${umask}; exec "$@"`;
  const { stdout } = await execute("sh", ["-c", script, "sh", ...build, ...options], {
    cwd: folder,
    env: { ...process.env, TZ: timeZone, TMPDIR: temporary, LANG: "de_DE.UTF-8" },
  });
  return stdout;
}

describe.skipIf(!canRunAgentShell)("building the agent", { timeout: 300_000 }, () => {
  let root: string;
  let first: Surroundings;
  let second: Surroundings;
  let firstOutput: string;
  let secondOutput: string;

  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), "ironledger-build-test-"));
    first = { folder: join(root, "a"), timeZone: "UTC", umask: "022" };
    firstOutput = await buildIn(first);
    const remembered = await readFile(join(first.folder, "lock.json"), "utf8");
    second = {
      folder: join(root, "another folder/with a longer name"),
      timeZone: "Pacific/Chatham",
      umask: "077",
      lock: remembered.replace(/("name": "zstd",\s+"version": )"[^"]+"/, '$1"1.0.0-1"'),
    };
    secondOutput = await buildIn(second);
  }, 300_000);
  afterAll(() => rm(root, { recursive: true, force: true }));

  test("the same packages give the same bytes, whatever the time zone, the umask and the path", async () => {
    for (const file of [...outputs, "agent/manifest.json"]) {
      const [one, other] = await Promise.all(
        [first, second].map(({ folder }) => readFile(join(folder, "out", file))),
      );
      expect(one?.length, file).toBeGreaterThan(0);
      expect(one && other && one.equals(other), file).toBe(true);
    }
  });

  test("the manifest names every package and every file by its digest", async () => {
    const out = join(first.folder, "out");
    const manifest = JSON.parse(await readFile(join(out, "agent/manifest.json"), "utf8"));
    expect(manifest.packages.map(({ name }: { readonly name: string }) => name)).toEqual(
      expect.arrayContaining(["busybox-static", "zstd", "ipxe", "grub-efi-amd64-bin"]),
    );
    expect(manifest.files.map(({ path }: { readonly path: string }) => path).sort()).toEqual(
      outputs.toSorted(),
    );
    for (const { path, bytes, sha256 } of manifest.files) {
      const content = await readFile(join(out, path));
      expect({ bytes: content.length, sha256: createHash("sha256").update(content).digest("hex") }).toEqual({
        bytes,
        sha256,
      });
    }
  });

  test("loaders and kernel are Debian's own bytes, whose signatures firmware and shim check", async () => {
    const signed = ["shimx64.efi", "grubx64.efi", "agent/vmlinuz"];
    const programs = await Promise.all(signed.map((name) => readFile(join(first.folder, "out", name))));
    for (const program of programs) expect(signatureBytes(program)).toBeGreaterThan(1_000);
  });

  test("modules keep their signatures, without which a locked down kernel refuses them", async () => {
    const archive = gunzipSync(await readFile(join(first.folder, "out/agent/initrd.img"))).toString("latin1");
    const modules = new Set(archive.match(/lib\/modules\/[a-z0-9_-]+\.ko(?=\0)/g));
    expect(modules.size).toBeGreaterThan(10);
    expect(archive.split("~Module signature appended~\n")).toHaveLength(modules.size + 1);
  });

  test("a package that has moved on is taken, told and remembered", async () => {
    expect(firstOutput).toMatch(/^agent: package zstd \S+ is new$/m);
    expect(secondOutput).toMatch(/^agent: package zstd has moved on from 1\.0\.0-1 to /m);
    expect(secondOutput).not.toContain("package busybox-static");
    const locks = [first, second].map(({ folder }) => readFile(join(folder, "lock.json"), "utf8"));
    const [one, other] = await Promise.all(locks);
    expect(other).toBe(one);
  });
});

test("a command line that cannot be understood is told in one line, with code 2", async () => {
  const build = execute(process.execPath, [join(agentSources, "build.ts"), "--frobnicate"]);
  await expect(build).rejects.toMatchObject({ code: 2, stderr: expect.stringMatching(/^usage: .*\n$/) });
});
