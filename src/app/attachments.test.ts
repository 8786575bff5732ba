import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  createAttachmentDesk,
  picture,
  recallOf,
  withPicture,
} from "../../test/support/attachment-desk.ts";
import { aMessage } from "../../test/support/fake-channel.ts";
import { PNG } from "../../test/support/sample-files.ts";
import { rebuild } from "./rebuild.ts";
import { replay } from "./replay.ts";

let desk: ReturnType<typeof createAttachmentDesk>;
beforeEach(() => {
  desk = createAttachmentDesk();
});
afterEach(async () => {
  const { store, hub } = desk.desk;
  expect((await replay(store, async () => hub.setup().policy)).divergences).toEqual([]);
  expect((await rebuild(store)).mended).toEqual([]);
  await desk.desk.close();
});

const links = (to: string) =>
  desk.cardTo(to).controls.flatMap((control) => (control.type === "link" ? [control] : []));

describe("a picture of the requester", () => {
  it("goes to the team's chat with a line that says which ticket it is of", async () => {
    await desk.say(withPicture("冰柜坏了", picture("a.png")));
    expect(desk.passed.map(({ account, to }) => [account, to])).toEqual([["fake/a", "oc_repair"]]);
    expect(desk.passed[0]?.file).toMatchObject({ name: "a.png", mime: "image/png", bytes: PNG });
    expect(desk.wordsTo("oc_repair")).toEqual(["工单 #1 客户发来附件："]);
  });

  it("stands on every copy of the card as a signed link", async () => {
    await desk.say(withPicture("冰柜坏了", picture("a.png")));
    for (const to of ["oc_repair", "b-wang", "clerk"]) {
      expect(links(to)).toMatchObject([{ label: "附件 1：a.png" }]);
      expect(links(to)[0]?.url).toMatch(/^http:\/\/localhost\/files\/\w+-\w+-[0-9a-f]{40}$/);
    }
  });

  it("that comes later goes along with what is said, and without words says which ticket it is of", async () => {
    await desk.say(aMessage("冰柜坏了"));
    await desk.say(withPicture("还在漏水", picture("b.png")));
    await desk.say(withPicture("", picture("c.png")));
    expect(desk.passed.map(({ file }) => file.name)).toEqual(["b.png", "c.png"]);
    expect((await desk.ticket())?.attachments).toHaveLength(2);
    expect(links("oc_repair").map(({ label }) => label)).toEqual([
      "附件 1：b.png",
      "附件 2：c.png",
    ]);
  });

  it("sent before the request is there when the ticket is", async () => {
    await desk.say(withPicture("", picture("before.png")));
    await desk.say(aMessage("冰柜坏了"));
    expect((await desk.ticket())?.attachments).toHaveLength(1);
    expect(desk.passed.map(({ file }) => file.name)).toEqual(["before.png"]);
  });

  it("is waited for without counting a try, and what is behind it passes after some minutes", async () => {
    desk.vendor.answer = async () => ({
      type: "failed",
      class: "transient",
      afterMs: null,
      reason: "502",
    });
    await desk.say(withPicture("冰柜坏了", picture("a.png")));
    const waiting = async () =>
      (await desk.desk.store.page("outbox", 0, 50)).map(({ values }) => values).at(-1);
    expect(await waiting()).toMatchObject({ status: "pending", attempts: 0 });
    for (let round = 0; round < 13; round += 1) {
      desk.desk.clock.advance(10_000);
      await desk.desk.settle();
    }
    const parked = await waiting();
    expect(parked).toMatchObject({ status: "parked", attempts: 0 });
    expect(Number(parked?.due_at) - desk.desk.clock.now()).toBeGreaterThan(10_000);
    desk.vendor.answer = async () => ({ type: "fetched", bytes: PNG, name: null });
    for (let round = 0; round < 30; round += 1) {
      desk.desk.clock.advance(10_000);
      await desk.desk.settle();
    }
    expect(desk.passed).toHaveLength(1);
  });

  it("goes out as its link where a channel takes no files", async () => {
    Reflect.deleteProperty(desk.desk.channels["fake/a"] ?? {}, "sendFile");
    await desk.say(withPicture("冰柜坏了", picture("a.png")));
    expect(desk.wordsTo("oc_repair").at(-1)).toMatch(/^附件 a\.png：http:\/\/localhost\/files\//);
  });
});

describe("a message that was taken back", () => {
  it("is blank on the ticket, and its picture is gone everywhere", async () => {
    await desk.say(aMessage("冰柜坏了"));
    const said = withPicture("密码是一二三", picture("secret.png"));
    await desk.say(said);
    expect(JSON.stringify(desk.cardTo("oc_repair"))).toContain("密码是一二三");
    await desk.say(recallOf(said));
    const card = JSON.stringify(desk.cardTo("oc_repair"));
    expect(card).toContain("（消息已撤回）");
    expect(card).not.toContain("密码");
    expect(links("oc_repair")).toEqual([]);
    expect(desk.blobs.kept.size).toBe(0);
    expect(await desk.rows()).toMatchObject([{ status: "lost", reason: "recalled", name: null }]);
    const kept = await Promise.all(
      (["texts", "inbox", "attachments"] as const).map((table) =>
        desk.desk.store.page(table, 0, 99),
      ),
    );
    expect(JSON.stringify(kept)).not.toMatch(/密码|secret\.png/);
    const types = (await desk.desk.store.page("events", 0, 99)).map(({ values }) => values);
    expect(
      types
        .filter(({ type }) => type === "recalled")
        .map(({ stream }) => String(stream).slice(0, 6)),
    ).toEqual(["conver", "ticket"]);
  });

  it("is not worked when it was not yet", async () => {
    const { desk: hub } = desk;
    const said = aMessage("冰柜坏了");
    await hub.receive(hub.account("fake/a"), "event", [said]);
    await hub.receive(hub.account("fake/a"), "event", [recallOf(said)]);
    await hub.settle();
    expect(await desk.ticket()).toBeNull();
    expect(hub.channels["fake/a"]?.sent).toEqual([]);
  });

  it("is not worked when it comes only after its recall", async () => {
    const said = aMessage("冰柜坏了");
    await desk.say(recallOf(said));
    await desk.say(said);
    expect(await desk.ticket()).toBeNull();
    expect(desk.desk.channels["fake/a"]?.sent).toEqual([]);
  });

  it("twice is so once, and one that nobody sent is none of ours", async () => {
    const said = aMessage("冰柜坏了");
    await desk.say(said);
    await desk.say(recallOf(said));
    const version = (await desk.ticket())?.version;
    await desk.say(recallOf(said));
    await desk.say(recallOf(aMessage("never sent")));
    expect((await desk.ticket())?.version).toBe(version);
  });

  it("takes its picture back while that is on its way", async () => {
    const said = withPicture("冰柜坏了", picture("a.png"));
    desk.vendor.answer = async () => {
      await desk.desk.receive(desk.desk.account("fake/a"), "event", [recallOf(said)]);
      return { type: "fetched", bytes: PNG, name: null };
    };
    await desk.say(said);
    expect(await desk.rows()).toMatchObject([{ status: "lost", reason: "recalled" }]);
    expect(desk.blobs.kept.size).toBe(0);
    expect(desk.passed).toEqual([]);
  });
});

describe("a card that shows uploaded pictures", () => {
  it("has the newest picture under the account's own name for it, uploaded once", async () => {
    const channel = desk.desk.channels["fake/a"];
    if (channel === undefined) throw new Error("There is no channel.");
    const uploads: string[] = [];
    Object.assign(channel.can, { card: { ...channel.can.card, images: "key" } });
    Object.assign(channel, {
      async uploadPicture({ name }: { name: string }) {
        uploads.push(name);
        return { type: "uploaded", key: `key of ${name}` };
      },
    });
    await desk.say(withPicture("冰柜坏了", picture("a.png")));
    const before = uploads.length;
    await desk.say(aMessage("还在漏水"));
    const pictures = desk
      .cardTo("oc_repair")
      .blocks.flatMap((block) => (block.type === "image" ? [block] : []));
    expect(pictures).toMatchObject([{ key: "key of a.png", alt: "附件 1：a.png" }]);
    expect(uploads[0]).toBe("a.png");
    expect(uploads).toHaveLength(before);
  });

  it("stands without the picture where that cannot be uploaded", async () => {
    const channel = desk.desk.channels["fake/a"];
    if (channel === undefined) throw new Error("There is no channel.");
    Object.assign(channel.can, { card: { ...channel.can.card, images: "key" } });
    Object.assign(channel, {
      async uploadPicture() {
        throw new Error("cut off");
      },
    });
    await desk.say(withPicture("冰柜坏了", picture("a.png")));
    expect(desk.cardTo("oc_repair").title).toContain("#1");
    expect(links("oc_repair")).toHaveLength(1);
  });
});
