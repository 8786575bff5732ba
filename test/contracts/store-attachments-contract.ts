import { describe, expect, it } from "vitest";
import type { NewAttachmentRow, StoredFile } from "../../src/ports/attachment-row.ts";
import type { Row } from "../../src/ports/batch.ts";
import { letter, type StoreBench } from "./store-samples.ts";

const file: StoredFile = {
  blob: "a1/a1",
  name: "图.png",
  mime: "image/png",
  bytes: 70,
  sha256: "ab".repeat(32),
};

function attached(id: string, over: Partial<NewAttachmentRow> = {}): Row {
  const row = {
    id,
    account: "feishu/a",
    messageId: "om_1",
    conversation: "conversation:k.1",
    key: `img_${id}`,
    kind: "image",
    name: null,
    createdAt: 10,
    ...over,
  } as const;
  return { type: "attachment", row };
}

export function attachmentContract(bench: () => StoreBench): void {
  const due = async (now: number, busy: string[] = []) =>
    (await bench().store.attachmentsDue(now, 10, busy)).map(({ id }) => id);

  describe("attachments", () => {
    it("wait to be fetched from when they came, once each", async () => {
      await bench().rows(attached("a1", { name: "a.png" }));
      await bench().rows(attached("a1", { name: "other.png" }));
      expect(await due(9)).toEqual([]);
      expect(await bench().store.attachmentsDue(10, 10)).toEqual([
        {
          id: "a1",
          account: "feishu/a",
          messageId: "om_1",
          conversation: "conversation:k.1",
          key: "img_a1",
          kind: "image",
          name: "a.png",
          createdAt: 10,
          status: "pending",
          reason: null,
          file: null,
          uploads: {},
          attempts: 0,
        },
      ]);
      expect(await bench().store.nextDue(0)).toBe(10);
    });

    it("are fetched first where their address is their key, and not for busy accounts", async () => {
      await bench().rows(
        attached("a1"),
        attached("a2", { createdAt: 20, key: '{"url":"https://x"}' }),
        attached("a3", { account: "wecom/b" }),
      );
      expect(await due(99)).toEqual(["a2", "a1", "a3"]);
      expect(await due(99, ["feishu/a"])).toEqual(["a3"]);
    });

    it("are taken up by one, until then", async () => {
      await bench().rows(attached("a1"));
      const hold = { type: "attachment-hold", id: "a1", now: 10, until: 50 } as const;
      expect(await bench().rows(hold)).toBe("ok");
      expect(await bench().rows(hold)).toBe("conflict");
      expect(await due(49)).toEqual([]);
      const guards = (until: number) => [{ type: "attachment-held", id: "a1", until } as const];
      expect(await bench().commit({ guards: guards(49) })).toBe("conflict");
      expect(await bench().commit({ guards: guards(50) })).toBe("ok");
      expect(await due(50)).toEqual(["a1"]);
    });

    it("are kept without their key, and with what accounts call their copies", async () => {
      await bench().rows(attached("a1"));
      await bench().rows({ type: "attachment-stored", id: "a1", file, at: 60 });
      await bench().rows(
        { type: "attachment-uploaded", id: "a1", account: "feishu/a", key: "img_v3" },
        { type: "attachment-uploaded", id: "a1", account: "dingtalk/b.c", key: "@id" },
      );
      expect(await bench().store.attachment("a1")).toMatchObject({
        status: "stored",
        key: "",
        file,
        uploads: { "feishu/a": "img_v3", "dingtalk/b.c": "@id" },
        attempts: 1,
      });
      expect(await due(999)).toEqual([]);
      expect(await bench().store.nextDue(0)).toBeNull();
    });

    it("come again when a try failed, and not once they are there or gone", async () => {
      await bench().rows(attached("a1"), attached("a2"));
      await bench().rows({ type: "attachment-retry", id: "a1", dueAt: 70, reason: "transient: x" });
      expect(await bench().store.attachment("a1")).toMatchObject({
        attempts: 1,
        reason: "transient: x",
      });
      await bench().rows({ type: "attachment-stored", id: "a2", file, at: 60 });
      await bench().rows({ type: "attachment-retry", id: "a2", dueAt: 70, reason: "late" });
      expect(await due(70)).toEqual(["a1"]);
    });

    it("that are gone keep nothing that says what they were", async () => {
      await bench().rows(attached("a1", { name: "secret.png" }));
      await bench().rows({ type: "attachment-stored", id: "a1", file, at: 60 });
      await bench().rows({
        type: "attachment-gone",
        id: "a1",
        status: "lost",
        reason: "recalled",
      });
      expect(await bench().store.attachment("a1")).toMatchObject({
        status: "lost",
        reason: "recalled",
        key: "",
        name: null,
        file: null,
      });
      expect(await bench().rows({ type: "attachment-hold", id: "a1", now: 99, until: 100 })).toBe(
        "conflict",
      );
    });

    it("are found by the message that they came with", async () => {
      await bench().rows(
        attached("a1"),
        attached("a2"),
        attached("a3", { messageId: "om_2" }),
        attached("a4", { account: "wecom/b" }),
      );
      const found = await bench().store.attachmentsOf("feishu/a", "om_1");
      expect(found.map(({ id }) => id)).toEqual(["a1", "a2"]);
      expect(await bench().store.attachment("none")).toBeNull();
    });
  });

  it("a message that waits for its attachment counts no try, and lets others pass once it is parked", async () => {
    await bench().rows(letter("1", "lane"), letter("2", "lane"));
    await bench().rows({ type: "outbox-hold", id: "1", now: 1, until: 50 });
    await bench().rows({ type: "outbox-await", id: "1", dueAt: 20, parked: false });
    expect(await bench().store.outboxDue(19, 10)).toEqual([]);
    expect(await bench().store.outboxDue(20, 10)).toMatchObject([{ id: "1", attempts: 0 }]);
    await bench().rows({ type: "outbox-await", id: "1", dueAt: 30, parked: true });
    expect((await bench().store.outboxDue(29, 10)).map(({ id }) => id)).toEqual(["2"]);
  });

  it("a message that was taken back is not open any more, and its words are gone", async () => {
    const row = {
      id: "in-1",
      account: "feishu/a",
      feed: "event",
      dedupeKey: "1",
      mailbox: "conversation:k",
      kind: "message",
      receivedAt: 1,
      body: "words",
    } as const;
    await bench().rows({ type: "inbox", row });
    await bench().rows({ type: "inbox-recalled", id: "in-1", at: 5 });
    expect(await bench().store.inboxRow("in-1")).toMatchObject({ status: "done", body: null });
    expect((await bench().store.mail("conversation:k", 10)).rows).toEqual([]);
  });

  it("a secret is the same for ever, whoever made one first", async () => {
    expect(await bench().store.secret("key", "first")).toBe("first");
    expect(await bench().store.secret("key", "second")).toBe("first");
    expect(await bench().store.secret("other", "second")).toBe("second");
  });
}
