import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ContentV1, mentionedIds, readPartsV1 } from "./content-v1.ts";

const nothing = { text: "", title: "", imageKey: "", imageKeys: [], fileKey: "" };

function read(kind: string, content: Partial<ContentV1>) {
  return readPartsV1({ ...nothing, kind, ...content }, (id) => id === "ou_bot");
}

describe("readPartsV1", () => {
  it("puts those mentioned in the place of their tags, and knows us among them", () => {
    const text = '<at open_id="ou_bot">@小助手</at> 消息 <at user_id="ou_z">@张三</at>看';
    expect(read("text", { text })).toEqual([
      { type: "mention", id: "ou_bot", name: "小助手", bot: true },
      { type: "text", text: " 消息 " },
      { type: "mention", id: "ou_z", name: "张三", bot: false },
      { type: "text", text: "看" },
    ]);
  });

  it.each([
    "<p>a</p> &lt;b&gt;",
    "<at>@x</at>",
    '<at open_id="">@x</at>',
    "1 < 2 > 0",
    "<at open_id",
  ])("leaves a text as it is where no tag names anybody: %s", (text) => {
    const words = read("text", { text }).map((part) => (part.type === "text" ? part.text : part));
    expect(words.join("")).toBe(text);
  });

  it("reads a post line by line without its markup, its pictures last", () => {
    const text =
      '<p><at open_id="ou_bot">@小助手</at> 测试 &lt;1212&gt;</p><p>看<a href="https://a.example/?x=1&amp;y=2">这里</a></p>' +
      '<figure><img src="http://p.example/1" origin-width="2456"/></figure>';
    expect(read("post", { title: "标题", text, imageKeys: ["k1", "", "k2"] })).toEqual([
      { type: "text", text: "标题\n" },
      { type: "mention", id: "ou_bot", name: "小助手", bot: true },
      { type: "text", text: " 测试 <1212>\n看" },
      { type: "link", text: "这里", url: "https://a.example/?x=1&y=2" },
      { type: "image", key: "k1", name: null, recognised: null },
      { type: "image", key: "k2", name: null, recognised: null },
    ]);
  });

  it("reads a post of a title alone, and one of pictures alone", () => {
    expect(read("post", { title: "标题" })).toEqual([{ type: "text", text: "标题" }]);
    expect(read("post", { imageKeys: ["k"] })).toEqual([
      { type: "image", key: "k", name: null, recognised: null },
    ]);
  });

  it("unescapes once only", () => {
    expect(read("post", { text: "&amp;lt;" })).toEqual([{ type: "text", text: "&lt;" }]);
  });

  it("reads a picture and a file as something to fetch", () => {
    const fetched = { name: null, recognised: null };
    expect(read("image", { imageKey: "k" })).toEqual([{ type: "image", key: "k", ...fetched }]);
    expect(read("file", { fileKey: "k" })).toEqual([{ type: "file", key: "k", ...fetched }]);
  });

  it.each(["text", "post", "image", "file", "merge_forward", "sticker"])(
    "keeps a %s that holds nothing to read as unknown",
    (kind) => {
      expect(read(kind, {})).toEqual([{ type: "unknown", kind }]);
    },
  );

  it("never fails and never makes an empty part, whatever the text is", () => {
    const pieces = fc.constantFrom(
      "<at ",
      'open_id="',
      '">',
      "@x</at>",
      "<a ",
      'href="',
      "</a>",
      "<p>",
      "&lt;",
      " ",
      "x",
    );
    fc.assert(
      fc.property(
        fc.array(pieces, { maxLength: 30 }),
        fc.constantFrom("text", "post"),
        (all, kind) => {
          for (const part of read(kind, { text: all.join("") })) {
            if (part.type === "text") expect(part.text).not.toBe("");
            if (part.type === "mention") expect(part.id).not.toBe("");
          }
        },
      ),
    );
  });

  it.each(["<at ", "<a ", '<at open_id="', '<at open_id="a">', "</p> ", "<", "open_id=", " "])(
    "reads a hundred thousand of %j in less than a second",
    (piece) => {
      const text = piece.repeat(100_000);
      const start = performance.now();
      read("post", { text });
      read("text", { text: `<at ${text}>x</at>` });
      mentionedIds(text);
      expect(performance.now() - start).toBeLessThan(1_000);
    },
  );
});
