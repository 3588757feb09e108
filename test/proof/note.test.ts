import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { openCheckpoint, signCheckpoint } from "../../src/proof/checkpoint.ts";
import { emptyRoot } from "../../src/proof/merkle.ts";
import { openNote, signNote } from "../../src/proof/note.ts";
import { keyPair, parseSignerKey, parseVerifierKey } from "../../src/proof/note-keys.ts";

// From the tests of Go's golang.org/x/mod/sumdb/note (note_test.go), which the specification follows.
const peterSigner = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
const peterKey = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
const enochKey = "EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop";
const text =
  "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
const peterLine =
  "\u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
const enochLine =
  "\u2014 EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=\n";

const peter = { name: "PeterNeumann", id: "c74f20a3" };
const enoch = { name: "EnochRoot", id: "af0cfe78" };

function open(note: string, ...keys: string[]) {
  return openNote(Buffer.from(note), keys.map(parseVerifierKey));
}

describe("a key", () => {
  test("is read from the text that Go writes", () => {
    expect(parseVerifierKey(peterKey)).toMatchObject(peter);
    expect(parseSignerKey(peterSigner)).toMatchObject(peter);
  });

  test("is refused when anything of its text is missing", () => {
    for (const [key, parse] of [
      [peterKey, parseVerifierKey],
      [peterSigner, parseSignerKey],
    ] as const) {
      for (let from = 0; from < key.length; from++) {
        for (let to = from; to <= key.length; to++) {
          const isWhole = from === 0 && to === key.length;
          if (!isWhole) expect(() => parse(key.slice(from, to))).toThrow("this is no key of a note");
        }
      }
    }
  });

  test("is refused when any character of its text is another", () => {
    for (const [key, parse] of [
      [peterKey, parseVerifierKey],
      [peterSigner, parseSignerKey],
    ] as const) {
      for (let at = 0; at < key.length; at++) {
        const other = String.fromCharCode(key.charCodeAt(at) + 1);
        expect(() => parse(key.slice(0, at) + other + key.slice(at + 1))).toThrow("this is no key of a note");
      }
    }
  });

  test.each([
    ["of the wrong length", "PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY=="],
    ["of an unknown kind", "PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"],
  ])("is refused when it is %s", (_, key) => {
    expect(() => parseVerifierKey(key)).toThrow("this is no key of a note");
  });

  test("says nothing of a signer key that is refused", () => {
    const spoiled = peterSigner.replace("c74f20a3", "c74f20a4");
    const secret = "AYEKFALVFGyNhPJEMzD1QIDr";
    expect(() => parseSignerKey(spoiled)).toThrow(expect.not.stringContaining(secret));
  });

  test("is made of a seed, the same each time, and the pair belongs together", () => {
    const seed = Buffer.from(peterSigner.split("+").slice(4).join("+"), "base64").subarray(1);
    expect(keyPair("PeterNeumann", seed)).toEqual({ signerKey: peterSigner, verifierKey: peterKey });
    expect(() => keyPair("Peter Neumann", seed)).toThrow("has a space or a plus in it");
    expect(() => keyPair("Peter+Neumann", seed)).toThrow("has a space or a plus in it");
    expect(() => keyPair("", seed)).toThrow("its name is empty");
    expect(() => keyPair("Peter", seed.subarray(1))).toThrow("31 octets, not 32");
  });
});

describe("the examples of the specifications", () => {
  test.each([
    [
      "https://c2sp.org/signed-note",
      "Ognuno sta solo sul cuor della terra\ntrafitto da un raggio di sole:\n\ned è subito sera.\n\n\u2014 quasimodo.example/salvatore NnugSzTjtVAewIS+Z/iJhUPeFDkO/5QQ2i5ddnGITLlC+EhfLW9oJKONrMouFSQU0xMcXxj99ihAQwaqP3ZekRwNtIc=\n",
      "quasimodo.example/salvatore+367ba04b",
    ],
    [
      "https://c2sp.org/tlog-checkpoint",
      "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n\u2014 example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n",
      "example.com/behind-the-sofa+033de0ae",
    ],
  ])("of %s are of the form that is read, by a key that nobody here knows", (_, note, key) => {
    expect(() => open(note, peterKey)).toThrow(
      `no known key signed the note, which has a signature by "${key}"`,
    );
  });
});

