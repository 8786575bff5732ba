import { expect, it } from "vitest";
import { dingtalkConfig } from "../../src/bots/dingtalk/config.ts";
import { dingtalk } from "../../src/bots/dingtalk/dingtalk.ts";
import { feishuConfig } from "../../src/bots/feishu/config.ts";
import { feishu } from "../../src/bots/feishu/feishu.ts";
import { wecomConfig } from "../../src/bots/wecom/config.ts";
import { wecom } from "../../src/bots/wecom/wecom.ts";
import type { Inbound, InboundMessage } from "../../src/core/message.ts";
import type { Channel, ChannelDeps } from "../../src/ports/channel.ts";
import { createDingtalkSimulator } from "../../src/simulator/dingtalk/dingtalk-simulator.ts";
import { createFeishuSimulator } from "../../src/simulator/feishu/simulator.ts";
import { createManualClock } from "../../src/simulator/manual-clock.ts";
import type { ToolSimulator } from "../../src/simulator/tool.ts";
import { createWecomSimulator } from "../../src/simulator/wecom/wecom-simulator.ts";
import { overHttp } from "../support/over-http.ts";
import { AMR, MP4 } from "../support/sample-files.ts";
import { type MediaSubject, mediaContract } from "./media-contract.ts";

const BASE = "http://vendor.test";
const AES = "o1w0aum42yaptlz8alnhwikjd3jenzt9cb9wmzptgus";
const MB = 1024 * 1024;
const people = [{ id: "zhang", name: "张三", title: "店长" }];
const log = { debug() {}, info() {}, warn() {}, error() {} };

/** A channel and its vendor; `make` gets the way of each to the other. */
function meet<Simulator extends ToolSimulator>(
  make: (fetch: ChannelDeps["fetch"], clock: ReturnType<typeof createManualClock>) => Simulator,
  create: (deps: ChannelDeps) => Channel,
  feed: string,
) {
  const clock = createManualClock(1_700_000_000_000);
  const heard: Inbound[] = [];
  const simulator = make(
    (input, init) => overHttp({ bot, heard, outcome: "pending" }, new Request(input, init), feed),
    clock,
  );
  const bot = create({
    fetch: async (input, init) => simulator.fetch(new Request(input, init)),
    clock: { now: clock.now, sleep: async () => {} },
    log,
  });
  return { simulator, bot, heard };
}

const bodies = (simulator: ToolSimulator) =>
  simulator.view().messages.flatMap(({ from, body }) => (from === "bot" ? [body] : []));

function lastOf(heard: readonly Inbound[]): InboundMessage {
  const last = heard.at(-1);
  if (last?.type !== "message") throw new Error("Nothing was heard.");
  return last;
}

function feishuSubject(): MediaSubject {
  const keys = { appId: "cli_1", appSecret: "s", encryptKey: null, verificationToken: "t" };
  const config = feishuConfig.parse({
    app_id: "cli_1",
    app_secret: "s",
    verification_token: "t",
    api_base: BASE,
  });
  const chat = "oc_zhang";
  const world = {
    people,
    chats: [{ id: chat, name: "", kind: "direct" as const, members: ["zhang"] }],
  };
  const { simulator, bot, heard } = meet(
    (fetch, clock) =>
      createFeishuSimulator({
        world,
        clock,
        speed: 1,
        fetch,
        app: keys,
        eventsUrl: BASE,
        callbacksUrl: null,
      }),
    (deps) => feishu.create(config, deps),
    "event",
  );
  return {
    channel: bot,
    to: { kind: "chat", id: chat },
    faults: simulator.faults,
    tokens: simulator.tokens,
    paths: { fetch: "/open-apis/im/v1/messages/", upload: "/open-apis/im/v1/" },
    mostBytes: 30 * MB,
    async send(kind, name) {
      await simulator.say({ person: "zhang", chat, text: "", attachment: { kind, name } });
      return lastOf(heard);
    },
    shown: () => bodies(simulator),
    async shownBytes() {
      const message = simulator.view().messages.at(-1)?.id ?? "";
      const issued = await simulator.fetch(
        new Request(`${BASE}/open-apis/auth/v3/tenant_access_token/internal`, {
          method: "POST",
          body: JSON.stringify({ app_id: "cli_1", app_secret: "s" }),
        }),
      );
      const { tenant_access_token: token } = (await issued.json()) as Record<string, string>;
      const get = async (path: string) =>
        simulator.fetch(
          new Request(`${BASE}/open-apis/im/v1/messages/${message}${path}`, {
            headers: { authorization: `Bearer ${token}` },
          }),
        );
      const told = (await (await get("")).json()) as {
        data: { items: { msg_type: string; body: { content: string } }[] };
      };
      const [item] = told.data.items;
      const content = JSON.parse(item?.body.content ?? "{}") as Record<string, string>;
      const key = content.image_key ?? content.file_key;
      const type = item?.msg_type === "image" ? "image" : "file";
      return new Uint8Array(await (await get(`/resources/${key}?type=${type}`)).arrayBuffer());
    },
  };
}

