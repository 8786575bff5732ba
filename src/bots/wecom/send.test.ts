import { describe, expect, it } from "vitest";
import { createBench, json } from "../../../test/contracts/channel-fakes.ts";
import { account, text } from "../../../test/contracts/wecom-account.ts";
import { byteLength } from "./shorten.ts";

function vendor() {
  return createBench((request) =>
    request.url.includes("/gettoken")
      ? json({ errcode: 0, access_token: "t", expires_in: 7200 })
      : json({ errcode: 0, msgid: "ms" }),
  );
}

describe("sending through WeCom", () => {
  it.each(["@all", "a|b", "", "@ALL"])("never addresses anybody but one member: %j", async (id) => {
    const bench = vendor();
    const delivery = await account(bench.deps).send({ ...text, to: { kind: "person", id } });
    expect(delivery).toMatchObject({ type: "failed", class: "content" });
    expect(bench.requests).toEqual([]);
  });

  it("leaves out what WeCom refuses to read", async () => {
    const bench = vendor();
    const words = "第一行\n\u0007第\ud800二行 😀";
    await account(bench.deps).send({ ...text, content: { type: "text", text: words } });
    const body = (await bench.requests[1]?.text()) ?? "";
    expect(body).not.toContain("\\u");
    expect(JSON.parse(body).text.content).toBe("第一行\n第二行 😀");
  });

  it("cuts a long text itself, where WeCom would do so without a sign", async () => {
    const bench = vendor();
    await account(bench.deps).send({
      ...text,
      content: { type: "text", text: "很😀".repeat(500) },
    });
    const { content } = JSON.parse((await bench.requests[1]?.text()) ?? "").text;
    expect(byteLength(content)).toBeLessThanOrEqual(2048);
    expect(content).toMatch(/^(很😀){290,}很?…$/u);
  });
});
