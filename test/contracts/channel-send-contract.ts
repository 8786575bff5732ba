import { describe, expect, it } from "vitest";
import type { Delivery } from "../../src/ports/channel.ts";
import {
  type Bench,
  brokenOff,
  createBench,
  neverAnswered,
  neverConnected,
  type Vendor,
} from "./channel-fakes.ts";
import type {
  AnswerSample,
  MessageSample,
  SendingSubject,
  TokenSubject,
} from "./channel-subject.ts";

/** Sending makes one attempt, says truthfully what came of it, and never rejects. */
export function sendContract(subject: SendingSubject): void {
  const first = subject.messages[0];
  if (first === undefined) throw new Error("a channel needs at least one message sample");
  accepting(subject);
  failing(subject);
  for (const sample of subject.answers) {
    it(`calls it ${words(sample)} when the vendor answers ${sample.name}`, async () => {
      const bench = vendorOf(subject, () => sample.answer());
      await expectDelivery(
        await subject.create(bench.deps).send(first.message),
        sample,
        bench,
        subject,
      );
    });
  }
  if (subject.token !== null) tokens(subject, subject.token, first);
  updating(subject);
}

/** A vendor that issues tokens gladly and treats every other request as told. */
function vendorOf(subject: SendingSubject, api: Vendor): Bench {
  let issued = 0;
  return createBench((request) => {
    if (subject.token?.asks(request)) {
      issued += 1;
      return subject.token.issued(`secret-token-${issued}`);
    }
    return api(request);
  });
}

/** The requests that were not for a token. */
function apiCalls(bench: Bench, subject: SendingSubject): readonly Request[] {
  return bench.requests.filter((request) => !subject.token?.asks(request));
}

function accepting(subject: SendingSubject): void {
  it.each(subject.messages)("sends $name in one request", async (sample) => {
    const bench = vendorOf(subject, () => sample.accepted());
    expect(await subject.create(bench.deps).send(sample.message)).toEqual(sample.delivery);
    const [request, ...more] = apiCalls(bench, subject);
    expect(more).toEqual([]);
    if (request === undefined) throw new Error("nothing was sent");
    await sample.check(request);
  });

  it.each(subject.messages)("sends $name again byte for byte the same", async (sample) => {
    const bench = vendorOf(subject, () => sample.accepted());
    const channel = subject.create(bench.deps);
    await channel.send(sample.message);
    await channel.send(sample.message);
    const bodies = await Promise.all(
      apiCalls(bench, subject).map((request) => request.clone().text()),
    );
    expect(bodies).toHaveLength(2);
    if (sample.repeatable) expect(bodies[1]).toBe(bodies[0]);
  });

  it("says in its capabilities whether every message may be repeated", () => {
    const { can } = subject.create(createBench().deps);
    expect(can.idempotentSend).toBe(subject.messages.every((sample) => sample.repeatable));
  });
}

function failing(subject: SendingSubject): void {
  describe.each(subject.messages)("$name", (sample) => {
    const unsure = sample.repeatable ? { type: "failed", class: "transient" } : { type: "unknown" };

    it("is transient when no connection was made", async () => {
      const bench = vendorOf(subject, neverConnected);
      const delivery = await subject.create(bench.deps).send(sample.message);
      expect(delivery).toMatchObject({ type: "failed", class: "transient" });
      expectDiscreet(delivery, bench, subject);
    });

    it.each([
      ["times out", neverAnswered],
      ["breaks off", brokenOff],
    ])(`is ${unsure.class ?? "unknown"} when the answer %s`, async (_name, broken) => {
      const bench = vendorOf(subject, broken);
      const delivery = await subject.create(bench.deps).send(sample.message);
      expect(delivery).toMatchObject(unsure);
      expectDiscreet(delivery, bench, subject);
    });

    it("is never called sent on an answer that is not the vendor's", async () => {
      for (const [status, body] of [
        [200, ""],
        [200, "<html>blocked</html>"],
        [200, "[]"],
        [204, null],
        [502, "bad gateway"],
        [500, "{}"],
      ] as const) {
        const bench = vendorOf(subject, () => new Response(body, { status }));
        const delivery = await subject.create(bench.deps).send(sample.message);
        expect(delivery.type, `${status} ${body}`).not.toBe("sent");
        if (status >= 500) expect(["transient", undefined]).toContain(classOf(delivery));
      }
    });
  });
}

