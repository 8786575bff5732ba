import { createReadStream } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { getRequestListener } from "@hono/node-server";
import * as lark from "@larksuiteoapi/node-sdk";
import { afterEach, describe, expect, it } from "vitest";
import { cardOf, createBench } from "./bench.ts";

const quiet = {
  error: () => undefined,
  warn: () => undefined,
  info: () => undefined,
  debug: () => undefined,
  trace: () => undefined,
};
const servers: Server[] = [];

afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

async function withClient() {
  const bench = createBench({ app: { ...createBench().app, appId: freshAppId() } });
  const server = createServer(getRequestListener((request) => bench.simulator.fetch(request)));
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const client = new lark.Client({
    appId: bench.app.appId,
    appSecret: bench.app.appSecret,
    domain: `http://127.0.0.1:${port}`,
    logger: quiet,
  });
  return { ...bench, client };
}

/** The SDK keeps tokens by app id for the whole process. */
function freshAppId(): string {
  return `cli_${crypto.randomUUID().replaceAll("-", "").slice(0, 16)}`;
}

describe("the official Client", () => {
  it("sends, replies, patches, edits, reads and recalls", async () => {
    const { client, simulator } = await withClient();
    const card = cardOf("工单");
    const sent = await client.im.v1.message.create({
      params: { receive_id_type: "chat_id" },
      data: {
        receive_id: "oc_repair",
        msg_type: "interactive",
        content: JSON.stringify(card),
        uuid: "u1",
      },
    });
    const message_id = sent.data?.message_id ?? "";
    expect(sent.code).toBe(0);
    const patched = await client.im.v1.message.patch({
      path: { message_id },
      data: { content: JSON.stringify(cardOf("工单：处理中")) },
    });
    expect(patched.code).toBe(0);
    expect(simulator.view().messages[0]?.body).toMatchObject({ type: "card", edition: 2 });
    const reply = await client.im.v1.message.reply({
      path: { message_id },
      data: { msg_type: "text", content: '{"text":"好"}', reply_in_thread: true, uuid: "u2" },
    });
    expect(reply.data).toMatchObject({ parent_id: message_id, thread_id: expect.any(String) });
    const id = reply.data?.message_id ?? "";
    const edited = await client.im.v1.message.update({
      path: { message_id: id },
      data: { msg_type: "text", content: '{"text":"好的"}' },
    });
    expect(edited.code).toBe(0);
    const read = await client.im.v1.message.get({ path: { message_id: id } });
    expect(read.data?.items?.[0]?.body?.content).toBe('{"text":"好的"}');
    expect((await client.im.v1.message.delete({ path: { message_id: id } })).code).toBe(0);
    expect(simulator.view().messages).toHaveLength(1);
  });

  it("gets Feishu's code with HTTP 400 where Feishu refuses", async () => {
    const { client } = await withClient();
    const refused = client.im.v1.message.create({
      params: { receive_id_type: "chat_id" },
      data: { receive_id: "oc_other", msg_type: "text", content: '{"text":"x"}' },
    });
    await expect(refused).rejects.toMatchObject({
      response: { status: 400, data: { code: 230002 } },
    });
  });

  it("looks people up, uploads a picture and downloads what a person sent", async () => {
    const { client, simulator, received } = await withClient();
    const found = await client.contact.v3.user.batchGetId({
      params: { user_id_type: "open_id" },
      data: { mobiles: ["13800000001"] },
    });
    expect(found.data?.user_list?.[0]?.user_id).toBe("ou_chen");
    const image = createReadStream(fileURLToPath(import.meta.url));
    const uploaded = await client.im.v1.image.create({ data: { image_type: "message", image } });
    expect(uploaded?.image_key).toMatch(/^img_/);
    const attachment = { kind: "file", name: "a.txt" } as const;
    await simulator.say({ person: "ou_chen", chat: "oc_chen", text: "", attachment });
    const { message } = JSON.parse(received.at(-1)?.body ?? "").event;
    const resource = await client.im.v1.messageResource.get({
      path: { message_id: message.message_id, file_key: JSON.parse(message.content).file_key },
      params: { type: "file" },
    });
    const chunks: Uint8Array[] = [];
    for await (const chunk of resource.getReadableStream()) chunks.push(chunk);
    expect(Buffer.concat(chunks).toString()).toContain("a.txt");
  });
});

describe("the official EventDispatcher", () => {
  it("verifies and decrypts what is pushed, and its answer to a click is shown", async () => {
    const encryptKey = "encrypt-key";
    const app = { ...createBench().app, encryptKey };
    const seen: Record<string, { message?: { content: string }; action?: { value: unknown } }> = {};
    const dispatcher = new lark.EventDispatcher({ encryptKey, logger: quiet }).register({
      "im.message.receive_v1": async (data) => {
        seen.message = data;
      },
      "card.action.trigger": async (data: { action: { value: unknown } }) => {
        seen.action = data;
        return { toast: { type: "success", content: "好" } };
      },
    });
    const bench = createBench({ app });
    bench.hub.answer = async () => {
      const last = bench.received.at(-1);
      const headers = Object.fromEntries(last?.headers ?? []);
      const body = JSON.parse(last?.body ?? "");
      const data = Object.assign(Object.create({ headers }), body);
      return Response.json((await dispatcher.invoke(data)) ?? {});
    };
    await bench.simulator.say({ person: "ou_chen", chat: "oc_chen", text: "冰柜坏了" });
    expect(seen.message?.message?.content).toBe('{"text":"冰柜坏了"}');
    const sent = await bench.call("POST", "/im/v1/messages?receive_id_type=chat_id", {
      receive_id: "oc_chen",
      msg_type: "interactive",
      content: JSON.stringify(cardOf("工单")),
    });
    const { message_id: message } = sent.body.data as { message_id: string };
    const result = await bench.simulator.press({ person: "ou_chen", message, button: "claim" });
    expect(seen.action?.action?.value).toEqual({ action: "claim" });
    expect(result).toEqual({ toast: { tone: "success", text: "好" }, error: null });
  });
});
