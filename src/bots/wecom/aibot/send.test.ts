import { describe, expect, it } from "vitest";
import { createBench } from "../../../../test/contracts/channel-fakes.ts";
import { NOW } from "../../../../test/contracts/channel-subject.ts";
import {
  answering,
  card,
  socketConfig,
  text,
  webhookAccount,
} from "../../../../test/contracts/wecom-aibot-account.ts";
import type { Outbound } from "../../../core/message.ts";
import type { LineAnswer } from "../../../ports/connection.ts";
import { wecom } from "../wecom.ts";

type Sent = { readonly cmd: string; readonly req_id?: string };

/** The bot over a line that answers as it is told, in turn; "ok" once that runs out. */
function given(...answers: readonly (number | LineAnswer)[]) {
  const bench = createBench();
  const frames: Sent[] = [];
  const channel = wecom.create(socketConfig, {
    ...bench.deps,
    line: {
      async request(frame) {
        const answer = answers[frames.push(frame as Sent) - 1] ?? 0;
        if (typeof answer === "object") return answer;
        return { type: "answered", body: { errcode: answer } };
      },
    },
  });
  return { ...bench, channel, frames, ways: () => frames.map(({ cmd }) => cmd) };
}

const reply = answering(text, "req-1");
const sent = { type: "sent", remoteId: text.id, updateTokens: [] };

describe("sending over the long connection", () => {
  it.each([846604, 846605, 846606, 846608])(
    "pushes when a reply is not taken: %i",
    async (errcode) => {
      const { channel, ways } = given(errcode);
      expect(await channel.send(reply)).toEqual(sent);
      expect(ways()).toEqual(["aibot_respond_msg", "aibot_send_msg"]);
    },
  );

  it("replies to a message once and pushes what else answers it", async () => {
    const { channel, ways } = given();
    for (const message of [reply, { ...reply, id: "m2" }, { ...reply, id: "m3" }]) {
      expect(await channel.send(message)).toMatchObject({ type: "sent", remoteId: message.id });
    }
    expect(ways()).toEqual(["aibot_respond_msg", "aibot_send_msg", "aibot_send_msg"]);
  });

  it("replies after all when the first try did not leave", async () => {
    const { channel, ways } = given({ type: "unreached", reason: "not connected" });
    expect(await channel.send(reply)).toMatchObject({ class: "transient", afterMs: 2000 });
    expect(await channel.send(reply)).toEqual(sent);
    expect(ways()).toEqual(["aibot_respond_msg", "aibot_respond_msg"]);
  });

  it("pushes after a reply that nobody knows of, whose late answer could be taken for another's", async () => {
    const { channel, ways } = given({ type: "unanswered", reason: "no answer" });
    expect(await channel.send(reply)).toMatchObject({ type: "unknown" });
    expect(await channel.send(reply)).toEqual(sent);
    expect(ways()).toEqual(["aibot_respond_msg", "aibot_send_msg"]);
  });

  it("pushes once a day has passed, and where the handle is one of webhook mode", async () => {
    const late = given();
    late.advance(60_000);
    await late.channel.send(reply);
    expect(late.ways()).toEqual(["aibot_send_msg"]);
    const other = given();
    await other.channel.send(answering(text, "https://qyapi.weixin.qq.com/x"));
    expect(other.ways()).toEqual(["aibot_send_msg"]);
  });

  it("does not call a text sent because a card with its id is known", async () => {
    const { channel } = given(846625);
    expect(await channel.send(text)).toMatchObject({ type: "failed", class: "content" });
  });

  it("gives a card with more than six buttons a menu that says something", async () => {
    const controls = Array.from({ length: 8 }, (_, at) => ({
      type: "button" as const,
      label: `${at}`,
      style: "default" as const,
      action: `claim|${at}|ticket:t1`,
      confirm: null,
    }));
    const many: Outbound<string> = {
      ...text,
      content: { type: "card", card: { ...card, controls } },
    };
    const { channel, frames } = given();
    await channel.send(many);
    expect(frames[0]).toMatchObject({
      body: { template_card: { task_id: text.id, action_menu: { desc: "…" } } },
    });
  });

  it("says that it needs a runtime with long connections", async () => {
    const channel = wecom.create(socketConfig, createBench().deps);
    expect(await channel.send(text)).toMatchObject({ type: "failed", class: "config" });
  });

  it("takes no pushes from elsewhere", async () => {
    const { channel } = given();
    const request = { method: "POST", query: "", headers: {}, body: new Uint8Array() } as const;
    expect(await channel.receive(request, "app")).toMatchObject({ type: "refused" });
  });
});

it("answers in webhook mode only, and only within the hour", async () => {
  const { deps, requests } = createBench();
  const channel = webhookAccount(deps);
  const url = "https://qyapi.weixin.qq.com/cgi-bin/aibot/response?response_code=1";
  const old = answering(text, url);
  for (const message of [text, reply, expired(old)]) {
    expect(await channel.send(message)).toMatchObject({ class: "window-closed" });
  }
  expect(requests).toEqual([]);
});

function expired(message: Outbound<string>): Outbound<string> {
  const { inReplyTo } = message;
  if (inReplyTo?.handle == null) throw new Error("expected a handle");
  return {
    ...message,
    inReplyTo: { ...inReplyTo, handle: { ...inReplyTo.handle, expiresAt: NOW } },
  };
}
