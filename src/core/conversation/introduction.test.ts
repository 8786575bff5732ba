import { describe, expect, it } from "vitest";
import { aPolicy } from "../../../test/support/policy.ts";
import { introduction } from "./introduction.ts";

describe("somebody unknown who wants to work", () => {
  it("hears how to become known where agents are known: which id, and whom to give it to", () => {
    const seenAs = { account: "feishu/hq", id: "ou_new" };
    const { refused, params } = introduction({ seenAs }, aPolicy());
    expect(refused).toBe("unknown_person");
    expect(params).toEqual({
      id: { literal: "ou_new" },
      account: { literal: "feishu/hq" },
      admin: { literal: "安管理" },
    });
  });

  it("hears nobody's name where no agent is known, as on a web page", () => {
    const seenAs = { account: "web/shop", id: "visitor" };
    expect(introduction({ seenAs }, aPolicy())).toEqual({ refused: "staff_only", params: {} });
  });
});
