import { describe, expect, it } from "vitest";
import { type Mention, readParts } from "./content.ts";

const bot: Mention = { key: "@_user_1", id: "ou_bot", name: "服务台", bot: true };
const li: Mention = { key: "@_user_2", id: "ou_li", name: "李雷", bot: false };

function read(type: string, content: unknown, mentions: readonly Mention[] = []) {
  return readParts(type, JSON.stringify(content), mentions);
}

describe("readParts", () => {
  it("puts those mentioned in the place of their keys", () => {
    expect(
      read("text", { text: "@_user_1 请 @_user_2 和 @_all 看，@_user_10" }, [bot, li]),
    ).toEqual([
      { type: "mention", id: "ou_bot", name: "服务台", bot: true },
      { type: "text", text: " 请 " },
      { type: "mention", id: "ou_li", name: "李雷", bot: false },
      { type: "text", text: " 和 " },
      { type: "mention", id: "all", name: "所有人", bot: false },
      { type: "text", text: " 看，" },
      { type: "text", text: "@_user_10" },
    ]);
  });

  it("reads rich text paragraph by paragraph", () => {
    const content = [
      [
        { tag: "at", user_id: "@_user_1", user_name: "服务台" },
        { tag: "text", text: " 冰柜", style: ["bold"] },
        { tag: "a", href: "https://a.example", text: "链接" },
      ],
      [{ tag: "img", image_key: "img_1" }, { tag: "emotion", emoji_type: "SMILE" }, { tag: "new" }],
      [{ tag: "hr" }],
    ];
    expect(read("post", { title: "标题", content }, [bot])).toEqual([
      { type: "text", text: "标题" },
      { type: "text", text: "\n" },
      { type: "mention", id: "ou_bot", name: "服务台", bot: true },
      { type: "text", text: " 冰柜" },
      { type: "link", text: "链接", url: "https://a.example" },
      { type: "text", text: "\n" },
      { type: "image", key: "img_1", name: null, recognised: null },
      { type: "text", text: "[SMILE]" },
      { type: "unknown", kind: "new" },
      { type: "text", text: "\n" },
    ]);
  });

  it.each([
    ["image", { image_key: "k" }, "image", null],
    ["file", { file_key: "k", file_name: "发票.pdf" }, "file", "发票.pdf"],
    ["audio", { file_key: "k", duration: 2000 }, "audio", null],
    ["media", { file_key: "k", image_key: "i", file_name: "v.mp4", duration: 1 }, "video", "v.mp4"],
    ["sticker", { file_key: "k" }, "sticker", null],
  ])("reads %s as something to fetch", (type, content, part, name) => {
    expect(read(type, content)).toEqual([{ type: part, key: "k", name, recognised: null }]);
  });

  it("reads a location, whose degrees are texts", () => {
    const where = { name: "南京西路", latitude: "31.2304", longitude: "121.4737" };
    expect(read("location", where)).toEqual([
      { type: "location", title: "南京西路", latitude: 31.2304, longitude: 121.4737 },
    ]);
  });

  it.each([
    ["share_chat", { chat_id: "oc_2" }],
    ["merge_forward", { content: "Merged and Forwarded Message" }],
    ["location", { name: "?", latitude: "north", longitude: "" }],
    ["image", {}],
    ["text", { text: "" }],
    ["post", { title: "", content: "not a list" }],
  ])("keeps a %s that it cannot read as unknown", (type, content) => {
    expect(read(type, content)).toEqual([{ type: "unknown", kind: type }]);
  });

  it("keeps a message whose content is no JSON", () => {
    expect(readParts("text", "{", [])).toEqual([{ type: "unknown", kind: "text" }]);
    expect(readParts("text", undefined, [])).toEqual([{ type: "unknown", kind: "text" }]);
  });
});
