import { describe, expect, it } from "vitest";
import type { RawRequest } from "../../../src/ports/channel.ts";
import { utf8 } from "../../../src/wire/bytes.ts";
import { positions } from "../../contracts/channel-receipts.ts";
import type { PushSubject } from "../../contracts/channel-subject.ts";
import type { HookCase } from "../../support/hook-case.ts";
import { HOOK_CASES, WORDS } from "../../support/hook-cases.ts";
import { requestOf } from "../../support/hook-hub.ts";
import { hookHubs } from "../../support/open-hook-hub.ts";

const MEBIBYTE = 1_048_576;

describe.each(HOOK_CASES)("the hooks of %s", (_name, subject) => {
  const open = hookHubs(subject);

  const said = { id: "4561255354251340001", sender: subject.clerk, text: WORDS };
  const pushed = async (): Promise<RawRequest> => subject.messages.push(subject.say(said));

  describe("addresses", () => {
    it("does not know an account that is not configured", async () => {
      const hub = open();
      const raw = await pushed();
      const stranger = { ...subject, account: `${subject.account}-2` };
      const reply = await hub.ask(requestOf(stranger, raw, subject.messages.feed));
      expect([reply.status, JSON.parse(reply.body).code]).toEqual([404, "unknown_account"]);
      expect(await hub.stored()).toBe(0);
    });

    it("does not know a feed that the channel has not", async () => {
      const hub = open();
      const reply = await hub.push(await pushed(), "nonsense");
      expect([reply.status, JSON.parse(reply.body).code]).toEqual([404, "unknown_feed"]);
      expect(await hub.stored()).toBe(0);
    });

    it("takes nothing for a disabled account", async () => {
      const hub = open({ enabled: false });
      const reply = await hub.say(said);
      expect([reply.status, JSON.parse(reply.body).code]).toEqual([403, "account_disabled"]);
      expect(await hub.stored()).toBe(0);
    });

    it("says whether the address is ours, and stores nothing for that", async () => {
      const hub = open();
      expect(subject.handshakes.handshakes.length).toBeGreaterThan(0);
      for (const handshake of subject.handshakes.handshakes) {
        const reply = await hub.push(await handshake.request(), subject.handshakes.feed);
        expect(reply.status).toBe(200);
        await handshake.check({ status: 200, headers: {}, body: reply.body });
      }
      expect(await hub.stored()).toBe(0);
    });
  });

  describe("proof", () => {
    const feeds = [...new Set([subject.messages, subject.clicks, subject.handshakes])];

    it.each(feeds)("stores nothing of forged $name but a count", async (feed) => {
      const hub = open();
      const samples = await Promise.all(feed.samples.map(({ payload }) => feed.push(payload)));
      const forged = samples.flatMap((raw) => withoutProof(raw, feed));
      for (const raw of forged) expect((await hub.push(raw, feed.feed)).status).toBe(401);
      expect(forged.length).toBeGreaterThan(0);
      expect(await hub.stored()).toBe(0);
      expect(hub.counted("refused")).toBe(forged.length);
      expect(hub.calls).toEqual([]);
    });

    if (subject.messages.coversBody) {
      it("takes no other meaning from a body of which one byte was flipped", async () => {
        const hub = open();
        const raw = await pushed();
        let refused = 0;
        for (const at of positions(raw.body.length)) {
          const body = raw.body.slice();
          body[at] = (body[at] ?? 0) ^ 1;
          const { status } = await hub.push({ ...raw, body }, subject.messages.feed);
          // Nothing is signed of WeCom's envelope but the ciphertext, and nothing is read of it either.
          if (status !== 200) refused += 1;
        }
        expect(refused).toBeGreaterThan(positions(raw.body.length).length / 2);
        expect(hub.counted("refused")).toBe(refused);
        await hub.push(raw, subject.messages.feed);
        const inbox = await hub.store.page("inbox", 0, 10);
        expect(inbox.map(({ values }) => JSON.parse(String(values.body)).parts)).toEqual([
          [{ type: "text", text: WORDS }],
        ]);
      });
    }

    it("refuses a push that is a day old", async () => {
      const hub = open();
      hub.clock.advance(86_400_000);
      expect((await hub.say(said)).status).toBe(401);
      expect(await hub.stored()).toBe(0);
    });

    it("takes a good push after all the bad ones", async () => {
      const hub = open();
      for (const body of GARBAGE) await hub.push(bare(body), subject.messages.feed);
      expect((await hub.say(said)).status).toBe(200);
      expect(await hub.stored()).toBe(1);
    });
  });

  describe("bodies", () => {
    it.each(GARBAGE.map((body) => [body.slice(0, 40), body]))(
      "answers %j with 4xx",
      async (_head, body) => {
        const hub = open();
        const { status } = await hub.push(bare(body), subject.messages.feed);
        expect([400, 401]).toContain(status);
        const proven = await subject.messages.prove(utf8(body));
        expect([400, 401]).toContain((await hub.push(proven, subject.messages.feed)).status);
        expect(await hub.stored()).toBe(0);
      },
    );

    it("refuses a body that says it is too large without reading a byte of it", async () => {
      const hub = open();
      const { stream, read } = endless();
      const headers = { "content-length": String(MEBIBYTE + 1) };
      const { status } = await hub.ask(streamed(subject, stream, headers));
      expect([status, read()]).toEqual([413, 0]);
      expect(await hub.stored()).toBe(0);
    });

    it("stops reading a body of unknown length once it is too large", async () => {
      const hub = open();
      const { stream, read } = endless();
      const { status } = await hub.ask(
        streamed(subject, stream, { "transfer-encoding": "chunked" }),
      );
      expect(status).toBe(413);
      expect(read()).toBeLessThan(2 * MEBIBYTE);
    });

    it.each(["text/plain", "multipart/form-data", "application/octet-stream"])(
      "takes a proven push that claims to be %s",
      async (type) => {
        const hub = open();
        const raw = await pushed();
        const claimed = { ...raw, headers: { ...raw.headers, "content-type": type } };
        expect((await hub.push(claimed, subject.messages.feed)).status).toBe(200);
        expect(await hub.stored()).toBe(1);
      },
    );
  });
});