describe("signing a note", () => {
  test("gives the published note, octet for octet", () => {
    expect(signNote(text, [parseSignerKey(peterSigner)])).toBe(`${text}\n${peterLine}`);
  });

  test.each(["abc", "", "a\tb\n", "half \ud800\n"])("refuses the text %j", (wrong) => {
    expect(() => signNote(wrong, [parseSignerKey(peterSigner)])).toThrow("this is no signed note");
  });
});

describe("opening a note", () => {
  test("takes the signature of a known key, and leaves others out", () => {
    expect(open(`${text}\n${peterLine}${enochLine}`, peterKey)).toEqual({
      text,
      signedBy: [peter],
      unknown: [enoch],
    });
    expect(open(`${text}\n${peterLine}${enochLine}`, peterKey, enochKey).signedBy).toEqual([peter, enoch]);
  });

  test("refuses a note that no known key signed", () => {
    const wrong = () => open(`${text}\n${peterLine}${enochLine}`);
    expect(wrong).toThrow("no known key signed the note");
    expect(wrong).toThrow(expect.objectContaining({ code: "NOTE_UNSIGNED" }));
  });

  test("refuses a note with a wrong signature of a known key, also beside a right one", () => {
    const spoiled = `${peterLine.slice(0, 60)}ABCD${peterLine.slice(60)}`;
    for (const lines of [spoiled, `${peterLine}${spoiled}`]) {
      const wrong = () => open(`${text}\n${lines}`, peterKey);
      expect(wrong).toThrow(expect.objectContaining({ code: "NOTE_SIGNATURE_WRONG" }));
    }
    expect(() => open(`Not that.\n\n${peterLine}`, peterKey)).toThrow("is not one of this text");
  });

  test("leaves out the signature of a key that has only the name or only the id of a known one", () => {
    const renamed = peterLine.replace("PeterNeumann", "CarmenSandiego");
    expect(open(`${text}\n${peterLine}${renamed}`, peterKey).signedBy).toEqual([peter]);
    const otherId = peterLine.replace("x08g", "xxxx");
    expect(open(`${text}\n${otherId}${peterLine}`, peterKey).signedBy).toEqual([peter]);
  });
});

describe("opening a note that is odd", () => {
  test("counts a signature once that is there twice", () => {
    const note = `${text}\n${peterLine}${peterLine}${enochLine}${enochLine}`;
    expect(open(note, peterKey)).toEqual({ text, signedBy: [peter], unknown: [enoch] });
  });

  test("takes a text with empty lines in it, and up to a hundred signatures", () => {
    const lines = `first\n\nsecond\n`;
    const signer = parseSignerKey(peterSigner);
    expect(open(signNote(lines, Array(100).fill(signer)), peterKey).text).toBe(lines);
    expect(() => open(signNote(lines, Array(101).fill(signer)), peterKey)).toThrow(
      "more than 100 signatures",
    );
  });

  test.each([
    ["without signatures", text],
    ["without a signature line", `${text}\n`],
    ["with a last line that does not end", `${text}\n${peterLine.slice(0, -1)}`],
    ["with a control character", `\u0001${text}\n${peterLine}`],
    ["with a tab", `a\tb\n\n${peterLine}`],
    ["with a key name of two words", `${text}\n${peterLine.replace("Peter", "Peter ")}`],
    ["with another line behind", `${text}\n${peterLine}Unexpected line.\n`],
    ["with base64 that is not the one spelling", `${text}\n${peterLine.replace("nAM=", "nAN=")}`],
    ["with a signature of no octets", `${text}\n\u2014 PeterNeumann x08gow==\n`],
    ["that begins with a byte order mark and is empty", `\ufeff\n${peterLine}`],
  ])("refuses a note %s", (_, note) => {
    const wrong = () => open(note, peterKey);
    expect(wrong).toThrow(expect.objectContaining({ code: "NOTE_MALFORMED" }));
  });
});

