import { expect, test } from "vitest";
import { describeSystemError } from "../../src/service/system-error.ts";

function kernelSays(message: string, code: string): Error {
  return Object.assign(new Error(message), { code, syscall: "bind" });
}

test("a port that needs a privilege names it", () => {
  const text = describeSystemError(kernelSays("bind EACCES 10.77.0.1:69", "EACCES"));
  expect(text).toMatch(/^bind EACCES 10\.77\.0\.1:69: .*CAP_NET_BIND_SERVICE/);
});

test("a code without a remedy is told as it is", () => {
  expect(describeSystemError(kernelSays("read EIO", "EIO"))).toBe("read EIO");
});

test("an error that is not the kernel's is left to others", () => {
  expect(describeSystemError(new Error("a bug"))).toBeUndefined();
});
