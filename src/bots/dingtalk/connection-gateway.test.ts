import { describe, expect, it } from "vitest";
import {
  createBench,
  json,
  neverAnswered,
  neverConnected,
  type Vendor,
} from "../../../test/contracts/channel-fakes.ts";
import { CLIENT_SECRET, config } from "../../../test/contracts/dingtalk-account.ts";
import { askGateway } from "./connection-gateway.ts";

const TICKET = "made-up-ticket";
const address = { endpoint: "wss://wss.example.com:443/connect", ticket: TICKET };

function ask(vendor: Vendor, account = config, signal = new AbortController().signal) {
  const bench = createBench(vendor);
  return { ...bench, asked: askGateway(account, bench.deps, signal) };
}

describe("the gateway", () => {
  it("is asked for robot messages and clicks, in JSON", async () => {
    const { asked, requests } = ask(() => json(address));
    expect(await asked).toEqual({
      type: "address",
      url: `wss://wss.example.com/connect?ticket=${TICKET}`,
    });
    const [request] = requests;
    expect(request?.url).toBe("https://api.dingtalk.com/v1.0/gateway/connections/open");
    expect(request?.headers.get("accept")).toBe("application/json");
    expect(await request?.json()).toEqual({
      clientId: "dingappkey",
      clientSecret: CLIENT_SECRET,
      ua: "loopdesk",
      subscriptions: [
        { type: "CALLBACK", topic: "/v1.0/im/bot/messages/get" },
        { type: "CALLBACK", topic: "/v1.0/card/instances/callback" },
      ],
    });
  });

  it("may stand elsewhere, and so may its endpoint's own query", async () => {
    const account = { ...config, gateway: "https://gateway.example.com" };
    const endpoint = "wss://wss.example.com/connect?zone=b";
    const { asked, requests } = ask(() => json({ endpoint, ticket: "a+b&c" }), account);
    expect(await asked).toMatchObject({ url: `${endpoint}&ticket=a%2Bb%26c` });
    expect(requests[0]?.url).toBe("https://gateway.example.com/v1.0/gateway/connections/open");
  });

  it.each([
    [
      "wrong credentials",
      () => json({ code: "authFailed", message: CLIENT_SECRET }, 401),
      "config",
    ],
    ["another code for them", () => json({ code: "invalidClientIdOrSecret" }, 400), "config"],
    [
      "a missing right",
      () => json({ code: "Forbidden.AccessDenied.IpNotInWhiteList" }, 403),
      "config",
    ],
    ["no such API", () => json({ code: "InvalidAction.NotFound" }, 404), "config"],
    ["too many calls", () => json({ code: "Forbidden.AccessDenied.QpsLimitForApi" }, 403), "rate"],
    ["too many calls of ours", () => json({ code: "system.busy" }, 429), "rate"],
    ["a blocked address", () => json({ status: 1111, punish: "deny" }), "rate"],
    ["a refusal that says nothing of us", () => json({ code: "param.invalid" }, 400), "transient"],
    ["an outage", () => json({ code: "system.busy" }, 500), "transient"],
    ["a page in place of JSON", () => new Response("<html>", { status: 502 }), "transient"],
    ["no ticket", () => json({ endpoint: address.endpoint }), "transient"],
    ["no endpoint", () => json({ ticket: TICKET }), "transient"],
    ["an endpoint that is none", () => json({ endpoint: "wss://", ticket: TICKET }), "transient"],
    ["another protocol", () => json({ endpoint: "file:///x", ticket: TICKET }), "transient"],
    ["a redirect", () => new Response(null, { status: 302 }), "transient"],
    ["no connection", neverConnected, "transient"],
    ["no answer", neverAnswered, "transient"],
  ] as const)("says what %s means, without secrets", async (_name, vendor, expected) => {
    const { asked, lines } = ask(vendor);
    const answer = await asked;
    expect(answer).toMatchObject({ type: "failed", class: expected });
    const told = JSON.stringify([answer, lines]);
    for (const secret of [CLIENT_SECRET, TICKET]) expect(told).not.toContain(secret);
  });

  it("waits five minutes after our address was blocked", async () => {
    const { asked } = ask(() => json({ status: 1111, punish: "deny" }));
    expect(await asked).toMatchObject({ afterMs: 300_000 });
  });

  it("is not waited for once the attempt is given up", async () => {
    const giveUp = new AbortController();
    const bench = createBench();
    const hanging: typeof fetch = (_input, init) =>
      new Promise((_resolve, reject) => {
        init?.signal?.addEventListener("abort", () => reject(new DOMException("", "AbortError")));
      });
    const asked = askGateway(config, { ...bench.deps, fetch: hanging }, giveUp.signal);
    giveUp.abort();
    expect(await asked).toMatchObject({ type: "failed", class: "transient" });
  });
});