describe("opening what is no note", () => {
  test("refuses what is no UTF-8, and what is too large to be looked at", () => {
    const verifiers = [parseVerifierKey(peterKey)];
    const notUtf8 = Buffer.concat([Buffer.from([0xff]), Buffer.from(`${text}\n${peterLine}`)]);
    expect(() => openNote(notUtf8, verifiers)).toThrow("it is no UTF-8");
    expect(() => openNote(Buffer.alloc(1_000_001, "a"), verifiers)).toThrow("more than 1000000 octets");
  });

  test("refuses a note of which any octet is another", () => {
    const note = Buffer.from(`${text}\n${peterLine}`);
    const verifiers = [parseVerifierKey(peterKey)];
    for (let at = 0; at < note.length; at++) {
      const spoiled = Buffer.from(note);
      spoiled[at] = (spoiled[at] ?? 0) ^ 1;
      expect(() => openNote(spoiled, verifiers)).toThrow(expect.objectContaining({ name: "NoteError" }));
    }
  });

  test("never fails in another way on what a stranger sends", () => {
    const verifiers = [parseVerifierKey(peterKey)];
    const lines = fc.array(fc.oneof(fc.string(), fc.constantFrom("", peterLine.trim(), enochLine.trim())));
    const notes = fc.oneof(
      fc.uint8Array(),
      lines.map((parts) => Buffer.from(parts.join("\n"))),
    );
    fc.assert(
      fc.property(notes, (note) => {
        expect(() => openNote(note, verifiers)).toThrow(expect.objectContaining({ name: "NoteError" }));
      }),
    );
  });
});

describe("a checkpoint", () => {
  const { signerKey, verifierKey } = keyPair("log.example/rack", Buffer.alloc(32, 7));
  const signer = parseSignerKey(signerKey);
  const verifier = parseVerifierKey(verifierKey);
  const checkpoint = {
    origin: "log.example/rack",
    size: 20_852_163,
    root: "ab".repeat(32),
    extensions: ["more"],
  };
  const opened = (note: string) => openCheckpoint(Buffer.from(note), [verifier]);

  test("is the note of the specification, and is read as it was signed", () => {
    const note = signCheckpoint(checkpoint, [signer]);
    const root = Buffer.from(checkpoint.root, "hex").toString("base64");
    expect(note).toMatch(`log.example/rack\n20852163\n${root}\nmore\n\n\u2014 log.example/rack `);
    const signedBy = [{ name: "log.example/rack", id: verifier.id }];
    expect(opened(note)).toEqual({ ...checkpoint, signedBy });
  });

  test("of an empty log has the root of the empty tree", () => {
    const empty = { ...checkpoint, size: 0, root: emptyRoot, extensions: [] };
    expect(opened(signCheckpoint(empty, [signer]))).toMatchObject(empty);
    expect(() => signCheckpoint({ ...empty, root: checkpoint.root }, [signer])).toThrow("no root");
  });

  test.each([
    { size: -1 },
    { size: 1.5 },
    { size: 2 ** 53 },
    { root: "ab" },
    { root: "" },
    { origin: "" },
    { extensions: [""] },
    { origin: "two\nlines" },
    { extensions: ["a\u0000"] },
  ])("is not signed with %o", (wrong) => {
    expect(() => signCheckpoint({ ...checkpoint, ...wrong }, [signer])).toThrow("this is no ");
  });

  test.each([
    ["a size with a leading zero", "log.example/rack\n01\nabcd\n"],
    ["a size that is no number", "log.example/rack\nmany\nabcd\n"],
    ["a root of another length", "log.example/rack\n1\nabcd\n"],
    ["two lines", "log.example/rack\n1\n"],
    ["no text", "\n"],
  ])("is refused with %s, whoever signed it", (_, lines) => {
    expect(() => opened(signNote(lines, [signer]))).toThrow("this is no checkpoint");
  });

  test("is refused when it is of another log than the key that signed it", () => {
    const note = signCheckpoint({ ...checkpoint, origin: "log.example/other" }, [signer]);
    expect(() => opened(note)).toThrow(
      'the checkpoint is of "log.example/other", and signed by log.example/rack',
    );
  });
});
