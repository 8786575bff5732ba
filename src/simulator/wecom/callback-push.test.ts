import { decrypt, encrypt, getSignature } from "@wecom/crypto";
import { describe, expect, it } from "vitest";
import { app, envelope, given, ok, sealedIn, toZhangSan } from "./bench.ts";

const hello = { person: "ZhangSan", chat: "ZhangSan", text: "冰柜坏了" };

describe("a push, against WeCom's own library", () => {
  it("is signed and encrypted for the corp", async () => {
    const { simulator, pushed } = given(ok);
    await simulator.say(hello);
    const query = pushed[0]?.url.searchParams;
    const sealed = sealedIn(pushed[0]?.body ?? "");
    expect(query?.get("msg_signature")).toBe(
      getSignature(app.token, query?.get("timestamp") ?? "", query?.get("nonce") ?? "", sealed),
    );
    const opened = decrypt(app.encodingAesKey, sealed);
    expect(opened).toMatchObject({ id: app.corpId, message: pushed[0]?.xml });
    expect(pushed[0]?.body).toContain("<ToUserName><![CDATA[ww1]]></ToUserName>");
    expect(pushed[0]?.body).toContain("<AgentID><![CDATA[1000002]]></AgentID>");
  });

  it("takes a passive reply that the library sealed", async () => {
    const reply = "<MsgType><![CDATA[text]]></MsgType><Content><![CDATA[马上到]]></Content>";
    const { simulator, messages } = given(() => {
      const sealed = encrypt(app.encodingAesKey, toZhangSan(reply), app.corpId);
      return envelope(sealed, getSignature(app.token, "1700000000", "n", sealed));
    });
    await simulator.say(hello);
    expect(messages()[1]?.body).toEqual({ type: "text", text: "马上到" });
  });
});
