import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type AgentShell, agentShell, canRunAgentShell } from "./support/busybox.ts";
import { type HttpFixture, httpFixture, status } from "./support/http-fixture.ts";

const answered = 0;
const gaveUp = 1;
const refused = 2;

describe.skipIf(!canRunAgentShell)("talking to the service", () => {
  let shell: AgentShell;
  let service: HttpFixture;

  beforeAll(async () => {
    shell = await agentShell();
    service = await httpFixture();
  });
  afterAll(async () => {
    await service.close();
    await rm(shell.folder, { recursive: true, force: true });
  });

  const post = () =>
    shell.run(`printf '{"a":1}' | post_json secret-token "$work/answer.json" '${service.url}/stages'`);

  test("sends the token and the body, and keeps the answer", async () => {
    service.answerWith(status(200, '{"action":"wait"}'));
    expect(await post()).toEqual({ code: answered, output: "" });
    expect(service.seen).toMatchObject([
      {
        method: "POST",
        path: "/stages",
        body: '{"a":1}',
        headers: { authorization: "Bearer secret-token", "content-type": "application/json" },
      },
    ]);
    expect(await readFile(join(shell.folder, "work/answer.json"), "utf8")).toBe('{"action":"wait"}');
  });

  test.each([500, 503, 408, 429])("asks again after status %d", async (code) => {
    service.answerWith(status(code), status(200));
    expect((await post()).code).toBe(answered);
    expect(service.seen).toHaveLength(2);
  });

  test.each([400, 401, 404])("takes status %d for a refusal and does not ask again", async (code) => {
    service.answerWith(status(code), status(200));
    const { code: result, output } = await post();
    expect(result).toBe(refused);
    expect(output).toContain(`the service refused: wget: server returned error: HTTP/1.1 ${code}`);
    expect(service.seen).toHaveLength(1);
  });

  test("gives up after its last attempt", async () => {
    const closed = await httpFixture();
    await closed.close();
    const { code, output } = await shell.run(
      `attempts_max=2; reach secret-token "$work/answer" '${closed.url}/task'`,
    );
    expect(code).toBe(gaveUp);
    expect(output).toContain("attempt 1 of 2");
    expect(output).not.toContain("secret-token");
  });

  test("does not wait for ever for an answer that does not come", async () => {
    service.answerWith(() => undefined);
    const lines = `attempts_max=1 answer_seconds=1; reach secret-token "$work/answer" '${service.url}/task'`;
    expect((await shell.run(lines)).code).toBe(gaveUp);
  });
});
