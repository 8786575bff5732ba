import { decrypt, encrypt, getSignature } from "@wecom/crypto";
import { describe, expect, it } from "vitest";
import { app, given, ok } from "./bench.ts";

describe("an event", () => {
  function success(body = "success", receiver = app.clientId): Response {
    const sealed = encrypt(app.aesKey, body, receiver);
    const msg_signature = getSignature(app.token, "1700000000000", "n", sealed);
    return Response.json({
      msg_signature,
      timeStamp: "1700000000000",
      nonce: "n",
      encrypt: sealed,
    });
  }

  it("comes encrypted for the app key and is done when the encrypted success comes back", async () => {
    const { simulator, pushed } = given(() => success());
    const result = await simulator.pushEvent("user_add_org", { UserId: ["0123"] }).done;
    expect(result).toEqual({ delivered: true, status: 200, attempts: 1 });
    const query = pushed[0]?.url.searchParams;
    const sealed = String(pushed[0]?.json.encrypt);
    expect(query?.get("key")).toBe("1");
    expect(query?.get("msg_signature")).toBe(
      getSignature(app.token, query?.get("timestamp") ?? "", query?.get("nonce") ?? "", sealed),
    );
    const opened = decrypt(app.aesKey, sealed);
    expect(opened.id).toBe(app.clientId);
    expect(JSON.parse(opened.message)).toMatchObject({
      EventType: "user_add_org",
      UserId: ["0123"],
      CorpId: "ding1",
    });
  });

  it.each([
    ["plain text", () => new Response("success")],
    ["another word", () => success("failed")],
    ["another owner", () => success("success", "other")],
    [
      "a wrong signature",
      () =>
        Response.json({
          ...{ msg_signature: "0", timeStamp: "1", nonce: "n" },
          encrypt: encrypt(app.aesKey, "success", app.clientId),
        }),
    ],
  ])("counts %s as a failure and comes again after 10 s and 30 s", async (_, hub) => {
    const { simulator, pushed, clock } = given(hub);
    const { done } = simulator.pushEvent("user_add_org", {});
    await clock.advance(9_999);
    expect(pushed).toHaveLength(1);
    await clock.advance(1);
    expect(pushed).toHaveLength(2);
    await clock.advance(30_000);
    expect(await done).toEqual({ delivered: false, status: 200, attempts: 3 });
  });

  it("waits 2.5 s for an answer", async () => {
    const { simulator, clock } = given(() => new Promise(() => {}));
    const { first } = simulator.pushEvent("user_add_org", {});
    await clock.advance(2500);
    expect(await first).toEqual({ delivered: false, status: null, attempts: 1 });
    await simulator.stop();
  });

  it("checks the URL with check_url", async () => {
    const good = given(() => success());
    expect(await good.simulator.verifyEventUrl()).toBe(true);
    const opened = decrypt(app.aesKey, String(good.pushed[0]?.json.encrypt));
    expect(JSON.parse(opened.message)).toEqual({ EventType: "check_url" });
    expect(await given(ok).simulator.verifyEventUrl()).toBe(false);
  });
});
