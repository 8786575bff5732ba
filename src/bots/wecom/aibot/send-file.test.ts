import { describe, expect, it } from "vitest";
import { createBench } from "../../../../test/contracts/channel-fakes.ts";
import { socketConfig, text } from "../../../../test/contracts/wecom-aibot-account.ts";
import type { OutboundFile } from "../../../core/message.ts";
import type { LineAnswer } from "../../../ports/connection.ts";
import { wecom } from "../wecom.ts";

type Frame = { readonly cmd: string; readonly body: Readonly<Record<string, unknown>> };

/** The bot over a line on which each step of an upload goes well, but for the one that is told otherwise. */
function given(step: string, answer: LineAnswer | number) {
  const frames: Frame[] = [];
  const bench = createBench();
  const channel = wecom.create(socketConfig, {
    ...bench.deps,
    line: {
      async request(frame) {
        frames.push(frame as Frame);
        const body = { upload_id: "u1", media_id: "md1" };
        if (frame.cmd !== step) return { type: "answered", body: { errcode: 0, body } };
        return typeof answer === "object"
          ? answer
          : { type: "answered", body: { errcode: answer } };
      },
    },
  });
  const { content: _, ...to } = text;
  return {
    frames,
    send: (more: Partial<OutboundFile> = {}) => channel.sendFile?.(to, { ...file, ...more }),
  };
}

const file: OutboundFile = {
  kind: "file",
  name: "日志.txt",
  mime: "text/plain",
  bytes: new Uint8Array(524_289),
  instead: "日志.txt：https://desk.test/f/1",
};
const link = { msgtype: "markdown", markdown: { content: file.instead } };

describe("sending a file over the long connection", () => {
  it("uploads pieces of at most 512 KiB in order, and shows what came of them", async () => {
    const { send, frames } = given("", 0);
    expect(await send()).toEqual({ type: "sent", remoteId: text.id, updateTokens: [] });
    expect(frames).toMatchObject([
      {
        cmd: "aibot_upload_media_init",
        body: { type: "file", filename: "日志.txt", total_size: 524_289, total_chunks: 2 },
      },
      { cmd: "aibot_upload_media_chunk", body: { upload_id: "u1", chunk_index: 0 } },
      { cmd: "aibot_upload_media_chunk", body: { chunk_index: 1, base64_data: "AA==" } },
      { cmd: "aibot_upload_media_finish", body: { upload_id: "u1" } },
      { cmd: "aibot_send_msg", body: { msgtype: "file", file: { media_id: "md1" } } },
    ]);
  });

  it.each([
    ["a picture", "image/png", 6, "image"],
    ["a picture that is too large for one", "image/png", 10_485_761, "file"],
    ["a voice", "audio/amr", 6, "voice"],
    ["a video", "video/mp4", 6, "video"],
  ])("sends %s as what WeCom takes it for", async (_name, mime, length, way) => {
    const { send, frames } = given("", 0);
    await send({ mime, bytes: new Uint8Array(length) });
    expect(frames.at(-1)?.body).toMatchObject({ msgtype: way, [way]: { media_id: "md1" } });
  });

  it.each([4, 20_971_521])("sends the link of a file of %i bytes", async (length) => {
    const { send, frames } = given("", 0);
    await send({ bytes: new Uint8Array(length) });
    expect(frames.map(({ body }) => body)).toMatchObject([link]);
  });

  it("sends the link where WeCom refuses the file itself", async () => {
    const { send, frames } = given("aibot_upload_media_finish", 846616);
    expect(await send()).toMatchObject({ type: "sent" });
    expect(frames.at(-1)?.body).toMatchObject(link);
  });

  it.each([
    ["aibot_upload_media_init", 45009, "rate"],
    ["aibot_upload_media_chunk", -1, "transient"],
    ["aibot_upload_media_finish", 846609, "transient"],
    ["aibot_upload_media_init", { type: "unreached", reason: "not connected" }, "transient"],
    ["aibot_upload_media_chunk", { type: "unanswered", reason: "no answer" }, "transient"],
    ["aibot_upload_media_init", { type: "answered", body: { errcode: 0 } }, "transient"],
    ["aibot_upload_media_finish", { type: "answered", body: { errcode: 0 } }, "transient"],
  ] as const)("can be done again when %s ends with %j", async (step, answer, failureClass) => {
    const { send, frames } = given(step, answer);
    expect(await send()).toMatchObject({ type: "failed", class: failureClass });
    expect(frames.map(({ cmd }) => cmd)).not.toContain("aibot_send_msg");
  });
});
