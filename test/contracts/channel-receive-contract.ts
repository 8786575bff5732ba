import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { RawRequest, Receipt } from "../../src/ports/channel.ts";
import { createBench } from "./channel-fakes.ts";
import {
  expectNothing,
  expectWellFormed,
  itemsOf,
  parsed,
  pathsOf,
  positions,
  refusal,
  replaced,
} from "./channel-receipts.ts";
import type { PushSample, PushSubject } from "./channel-subject.ts";

/** Receiving proves, translates, and never rejects. */
export function receiveContract(push: PushSubject): void {
  describe.each(push.samples)("$name", (sample) => {
    meaning(push, sample);
    proof(push, sample);
    replies(push, sample);
    mutations(push, sample);
  });
  handshakes(push);
  garbage(push);
}

async function receive(push: PushSubject, request: RawRequest, lateMs = 0): Promise<Receipt> {
  const bench = createBench();
  bench.advance(lateMs);
  const receipt = await push.create(bench.deps).receive(request, push.feed);
  expect(bench.requests, "receive() makes no call to the vendor").toEqual([]);
  return receipt;
}

function meaning(push: PushSubject, sample: PushSample): void {
  it("means exactly this", async () => {
    const receipt = await receive(push, await push.push(sample.payload));
    expect(itemsOf(receipt)).toEqual(sample.items);
    for (const item of itemsOf(receipt)) expectWellFormed(item);
  });

  it("means the same with the same dedupe keys when it is delivered again", async () => {
    const first = await receive(push, await push.push(sample.payload));
    const again = await receive(push, await push.push(sample.payload), 1000);
    expect(itemsOf(again)).toEqual(itemsOf(first));
  });

  it("means the same whatever content type the sender claims", async () => {
    const request = await push.push(sample.payload);
    for (const type of ["text/plain", "image/png", ""]) {
      const claimed = { ...request, headers: { ...request.headers, "content-type": type } };
      expect(itemsOf(await receive(push, claimed))).toEqual(sample.items);
    }
  });
}

function proof(push: PushSubject, sample: PushSample): void {
  it("is refused by an account with other secrets", async () => {
    const bench = createBench();
    const receipt = await push
      .createStranger(bench.deps)
      .receive(await push.push(sample.payload), push.feed);
    expect(refusal(receipt)).toBe("signature");
  });

  it.each(push.proof.headers.map((header) => ({ header })))(
    "is refused without its header $header",
    async ({ header }) => {
      const request = await push.push(sample.payload);
      expect(Object.keys(request.headers)).toContain(header);
      const { [header]: _dropped, ...headers } = request.headers;
      expect(refusal(await receive(push, { ...request, headers }))).not.toBeNull();
      const emptied = { ...request, headers: { ...headers, [header]: "" } };
      expect(refusal(await receive(push, emptied))).not.toBeNull();
    },
  );

  it.each(push.proof.query.map((name) => ({ name })))(
    "is refused without its query parameter $name",
    async ({ name }) => {
      const request = await push.push(sample.payload);
      const query = new URLSearchParams(request.query);
      expect([...query.keys()]).toContain(name);
      query.delete(name);
      const missing = { ...request, query: String(query) };
      expect(refusal(await receive(push, missing))).not.toBeNull();
      query.set(name, "");
      const emptied = { ...request, query: String(query) };
      expect(refusal(await receive(push, emptied))).not.toBeNull();
    },
  );

  it("never means something else after one flipped byte", async () => {
    const request = await push.push(sample.payload);
    for (const at of positions(request.body.length)) {
      const body = request.body.slice();
      body[at] = (body[at] ?? 0) ^ 1;
      const receipt = await receive(push, { ...request, body });
      if (push.coversBody && receipt.type !== "refused") {
        expect(itemsOf(receipt), `byte ${at}`).toEqual(sample.items);
      }
    }
  });

  it.runIf(push.window !== null)("is refused as stale outside its time window", async () => {
    const { pastMs, futureMs } = push.window ?? { pastMs: 0, futureMs: 0 };
    const request = await push.push(sample.payload);
    expect(itemsOf(await receive(push, request, pastMs - 1000))).toEqual(sample.items);
    expect(refusal(await receive(push, request, pastMs + 1000))).toBe("stale");
    expect(refusal(await receive(push, request, -futureMs - 1000))).toBe("stale");
  });
}

