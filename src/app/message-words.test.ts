import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createAttachmentDesk, recallOf } from "../../test/support/attachment-desk.ts";
import { aMessage } from "../../test/support/fake-channel.ts";
import { catalogs } from "../locales/catalogs.ts";
import { messageWords } from "./message-words.ts";

let desk: ReturnType<typeof createAttachmentDesk>;
beforeEach(() => {
  desk = createAttachmentDesk();
});
afterEach(() => desk.desk.close());

const say = catalogs("zh-CN", new Map());
const ticketCard = () => JSON.stringify(desk.cardTo("oc_repair").blocks);

it("stands for a place by its name and degrees, and for a file by its name", () => {
  const place = {
    type: "location",
    title: "南京西路",
    latitude: 31.23,
    longitude: 121.47,
  } as const;
  expect(messageWords([place], say)).toBe("[位置] 南京西路 (31.23, 121.47)");
  expect(messageWords([{ ...place, title: "" }], say)).toBe("[位置] 31.23, 121.47");
  const audio = { type: "audio", key: "k", name: null, recognised: null } as const;
  expect(messageWords([audio], say)).toBe("[语音]");
  expect(messageWords([{ ...audio, name: "a.amr" }], say)).toBe("[a.amr]");
});

describe("on the ticket", () => {
  it("a place that the requester sends is a comment, and so is a link with its address", async () => {
    await desk.say(aMessage("冰柜坏了"));
    await desk.say(
      aMessage("", {
        parts: [{ type: "location", title: "南京西路", latitude: 31.23, longitude: 121.47 }],
      }),
    );
    const link = { type: "link", text: "照片", url: "https://pan.example/1" } as const;
    await desk.say(aMessage("", { parts: [link] }));
    expect(ticketCard()).toContain("[位置] 南京西路 (31.23, 121.47)");
    expect(ticketCard()).toContain("照片 (https://pan.example/1)");
  });

  it("what is quoted stands behind the words that quote it, as we have it", async () => {
    const said = aMessage("三号柜在漏水", { dedupeKey: "msg:om_a", messageId: "om_a" });
    await desk.say(aMessage("冰柜坏了"));
    await desk.say(said);
    await desk.say(
      aMessage("这个还没好", {
        dedupeKey: "msg:om_b",
        messageId: "om_b",
        quotes: "om_a",
        quoted: "what the vendor says",
      }),
    );
    expect(ticketCard()).toContain("这个还没好\\n（引用：三号柜在漏水）");
  });

  it("what we do not have is quoted as its vendor tells it, shortened", async () => {
    await desk.say(aMessage("冰柜坏了"));
    await desk.say(aMessage("看这个", { quotes: "om_x", quoted: `经理：\n${"好".repeat(200)}` }));
    expect(ticketCard()).toContain(`看这个\\n（引用：经理： ${"好".repeat(95)}…）`);
  });

  it("what hangs in a thread quotes nothing, because all of it does", async () => {
    const place = { chat: "oc_1", kind: "group", thread: "om_a" } as const;
    const root = aMessage("冰柜坏了", { place, dedupeKey: "msg:om_a", messageId: "om_a" });
    await desk.say(root);
    const reply = { place, quotes: "om_a", dedupeKey: "msg:om_b", messageId: "om_b" };
    await desk.say(aMessage("是三号柜", reply));
    expect(ticketCard()).toContain("是三号柜");
    expect(ticketCard()).not.toContain("引用");
  });

  it("what was taken back is not quoted", async () => {
    const said = aMessage("密码是一二三", { dedupeKey: "msg:om_a", messageId: "om_a" });
    await desk.say(aMessage("冰柜坏了"));
    await desk.say(said);
    await desk.say(recallOf(said));
    const quotes = { quotes: "om_a", quoted: "密码是一二三" };
    await desk.say(aMessage("刚才发错了", { dedupeKey: "msg:om_b", messageId: "om_b", ...quotes }));
    expect(ticketCard()).toContain("刚才发错了");
    expect(ticketCard()).not.toContain("密码");
  });
});

describe("a message of a kind that nobody here can read", () => {
  const forwarded = () => aMessage("", { parts: [{ type: "unknown", kind: "merge_forward" }] });
  const SORRY = "这种消息我还看不了，请用文字说明，或发图片、文件。";

  it("is answered with what can be read, and opens nothing however often it comes", async () => {
    await desk.say(forwarded());
    await desk.say(forwarded());
    expect(desk.wordsTo("clerk")).toEqual([SORRY, SORRY]);
    expect(await desk.ticket()).toBeNull();
  });

  it("leaves a ticket as it is", async () => {
    await desk.say(aMessage("冰柜坏了"));
    const before = await desk.ticket();
    await desk.say(forwarded());
    expect(desk.wordsTo("clerk").at(-1)).toBe(SORRY);
    expect(await desk.ticket()).toEqual(before);
  });

  it("is read as far as it has words", async () => {
    const parts = [
      { type: "unknown", kind: "vote" } as const,
      { type: "text", text: "冰柜坏了" } as const,
    ];
    await desk.say(aMessage("", { parts }));
    expect(await desk.ticket()).not.toBeNull();
  });
});