function tokens(subject: SendingSubject, token: TokenSubject, first: MessageSample): void {
  it("asks for one token under 64 sends at once, and keeps it", async () => {
    const bench = vendorOf(subject, () => first.accepted());
    const channel = subject.create(bench.deps);
    await Promise.all(Array.from({ length: 64 }, () => channel.send(first.message)));
    await channel.send(first.message);
    expect(bench.requests.filter((request) => token.asks(request))).toHaveLength(1);
    expect(apiCalls(bench, subject)).toHaveLength(65);
  });

  it("asks anew before the token expires", async () => {
    const bench = vendorOf(subject, () => first.accepted());
    const channel = subject.create(bench.deps);
    await channel.send(first.message);
    bench.advance(2 * 3_600_000 - 60_000);
    await channel.send(first.message);
    expect(apiCalls(bench, subject).map((request) => token.carried(request))).toEqual([
      "secret-token-1",
      "secret-token-2",
    ]);
  });

  it("refreshes a refused token once and sends once more", async () => {
    const bench = vendorOf(subject, (request) =>
      token.carried(request) === "secret-token-1" ? token.refused() : first.accepted(),
    );
    const channel = subject.create(bench.deps);
    const deliveries = await Promise.all(
      Array.from({ length: 64 }, () => channel.send(first.message)),
    );
    for (const delivery of deliveries) expect(delivery).toEqual(first.delivery);
    expect(bench.requests.filter((request) => token.asks(request))).toHaveLength(2);
  });

  it("gives up with class token when the fresh token is refused too", async () => {
    const bench = vendorOf(subject, () => token.refused());
    const delivery = await subject.create(bench.deps).send(first.message);
    expect(delivery).toMatchObject({ type: "failed", class: "token" });
    expect(apiCalls(bench, subject)).toHaveLength(2);
    expect(bench.requests.filter((request) => token.asks(request))).toHaveLength(2);
    expectDiscreet(delivery, bench, subject);
  });

  it.each(token.failures)("is $class when no token is issued: $name", async (failure) => {
    const bench = createBench((request) =>
      token.asks(request) ? failure.answer() : first.accepted(),
    );
    const delivery = await subject.create(bench.deps).send(first.message);
    expect(delivery).toMatchObject({ type: "failed", class: failure.class });
    expect(apiCalls(bench, subject)).toEqual([]);
    expectDiscreet(delivery, bench, subject);
  });

  it.each([
    ["cannot be reached", neverConnected],
    ["does not answer", neverAnswered],
  ])("is transient when the place that issues tokens %s", async (_name, broken) => {
    const bench = createBench((request) => (token.asks(request) ? broken() : first.accepted()));
    const channel = subject.create(bench.deps);
    expect(await channel.send(first.message)).toMatchObject({ type: "failed", class: "transient" });
    expect(apiCalls(bench, subject)).toEqual([]);
  });
}

function updating(subject: SendingSubject): void {
  const { update } = subject;
  if (!update.possible) {
    it("says which class of failure an update is, without a call", async () => {
      const bench = createBench();
      const delivery = await subject.create(bench.deps).update(update.surface, update.card);
      expect(delivery).toMatchObject({ type: "failed", class: update.class });
    });
    return;
  }

  it("updates a card in one request", async () => {
    const bench = vendorOf(subject, () => update.accepted());
    const channel = subject.create(bench.deps);
    expect(await channel.update(update.surface, update.card)).toEqual(update.delivery);
    const [request, ...more] = apiCalls(bench, subject);
    expect(more).toEqual([]);
    if (request === undefined) throw new Error("nothing was sent");
    await update.check(request);
  });

  it("says what is known when an update is not answered", async () => {
    const unsure = update.repeatable ? { type: "failed", class: "transient" } : { type: "unknown" };
    const bench = vendorOf(subject, neverAnswered);
    expect(await subject.create(bench.deps).update(update.surface, update.card)).toMatchObject(
      unsure,
    );
  });

  for (const sample of update.answers) {
    it(`calls an update ${words(sample)} when the vendor answers ${sample.name}`, async () => {
      const bench = vendorOf(subject, () => sample.answer());
      const delivery = await subject.create(bench.deps).update(update.surface, update.card);
      await expectDelivery(delivery, sample, bench, subject);
    });
  }
}

async function expectDelivery(
  delivery: Delivery,
  sample: AnswerSample,
  bench: Bench,
  subject: SendingSubject,
): Promise<void> {
  expect(delivery).toMatchObject(sample.delivery);
  expectDiscreet(delivery, bench, subject);
}

/** A reason or a log line tells no secret, no token, and nothing that we were saying. */
function expectDiscreet(delivery: Delivery, bench: Bench, subject: SendingSubject): void {
  const told = [...bench.lines, delivery.type === "sent" ? "" : delivery.reason].join("\n");
  for (const secret of [...subject.secrets, "secret-token"]) expect(told).not.toContain(secret);
  for (const { message } of subject.messages) {
    const { content } = message;
    expect(told).not.toContain(content.type === "text" ? content.text : content.card.title);
  }
}

function words(sample: AnswerSample): string {
  return sample.delivery.type === "failed" ? sample.delivery.class : sample.delivery.type;
}

function classOf(delivery: Delivery): string | undefined {
  return delivery.type === "failed" ? delivery.class : undefined;
}
