import { describe, expect, it, vi } from "vitest";
import { createFaults } from "./faults.ts";
import { createManualClock } from "./manual-clock.ts";

const request = (path: string, method = "POST") =>
  new Request(`http://vendor.test${path}`, { method });
const render = (status: number, code: number | null) => Response.json({ code }, { status });

describe("faults", () => {
  it("fails as many matching requests as it was told to, without their effect", async () => {
    const faults = createFaults(createManualClock());
    const effect = vi.fn(async () => new Response("done"));
    faults.fail({ match: "/im", status: 502, code: 2200, times: 2 });
    expect((await faults.around(request("/other"), effect, render)).status).toBe(200);
    for (const _ of [1, 2]) {
      const answer = await faults.around(request("/im/v1"), effect, render);
      expect(answer.status).toBe(502);
      expect(await answer.json()).toEqual({ code: 2200 });
    }
    expect(effect).toHaveBeenCalledTimes(1);
    expect((await faults.around(request("/im/v1"), effect, render)).status).toBe(200);
  });

  it("can fail after the effect, and by breaking the connection", async () => {
    const faults = createFaults(createManualClock());
    const effect = vi.fn(async () => new Response("done"));
    faults.fail({ match: "/", status: 0, times: 1, after: true });
    await expect(faults.around(request("/im"), effect, render)).rejects.toThrow(TypeError);
    expect(effect).toHaveBeenCalledTimes(1);
  });

  it("can answer as a gateway, with a page, and say when to come back", async () => {
    const faults = createFaults(createManualClock());
    faults.fail({ match: "/", status: 503, page: true, retryAfterS: 7, times: 1 });
    const answer = await faults.around(request("/im"), async () => new Response("done"), render);
    expect([answer.status, answer.headers.get("retry-after")]).toEqual([503, "7"]);
    expect(await answer.text()).toContain("<html>");
  });

  it("looks at the method where one is given", async () => {
    const faults = createFaults(createManualClock());
    faults.fail({ match: "/im", method: "PATCH", times: 1 });
    const effect = async () => new Response("done");
    expect((await faults.around(request("/im"), effect, render)).status).toBe(200);
    expect((await faults.around(request("/im", "PATCH"), effect, render)).status).toBe(500);
  });

  it("answers later by the latency", async () => {
    const clock = createManualClock();
    const faults = createFaults(clock);
    faults.latencyMs = 200;
    let answered = false;
    const answer = faults.around(request("/im"), async () => new Response("done"), render);
    void answer.then(() => {
      answered = true;
    });
    await clock.advance(199);
    expect(answered).toBe(false);
    await clock.advance(1);
    expect((await answer).status).toBe(200);
  });
});