function dingtalkSubject(): MediaSubject {
  const app = {
    clientId: "k",
    clientSecret: "s",
    robotCode: "k",
    corpId: "c",
    aesKey: AES,
    token: "tok",
  };
  const config = dingtalkConfig.parse({
    client_id: "k",
    client_secret: "s",
    api_base: BASE,
    oapi_base: BASE,
  });
  const { simulator, bot, heard } = meet(
    (fetch, clock) =>
      createDingtalkSimulator({
        world: { people, chats: [] },
        clock,
        speed: 1,
        fetch,
        app,
        robotUrl: BASE,
        eventUrl: BASE,
        oapiBase: BASE,
      }),
    (deps) => dingtalk.create(config, deps),
    "robot",
  );
  // What a robot sent is kept under its media id, which the chat shows of pictures only.
  let uploaded = "";
  const { fetch } = simulator;
  simulator.fetch = async (request) => {
    const response = await fetch(request);
    if (new URL(request.url).pathname === "/media/upload" && response.ok) {
      const told = (await response.clone().json()) as { media_id?: string };
      uploaded = told.media_id ?? "";
    }
    return response;
  };
  return {
    channel: bot,
    to: { kind: "person", id: "zhang" },
    faults: simulator.faults,
    tokens: simulator.tokens,
    paths: { fetch: "/v1.0/robot/messageFiles", upload: "/media/upload" },
    mostBytes: 20 * MB,
    async send(kind, name) {
      const attachment = { kind, name };
      await simulator.say({ person: "zhang", chat: "cid-zhang", text: "", attachment });
      return lastOf(heard);
    },
    shown: () => bodies(simulator),
    async shownBytes() {
      const file = await fetch(new Request(`${BASE}/simulated/robot-files/${uploaded}`));
      return new Uint8Array(await file.arrayBuffer());
    },
  };
}

function wecomSubject(): MediaSubject {
  const app = { corpId: "ww1", agentId: 7, secret: "s", token: "tok", encodingAesKey: AES };
  const config = wecomConfig.parse({
    corp_id: "ww1",
    agent_id: 7,
    secret: "s",
    token: "tok",
    encoding_aes_key: AES,
    api_base: BASE,
  });
  const { simulator, bot, heard } = meet(
    (fetch, clock) =>
      createWecomSimulator({
        world: { people, chats: [] },
        clock,
        speed: 1,
        fetch,
        app,
        callbackUrl: BASE,
      }),
    (deps) => wecom.create(config, deps),
    "app",
  );
  let uploaded = "";
  let token = "";
  const { fetch } = simulator;
  simulator.fetch = async (request) => {
    const url = new URL(request.url);
    token = url.searchParams.get("access_token") ?? token;
    const response = await fetch(request);
    if (url.pathname === "/cgi-bin/media/upload" && response.ok) {
      const told = (await response.clone().json()) as { media_id?: string };
      uploaded = told.media_id ?? "";
    }
    return response;
  };
  return {
    channel: bot,
    to: { kind: "person", id: "zhang" },
    faults: simulator.faults,
    tokens: simulator.tokens,
    paths: { fetch: "/cgi-bin/media/get", upload: "/cgi-bin/media/upload" },
    mostBytes: 20 * MB,
    async send(kind, name) {
      const chat =
        simulator.view().chats.find(({ members }) => members.includes("zhang"))?.id ?? "";
      await simulator.say({ person: "zhang", chat, text: "", attachment: { kind, name } });
      return lastOf(heard);
    },
    shown: () => bodies(simulator),
    async shownBytes() {
      const query = `access_token=${token}&media_id=${uploaded}`;
      const file = await fetch(new Request(`${BASE}/cgi-bin/media/get?${query}`));
      return new Uint8Array(await file.arrayBuffer());
    },
  };
}

mediaContract("feishu", feishuSubject);
mediaContract("dingtalk", dingtalkSubject);
mediaContract("wecom", wecomSubject);

const instead = "看链接";
const message = (to: MediaSubject["to"]) => ({ id: "0123456789abcdefghjk", inReplyTo: null, to });
const recording = { kind: "audio", name: "a.amr", mime: "audio/amr", bytes: AMR, instead } as const;
const film = { kind: "video", name: "a.mp4", mime: "video/mp4", bytes: MP4, instead } as const;
const tiny = {
  ...recording,
  kind: "file",
  name: "a.txt",
  mime: "text/plain",
  bytes: AMR.subarray(0, 5),
} as const;

it.each([
  ["feishu", feishuSubject, "a film", film, { kind: "video" }],
  ["feishu", feishuSubject, "a recording that it does not play", recording, { kind: "file" }],
  ["dingtalk", dingtalkSubject, "a recording", recording, { kind: "audio" }],
  ["dingtalk", dingtalkSubject, "a film", film, { text: instead }],
  ["wecom", wecomSubject, "a recording", recording, { kind: "voice" }],
  ["wecom", wecomSubject, "a film", film, { kind: "video" }],
  ["wecom", wecomSubject, "a file that is too small", tiny, { text: instead }],
] as const)("%s: %s%s is shown as it can be", async (_name, make, _what, file, shown) => {
  const subject = make();
  const delivery = await subject.channel.sendFile?.(message(subject.to), file);
  expect(delivery).toMatchObject({ type: "sent" });
  expect(subject.shown().at(-1)).toMatchObject(shown);
});

it("dingtalk: what its answer names at a private address is not fetched", async () => {
  const subject = dingtalkSubject();
  const config = dingtalkConfig.parse({ client_id: "k", client_secret: "s" });
  const asked: string[] = [];
  const channel = dingtalk.create(config, {
    log,
    clock: { now: () => 0, sleep: async () => {} },
    fetch: async (input) => {
      asked.push(String(input));
      return String(input).endsWith("accessToken")
        ? Response.json({ accessToken: "t", expireIn: 7200 })
        : Response.json({ downloadUrl: "http://169.254.169.254/latest/meta-data" });
    },
  });
  const ref = { key: "code", kind: "image", messageId: "m" } as const;
  expect(await channel.fetchAttachment?.(ref, 100)).toMatchObject({
    type: "failed",
    class: "content",
  });
  expect(asked.some((url) => url.includes("169.254"))).toBe(false);
  expect(subject.shown()).toEqual([]);
});
