import { describe, expect, it } from "vitest";
import { createBench, json, neverAnswered } from "../../../test/contracts/channel-fakes.ts";
import { CARD_SECRET, config } from "../../../test/contracts/dingtalk-account.ts";
import { registerCardCallback } from "./register-callback.ts";

const URL_OF_OURS = "https://desk.example.com/hooks/dingtalk/vendors/card";

function vendor(answer: () => Response) {
  return createBench((request) =>
    request.url.endsWith("/oauth2/accessToken")
      ? json({ accessToken: "t", expireIn: 7200 })
      : answer(),
  );
}

function registered(callbackUrl: string, apiSecret = CARD_SECRET) {
  return vendor(() => json({ success: true, result: { callbackUrl, apiSecret } }));
}

describe("registering the address of clicks", () => {
  it("tells DingTalk our address and secret", async () => {
    const bench = registered(URL_OF_OURS);
    expect(await registerCardCallback(config, bench.deps, URL_OF_OURS)).toEqual({
      type: "registered",
    });
    const call = bench.requests[1];
    expect(call?.url).toBe("https://api.dingtalk.com/v1.0/card/callbacks/register");
    expect(await call?.json()).toEqual({
      callbackRouteKey: "loopdesk",
      callbackUrl: URL_OF_OURS,
      apiSecret: CARD_SECRET,
      forceUpdate: false,
    });
  });

  it.each([
    ["another address", () => registered("https://elsewhere.example.com/x")],
    ["another secret", () => registered(URL_OF_OURS, "another")],
    ["a refusal", () => vendor(() => json({ code: "param.callbackRouteKeyExist" }, 400))],
  ])("says that the key is taken when DingTalk answers %s", async (_name, bench) => {
    const { deps } = bench();
    expect(await registerCardCallback(config, deps, URL_OF_OURS)).toEqual({ type: "taken" });
  });

  it("takes a key over when it is told to", async () => {
    const bench = registered(URL_OF_OURS);
    await registerCardCallback(config, bench.deps, URL_OF_OURS, true);
    expect(await bench.requests[1]?.json()).toMatchObject({ forceUpdate: true });
  });

  it("says why it failed", async () => {
    const { card_route_key: _none, ...without } = config;
    const cases = [
      [config, vendor(neverAnswered), "transient"],
      [config, vendor(() => json({ code: "Forbidden.AccessDenied.X" }, 403)), "config"],
      [without, createBench(), "config"],
    ] as const;
    for (const [account, { deps }, failureClass] of cases) {
      const outcome = await registerCardCallback(account, deps, URL_OF_OURS);
      expect(outcome).toMatchObject({ type: "failed", class: failureClass });
    }
  });
});
