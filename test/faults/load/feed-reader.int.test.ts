import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { createFeedReader } from "./feed-reader.ts";

test("a reader that is told to stop while its connection breaks off just stops", async () => {
  const over = new AbortController();
  const service = createServer((socket) => {
    over.abort();
    socket.destroy();
  });
  service.listen(0, "127.0.0.1");
  onTestFinished(() => void service.close());
  await once(service, "listening");
  const { port } = service.address() as AddressInfo;
  const reader = createFeedReader();
  await reader.run({ api: `http://127.0.0.1:${port}/graphql`, token: "" }, over.signal);
  expect(reader.sights()).toEqual([]);
});
