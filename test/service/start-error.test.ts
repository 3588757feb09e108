import { expect, test } from "vitest";
import { openPort, StartError } from "../../src/service/start-error.ts";

const place = { key: "wire.tftpPort", at: "10.77.0.1:69" };

function refusing(code: string) {
  return openPort(place, () => Promise.reject(Object.assign(new Error("bind"), { code, syscall: "bind" })));
}

test.each([
  [
    "EADDRINUSE",
    /^wire.tftpPort: cannot listen on 10.77.0.1:69 \(EADDRINUSE\): another process has it: stop/,
  ],
  ["EACCES", /CAP_NET_BIND_SERVICE: grant it, or name a higher port$/],
  ["EADDRNOTAVAIL", /no interface of this host has the address: name one that it has$/],
])("a port that is refused with %s names key, value and remedy", async (code, message) => {
  const refusal = refusing(code);
  await expect(refusal).rejects.toBeInstanceOf(StartError);
  await expect(refusal).rejects.toThrow(message);
});

test("what is no refusal of a port is passed on as it is", async () => {
  await expect(refusing("EMFILE")).rejects.not.toBeInstanceOf(StartError);
  await expect(openPort(place, () => Promise.resolve("open"))).resolves.toBe("open");
});
