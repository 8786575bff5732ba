import { expect, it } from "vitest";
import { createConnectorDeps } from "../../../../test/contracts/connection-bench.ts";
import { createRequests } from "./requests.ts";

it("gives up after five seconds on a network that stands still", async () => {
  const { clock, deps } = createConnectorDeps();
  const stuck = new Promise<boolean>(() => {});
  const requests = createRequests(deps.clock, () => stuck, new AbortController().signal);
  const answer = requests.request({ cmd: "ping" });
  await clock.advance(5_000);
  expect(await answer).toEqual({ type: "unanswered", reason: "no answer within 5000 ms" });
  expect(clock.sleepers()).toBe(0);
});

it("gives up all that wait when the connection ends, and takes no more", async () => {
  const { clock, deps } = createConnectorDeps();
  const over = new AbortController();
  const requests = createRequests(deps.clock, async () => true, over.signal);
  const answers = Promise.all(["a", "b"].map((req_id) => requests.request({ cmd: "x", req_id })));
  over.abort();
  const ended = { type: "unanswered", reason: "the connection ended" };
  expect(await answers).toEqual([ended, ended]);
  expect(await requests.request({ cmd: "x" })).toMatchObject({ type: "unreached" });
  expect(clock.sleepers()).toBe(0);
});