function replies(push: PushSubject, sample: PushSample): void {
  it.each(sample.replies)("is answered as the vendor needs it: $name", async (reply) => {
    const receipt = await receive(push, await push.push(sample.payload));
    if (receipt.type !== "inbound")
      throw new Error(`expected an inbound receipt, got ${receipt.type}`);
    const answer = await receipt.reply(reply.outcome);
    expect(answer.status).toBe(200);
    await reply.check(answer);
  });

  it("is answered with 200 however it ends, without a call to the vendor", async () => {
    const bench = createBench();
    const receipt = await push
      .create(bench.deps)
      .receive(await push.push(sample.payload), push.feed);
    if (receipt.type !== "inbound")
      throw new Error(`expected an inbound receipt, got ${receipt.type}`);
    const card = { tone: "info", title: "t", subtitle: null, blocks: [], controls: [] } as const;
    for (const outcome of [
      null,
      "pending",
      { tone: "error", text: "没有成功", card: null },
      { tone: "success", text: "好了", card },
    ] as const) {
      expect((await receipt.reply(outcome)).status).toBe(200);
    }
    expect(bench.requests).toEqual([]);
  });
}

/** Payloads that a genuine but mad vendor could send: proven, and wrong inside. */
function mutations(push: PushSubject, sample: PushSample): void {
  it("survives its payload cut off anywhere", async () => {
    for (const at of positions(sample.payload.length)) {
      const receipt = await receive(push, await push.push(sample.payload.slice(0, at)));
      expect(receipt.type, `cut at ${at}`).toBe("refused");
    }
  });

  const value = parsed(sample.payload);
  it.runIf(value !== null)("survives any one of its values being something else", async () => {
    const odd = fc.oneof(
      fc.jsonValue(),
      fc.constantFrom<unknown>(
        null,
        "",
        0,
        -1,
        1e308,
        [],
        {},
        "[[[[",
        '{"text":5}',
        "\u0000",
        "9".repeat(400),
      ),
    );
    const paths = pathsOf(value);
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...paths), odd, async (path, put) => {
        const receipt = await receive(
          push,
          await push.push(JSON.stringify(replaced(value, path, put))),
        );
        if (receipt.type === "inbound") {
          for (const item of receipt.items) expectWellFormed(item);
          expect((await receipt.reply(null)).status).toBe(200);
        }
      }),
      { numRuns: 150 },
    );
  });
}

function handshakes(push: PushSubject): void {
  it.each(push.handshakes)("answers the handshake: $name", async (handshake) => {
    const receipt = await receive(push, await handshake.request());
    if (receipt.type !== "handshake") throw new Error(`expected a handshake, got ${receipt.type}`);
    expect(receipt.reply.status).toBe(200);
    await handshake.check(receipt.reply);
  });

  it.each(push.handshakes)("does not answer a stranger's handshake: $name", async (handshake) => {
    const receipt = await push
      .createStranger(createBench().deps)
      .receive(await handshake.request(), push.feed);
    expect(refusal(receipt)).toBe("signature");
  });
}

const BODIES: readonly (readonly [string, string])[] = [
  ["nothing", ""],
  ["null", "null"],
  ["a number", "7"],
  ["a list", "[]"],
  ["an empty object", "{}"],
  ["truncated JSON", '{"encrypt":"AAA'],
  ["a short ciphertext", '{"encrypt":"AAAA"}'],
  ["a ciphertext of one block", `{"encrypt":"${"A".repeat(43)}="}`],
  ["a ciphertext that is not base64", '{"encrypt":"%%%%"}'],
  ["a ciphertext that is a number", '{"encrypt":5}'],
  ["deep JSON", "[".repeat(100_000)],
  ["deep closed JSON", `${'{"a":'.repeat(20_000)}1${"}".repeat(20_000)}`],
  ["a prototype", '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}'],
  ["XML", "<xml><Encrypt><![CDATA[AAAA]]></Encrypt></xml>"],
  ["truncated XML", "<xml><Encrypt><![CDATA["],
  [
    "an entity bomb",
    '<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;">]><xml><Encrypt>&c;</Encrypt></xml>',
  ],
  ["a byte order mark", "\ufeff{}"],
];

function garbage(push: PushSubject): void {
  it.each(push.forgeries)("refuses $name", async (forgery) => {
    expect(refusal(await receive(push, await forgery.request()))).toBe(forgery.reason);
  });

  it.each(BODIES)("means nothing by a proven body of %s", async (_name, body) => {
    const proven = await push.prove(new TextEncoder().encode(body));
    expectNothing(await receive(push, proven));
    expectNothing(await receive(push, await push.push(body)));
    expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);
  });

  it.each(BODIES)("refuses an unproven body of %s", async (_name, body) => {
    const proven = await push.prove(new TextEncoder().encode(body));
    const bare = { ...proven, query: "", headers: {} };
    expect(refusal(await receive(push, bare))).not.toBeNull();
  });

  it("means nothing by bytes that are not UTF-8", async () => {
    expectNothing(
      await receive(push, await push.prove(Uint8Array.of(0xff, 0xfe, 0x00, 0xc3, 0x28))),
    );
  });

  it("refuses a bare GET", async () => {
    const proven = await push.prove(new Uint8Array());
    const receipt = await receive(push, { ...proven, query: "", method: "GET" });
    expect(refusal(receipt)).not.toBeNull();
  });
}
