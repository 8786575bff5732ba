import { describe, expect, it } from "vitest";
import { createBench, json, neverAnswered } from "../../../test/contracts/channel-fakes.ts";
import { NOW } from "../../../test/contracts/channel-subject.ts";
import { account, card, text } from "../../../test/contracts/wecom-account.ts";
import type { SurfaceRef } from "../../core/message.ts";

const tokens = ["rc1", "rc2", "rc3"].map((value, at) => ({
  value,
  expiresAt: NOW + (at + 1) * 1000,
}));
const surface: SurfaceRef = {
  id: text.id,
  to: text.to,
  remoteId: text.id,
  updateTokens: tokens,
  version: 8,
};

/** A WeCom that answers to each response_code as told; the codes that it was given, in order. */
function vendor(answerTo: (code: string) => Response) {
  const codes: string[] = [];
  const bench = createBench(async (request) => {
    if (request.url.includes("/gettoken")) {
      return json({ errcode: 0, access_token: "t", expires_in: 7200 });
    }
    const { response_code: code } = JSON.parse(await request.text());
    codes.push(code);
    return answerTo(code);
  });
  return { bench, codes };
}

describe("spending response_codes", () => {
  it("takes the newest and keeps the others", async () => {
    const { bench, codes } = vendor(() => json({ errcode: 0 }));
    expect(await account(bench.deps).update(surface, card)).toEqual({
      type: "sent",
      remoteId: text.id,
      updateTokens: tokens.slice(0, 2),
    });
    expect(codes).toEqual(["rc3"]);
  });

  it("drops one that was spent and tries the next", async () => {
    const { bench, codes } = vendor((code) => json({ errcode: code === "rc1" ? 0 : 42022 }));
    expect(await account(bench.deps).update(surface, card)).toEqual({
      type: "sent",
      remoteId: text.id,
      updateTokens: [],
    });
    expect(codes).toEqual(["rc3", "rc2", "rc1"]);
  });

  it("does not try one that is too old, and makes no call when none is left", async () => {
    const { bench, codes } = vendor(() => json({ errcode: 60140 }));
    bench.advance(2000);
    const closed = { type: "failed", class: "window-closed" };
    expect(await account(bench.deps).update(surface, card)).toMatchObject(closed);
    expect(codes).toEqual(["rc3"]);
    bench.advance(1000);
    expect(await account(bench.deps).update(surface, card)).toMatchObject(closed);
    expect(codes).toEqual(["rc3"]);
  });

  it("stops at any other trouble, so that no code is wasted", async () => {
    const busy = vendor(() => json({ errcode: 45009 }));
    expect(await account(busy.bench.deps).update(surface, card)).toMatchObject({ class: "rate" });
    const silent = vendor(neverAnswered);
    expect(await account(silent.bench.deps).update(surface, card)).toMatchObject({
      type: "unknown",
    });
    expect([...busy.codes, ...silent.codes]).toEqual(["rc3", "rc3"]);
  });
});
