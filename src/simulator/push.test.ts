import { describe, expect, it } from "vitest";
import { createManualClock } from "./manual-clock.ts";
import { createPusher, type Push } from "./push.ts";

type Answer = (request: Request) => Response | Promise<Response>;

function setUp(answer: Answer, speed = 1) {
  const clock = createManualClock();
  const requests: Request[] = [];
  const pusher = createPusher({
    clock,
    speed,
    deadlineMs: 3000,
    retryDelaysMs: [15_000, 300_000],
    fetch: async (input, init) => {
      const request = new Request(input, init);
      requests.push(request.clone());
      return answer(request);
    },
  });
  const push: Push = {
    build: async (attempt) => ({
      url: "http://hub.test/hooks",
      headers: { "x-attempt": String(attempt) },
      body: `{"event":"e1"}`,
    }),
    accepts: ({ status }) => status === 200,
  };
  return { clock, pusher, push, requests };
}

const never = () => new Promise<Response>(() => undefined);

describe("pusher", () => {
  it("stops after an accepted answer", async () => {
    const { pusher, push, requests } = setUp(() => new Response("ok"));
    const handle = pusher.push(push);
    expect(await handle.first).toEqual({ delivered: true, status: 200, attempts: 1 });
    expect(await handle.done).toEqual({ delivered: true, status: 200, attempts: 1 });
    expect(requests).toHaveLength(1);
  });

  it("builds every redelivery anew, on the vendor's schedule, until it is accepted", async () => {
    let failures = 2;
    const { clock, pusher, push, requests } = setUp(() =>
      failures-- > 0 ? new Response("", { status: 500 }) : new Response("ok"),
    );
    const handle = pusher.push(push);
    expect(await handle.first).toEqual({ delivered: false, status: 500, attempts: 1 });
    await clock.advance(14_999);
    expect(requests).toHaveLength(1);
    await clock.advance(1);
    expect(requests).toHaveLength(2);
    await clock.advance(300_000);
    expect(await handle.done).toEqual({ delivered: true, status: 200, attempts: 3 });
    expect(requests.map((request) => request.headers.get("x-attempt"))).toEqual(["0", "1", "2"]);
  });

  it("gives up at the end of the schedule", async () => {
    const { clock, pusher, push } = setUp(() => new Response("", { status: 403 }));
    const handle = pusher.push(push);
    await clock.advance(400_000);
    expect(await handle.done).toEqual({ delivered: false, status: 403, attempts: 3 });
  });

  it("divides the delays, not the deadline, by the speed", async () => {
    const { clock, pusher, push, requests } = setUp(never, 100);
    const handle = pusher.push(push);
    await clock.advance(2999);
    expect(pusher.attempts()).toHaveLength(0);
    await clock.advance(1);
    expect(await handle.first).toEqual({ delivered: false, status: null, attempts: 1 });
    expect(pusher.attempts()[0]?.failure).toBe("timeout");
    await clock.advance(150);
    expect(requests).toHaveLength(2);
  });

  it("counts a body that is not complete at the deadline as no answer", async () => {
    const { clock, pusher, push } = setUp(() => new Response(new ReadableStream({})));
    const handle = pusher.push(push);
    await clock.advance(3000);
    expect(await handle.first).toEqual({ delivered: false, status: null, attempts: 1 });
  });

  it("notes a broken connection as one", async () => {
    const { pusher, push } = setUp(() => Promise.reject(new TypeError("refused")));
    const attempt = await pusher.once(push);
    expect(attempt).toMatchObject({ status: null, accepted: false, failure: "network" });
  });

  it("does not follow redirects", async () => {
    const { pusher, push, requests } = setUp(() => Response.redirect("http://hub.test/other", 302));
    expect(await pusher.once(push)).toMatchObject({ status: 302, accepted: false });
    expect(requests[0]?.redirect).toBe("manual");
  });

  it("counts an acceptance test that throws as no", async () => {
    const { pusher, push } = setUp(() => new Response("not json"));
    const accepts = ({ body }: { body: string }) => JSON.parse(body) === "success";
    expect(await pusher.once({ ...push, accepts })).toMatchObject({ accepted: false, status: 200 });
  });

  it("ends attempts and redeliveries when it is stopped", async () => {
    const { clock, pusher, push, requests } = setUp(never);
    const handle = pusher.push(push);
    await clock.advance(10);
    await pusher.stop();
    expect(await handle.done).toEqual({ delivered: false, status: null, attempts: 1 });
    await clock.advance(1_000_000);
    expect(requests).toHaveLength(1);
    expect(clock.sleepers()).toBe(0);
  });
});
