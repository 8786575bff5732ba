import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anyWords } from "../../../test/support/arbitrary-card.ts";
import { markdownLink, plainMarkdown } from "./markdown.ts";

describe("words in DingTalk's markdown", () => {
  it("never become markup", () => {
    fc.assert(
      fc.property(anyWords, (words) => {
        const shown = plainMarkdown(words).replaceAll("<br>", "\n");
        expect(shown).not.toMatch(/[<>[\]*`|]|^#/m);
      }),
    );
  });

  it("keep what they say, in full-width twins where a sign would mean something", () => {
    expect(plainMarkdown(" # 急 **x** [点我](http://e)\r\n<a atId=all>@所有人</a> a_b-c ")).toBe(
      "＃ 急 ＊＊x＊＊ ［点我］(http://e)<br>＜a atId=all＞@所有人＜/a＞ a_b-c",
    );
  });

  it("cannot end a link early", () => {
    fc.assert(
      fc.property(anyWords, fc.webUrl({ withQueryParameters: true }), (words, url) => {
        expect(markdownLink(words, `${url}) [x](y`)).toMatch(/^\[[^[\]]*\]\([^()\s]*\)$/);
      }),
    );
  });
});
