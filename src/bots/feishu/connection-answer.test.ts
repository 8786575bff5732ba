import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { hex, utf8 } from "../../wire/bytes.ts";
import { decodeFeishuFrame } from "../../wire/feishu-frame.ts";
import { acknowledgement } from "./connection-answer.ts";

type Vector = { readonly id: string; readonly input: { readonly hex?: string } };

const file = new URL("../../../test/fixtures/feishu-frames.json", import.meta.url);
const vectors: readonly Vector[] = JSON.parse(readFileSync(file, "utf8"));

it("acknowledges a click byte for byte as Feishu's SDK does", () => {
  const written = vectors.find(({ id }) => id === "feishu-ws-card-ack-client")?.input.hex ?? "";
  const acknowledged = decodeFeishuFrame(new Uint8Array(Buffer.from(written, "hex")));
  const headers = acknowledged.headers.filter(({ key }) => key !== "biz_rt");
  const push = { ...acknowledged, headers, payload: utf8("{}") };
  const body = '{"toast":{"type":"success","content":"好的"}}';
  expect(hex(acknowledgement(push, { code: 200, body }, -4))).toBe(written);
});
