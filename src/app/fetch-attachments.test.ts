import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createAttachmentDesk, picture, withPicture } from "../../test/support/attachment-desk.ts";
import { HTML, PDF, PNG } from "../../test/support/sample-files.ts";
import type { Fetched } from "../ports/channel.ts";

let desk: ReturnType<typeof createAttachmentDesk>;
beforeEach(() => {
  desk = createAttachmentDesk();
});
afterEach(() => desk.desk.close());

const failed = (
  kind: "transient" | "config" | "content",
  afterMs: number | null = null,
): Fetched => ({
  type: "failed",
  class: kind,
  afterMs,
  reason: "no",
});

async function later(ms: number): Promise<void> {
  desk.desk.clock.advance(ms);
  await desk.desk.settle();
}

describe("what comes with a message", () => {
  it("is fetched from its vendor and kept, and its key is forgotten", async () => {
    await desk.say(withPicture("冰柜坏了", picture("压缩机.png", "img_secret")));
    expect(desk.asked).toEqual([
      { key: "img_secret", kind: "image", messageId: expect.stringMatching(/^om_/) as string },
    ]);
    const [row] = await desk.rows();
    expect(row).toMatchObject({
      status: "stored",
      key: "",
      name: "压缩机.png",
      mime: "image/png",
      bytes: PNG.length,
      due_at: null,
    });
    expect(row?.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect([...desk.blobs.kept.values()]).toEqual([PNG]);
  });

  it("is not fetched at all where a hub keeps none", async () => {
    const bare = createAttachmentDesk();
    Reflect.deleteProperty(bare.desk.hub.setup(), "attachments");
    await bare.say(withPicture("冰柜坏了"));
    expect(await bare.rows()).toEqual([]);
    expect(bare.asked).toEqual([]);
    await bare.desk.close();
  });

  it.each<[string, Fetched, string]>([
    ["is too large", { type: "too-large" }, "too_large"],
    [
      "is larger than the vendor said",
      { type: "fetched", bytes: new Uint8Array(1001), name: null },
      "too_large",
    ],
    [
      "is a page that calls itself a picture",
      { type: "fetched", bytes: HTML, name: "a.png" },
      "type",
    ],
  ])("that %s is refused and not kept", async (_what, answer, reason) => {
    desk.vendor.answer = async () => answer;
    await desk.say(withPicture("冰柜坏了", picture("a.png")));
    expect(await desk.rows()).toMatchObject([{ status: "refused", reason, key: "", name: null }]);
    expect(desk.blobs.kept.size).toBe(0);
    expect(desk.wordsTo("oc_repair").at(-1)).toBe("附件 a.png 太大或类型不受支持，未保存。");
  });

  it("of a type that the configuration does not name is refused", async () => {
    const narrow = createAttachmentDesk({ types: ["image"] });
    narrow.vendor.answer = async () => ({ type: "fetched", bytes: PDF, name: "a.pdf" });
    await narrow.say(withPicture("冰柜坏了"));
    expect(await narrow.rows()).toMatchObject([{ status: "refused", reason: "type" }]);
    await narrow.desk.close();
  });
});

describe("a vendor that does not answer", () => {
  it("is asked again, later each time, and no sooner than it said", async () => {
    const answers = [failed("transient"), failed("transient", 60_000)];
    desk.vendor.answer = async () => answers.shift() ?? { type: "fetched", bytes: PNG, name: null };
    await desk.say(withPicture("冰柜坏了"));
    expect(await desk.rows()).toMatchObject([{ status: "pending", attempts: 1 }]);
    await later(2_000);
    expect(await desk.rows()).toMatchObject([{ status: "pending", attempts: 2 }]);
    await later(59_000);
    expect(desk.asked).toHaveLength(2);
    await later(2_000);
    expect(await desk.rows()).toMatchObject([{ status: "stored", reason: null }]);
  });

  it("that throws is a failed try whose result is found out again", async () => {
    let tries = 0;
    desk.vendor.answer = async () => {
      tries += 1;
      if (tries === 1) throw new Error("cut off");
      return { type: "fetched", bytes: PNG, name: null };
    };
    await desk.say(withPicture("冰柜坏了"));
    expect(await desk.rows()).toMatchObject([{ status: "pending" }]);
    await later(200_000);
    expect(await desk.rows()).toMatchObject([{ status: "stored" }]);
  });

  it("that throws each time is given up after a day as well", async () => {
    desk.vendor.answer = async () => {
      throw new Error("cut off");
    };
    await desk.say(withPicture("冰柜坏了", picture("a.png")));
    for (let part = 0; part < 25 * 12; part += 1) await later(300_000);
    expect(await desk.rows()).toMatchObject([{ status: "lost", key: "" }]);
  }, 20_000);

  it("is given up after a day, and the desk is told", async () => {
    desk.vendor.answer = async () => failed("config");
    await desk.say(withPicture("冰柜坏了", picture("a.png")));
    for (let hour = 0; hour < 25; hour += 1)
      for (let part = 0; part < 12; part += 1) await later(300_000);
    expect(await desk.rows()).toMatchObject([{ status: "lost", reason: "config: no" }]);
    expect(desk.wordsTo("oc_repair").at(-1)).toBe("附件 a.png 未能取得。");
  }, 20_000);

  it("that will never have it is not asked twice", async () => {
    desk.vendor.answer = async () => failed("content");
    await desk.say(withPicture("冰柜坏了"));
    expect(await desk.rows()).toMatchObject([{ status: "lost" }]);
    await later(300_000);
    expect(desk.asked).toHaveLength(1);
  });

  it("is given up after five minutes where the address of a file lives no longer", async () => {
    desk.vendor.answer = async () => failed("transient");
    await desk.say(withPicture("冰柜坏了", picture(null, '{"url":"https://x.example.com/a"}')));
    for (let round = 0; round < 40; round += 1) await later(10_000);
    expect(await desk.rows()).toMatchObject([{ status: "lost" }]);
  });

  it("is asked first for what soon has no address any more", async () => {
    desk.vendor.answer = async () => failed("transient", 10_000);
    const pictures = [
      picture(null, "img_1"),
      picture(null, "img_2"),
      picture(null, '{"url":"https://x.example.com/a"}'),
    ];
    await desk.say(withPicture("冰柜坏了", ...pictures));
    expect(desk.asked[0]?.key).toBe('{"url":"https://x.example.com/a"}');
  });
});

it("a file store that is away costs nothing but time", async () => {
  let away = true;
  const { put } = desk.blobs;
  desk.blobs.put = async (...file) => {
    if (away) throw new Error("away");
    await put(...file);
  };
  await desk.say(withPicture("冰柜坏了"));
  expect(await desk.rows()).toMatchObject([{ status: "pending", attempts: 1 }]);
  away = false;
  await later(5_000);
  expect(await desk.rows()).toMatchObject([{ status: "stored" }]);
});