const GARBAGE = [
  "",
  "null",
  "{}",
  '{"encrypt":"AAAA"}',
  '{"encrypt":5}',
  '{"encrypt":"AAA',
  "[".repeat(100_000),
  `${'{"a":'.repeat(20_000)}1${"}".repeat(20_000)}`,
  "<xml><Encrypt><![CDATA[AAAA]]></Encrypt></xml>",
  '<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;">]><xml><Encrypt>&c;</Encrypt></xml>',
  `<!DOCTYPE x [<!ENTITY a0 "a">${Array.from({ length: 30 }, (_, n) => `<!ENTITY a${n + 1} "&a${n};&a${n};">`).join("")}]><xml>&a30;</xml>`,
];

/** A body that nobody has signed. */
function bare(body: string): RawRequest {
  const headers = { "content-type": "application/json" };
  return { method: "POST", query: "", headers, body: utf8(body) };
}

/** The same push again and again, each time with one part of its proof missing, or changed. */
function withoutProof(raw: RawRequest, { proof }: PushSubject): RawRequest[] {
  const byHeader = proof.headers.flatMap((name) => {
    const { [name]: value = "", ...headers } = raw.headers;
    return [
      { ...raw, headers },
      { ...raw, headers: { ...headers, [name]: changed(value) } },
    ];
  });
  const byQuery = proof.query.flatMap((name) => {
    const missing = new URLSearchParams(raw.query);
    missing.delete(name);
    const other = new URLSearchParams(raw.query);
    other.set(name, changed(other.get(name) ?? ""));
    return [
      { ...raw, query: String(missing) },
      { ...raw, query: String(other) },
    ];
  });
  return [...byHeader, ...byQuery];
}

function changed(text: string): string {
  return `${text.startsWith("1") ? "2" : "1"}${text.slice(1)}`;
}

/** Bytes without an end, and how many of them were asked for. */
function endless(): { readonly stream: ReadableStream<Uint8Array>; read(): number } {
  let bytes = 0;
  const stream = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        bytes += 65_536;
        controller.enqueue(new Uint8Array(65_536));
      },
    },
    { highWaterMark: 0 },
  );
  return { stream, read: () => bytes };
}

function streamed(
  subject: HookCase,
  body: ReadableStream,
  headers: Record<string, string>,
): Request {
  const url = `http://hub.test/hooks/${subject.account}/${subject.messages.feed}`;
  return new Request(url, { method: "POST", headers, body, duplex: "half" } as RequestInit);
}
