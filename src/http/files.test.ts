import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createAttachmentDesk, picture, withPicture } from "../../test/support/attachment-desk.ts";
import { PDF, PNG } from "../../test/support/sample-files.ts";
import { attachmentLink } from "../app/attachment-link.ts";
import { seal } from "../core/seal.ts";
import { fileRoutes } from "./files.ts";

const DAY = 86_400_000;
let desk: ReturnType<typeof createAttachmentDesk>;
beforeEach(() => {
  desk = createAttachmentDesk();
});
afterEach(() => desk.desk.close());

async function linkTo(bytes: Uint8Array, name: string): Promise<string> {
  desk.vendor.answer = async () => ({ type: "fetched", bytes, name });
  await desk.say(withPicture("冰柜坏了", picture(name)));
  const [row] = await desk.rows();
  return new URL(await attachmentLink(desk.desk.hub, String(row?.id))).pathname;
}

const get = (path: string, language?: string) =>
  fileRoutes(desk.desk).request(
    path,
    language === undefined ? {} : { headers: { "accept-language": language } },
  );

describe("a signed link", () => {
  it("shows a picture where it stands, and runs nothing in it", async () => {
    const served = await get(await linkTo(PNG, "图.png"));
    expect(served.status).toBe(200);
    expect(new Uint8Array(await served.arrayBuffer())).toEqual(PNG);
    expect(Object.fromEntries(served.headers)).toMatchObject({
      "content-type": "image/png",
      "content-disposition": "inline; filename=\"_.png\"; filename*=UTF-8''%E5%9B%BE.png",
      "content-security-policy": "sandbox; default-src 'none'",
      "x-content-type-options": "nosniff",
      "referrer-policy": "no-referrer",
    });
  });

  it("has everything else saved", async () => {
    const served = await get(await linkTo(PDF, "报价单.pdf"));
    expect(served.headers.get("content-type")).toBe("application/pdf");
    expect(served.headers.get("content-disposition")).toMatch(/^attachment; /);
  });

  it("is over after some days, which its page says in the reader's language", async () => {
    const path = await linkTo(PNG, "a.png");
    desk.desk.clock.advance(6 * DAY);
    expect((await get(path)).status).toBe(200);
    desk.desk.clock.advance(3 * DAY);
    const over = await get(path);
    expect(over.status).toBe(410);
    expect(await over.text()).toContain("这个链接已过期");
    expect(await (await get(path, "en-GB,zh;q=0.5")).text()).toContain("This link has expired");
    expect(await (await get(path, "zh-TW")).text()).toContain("这个链接已过期");
  });

  it("that was forged, cut or made by another key opens nothing", async () => {
    const path = await linkTo(PNG, "a.png");
    const [row] = await desk.rows();
    const later = seal("another key", "file", String(row?.id), desk.desk.clock.now() + DAY);
    for (const wrong of [
      `${path}0`,
      path.slice(0, -1),
      "/files/x",
      `/files/${later}`,
      "/files/%00",
    ]) {
      const answer = await get(wrong);
      expect([wrong, answer.status]).toEqual([wrong, 404]);
      expect(answer.headers.get("content-security-policy")).toContain("default-src 'none'");
    }
  });

  it("to what was refused or taken back says so, and to what is on its way when to come again", async () => {
    desk.vendor.answer = async () => ({
      type: "failed",
      class: "transient",
      afterMs: null,
      reason: "502",
    });
    await desk.say(withPicture("冰柜坏了"));
    const [row] = await desk.rows();
    const path = new URL(await attachmentLink(desk.desk.hub, String(row?.id))).pathname;
    const pending = await get(path);
    expect([pending.status, pending.headers.get("retry-after")]).toEqual([503, "5"]);
    desk.vendor.answer = async () => ({ type: "too-large" });
    desk.desk.clock.advance(10_000);
    await desk.desk.settle();
    expect((await get(path)).status).toBe(410);
  });

  it("to a file that is no longer in its place says that it is gone", async () => {
    const path = await linkTo(PNG, "a.png");
    desk.blobs.kept.clear();
    expect((await get(path)).status).toBe(410);
  });
});
