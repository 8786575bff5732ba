import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type BoardDesk, openBoardDesk } from "../../test/support/board-desk.ts";

const DAY_MS = 86_400_000;

let desk: BoardDesk;

beforeEach(async () => {
  desk = openBoardDesk();
  await desk.say("冰柜坏了");
});

afterEach(() => desk.close());

async function ticket() {
  const found = await desk.hub.store.ticketNumbered(1);
  if (found === null) throw new Error("There is no ticket.");
  return found;
}

describe("opening a link", () => {
  it("tells which ticket it is about and what will be done, and asks who it is", async () => {
    const { status, html } = await desk.open(desk.link("接单"));
    expect(status).toBe(200);
    for (const words of ["#1 设备报修", "待接单", "接单", "李工", "王工", "赵主管"])
      expect(html).toContain(words);
  });

  it("changes nothing, however often it is opened", async () => {
    const { version } = await ticket();
    const path = desk.link("接单");
    for (let time = 0; time < 3; time += 1) await desk.open(path);
    await desk.open(path, { method: "HEAD" });
    await desk.hub.settle();
    expect((await ticket()).version).toBe(version);
    expect(await desk.hub.store.backlog()).toBe(0);
  });

  it("gives its address to nobody, and runs nothing", async () => {
    const { headers, html } = await desk.open(desk.link("接单"));
    expect(headers.get("referrer-policy")).toBe("no-referrer");
    expect(headers.get("x-robots-tag")).toContain("noindex");
    expect(headers.get("cache-control")).toBe("no-store");
    expect(headers.get("content-security-policy")).toContain("default-src 'none'");
    expect(html).not.toMatch(/<script|<img|<link|https?:/);
  });

  it("shows as words what somebody wrote as HTML", async () => {
    await desk.close();
    desk = openBoardDesk((policy) => ({
      ...policy,
      hub: { ...policy.hub, name: "<b>desk</b>" },
    }));
    await desk.say("冰柜坏了");
    const { html } = await desk.open(desk.link("接单"));
    expect(html).toContain("&lt;b&gt;desk&lt;/b&gt;");
    expect(html).not.toContain("<b>desk");
  });

  it.each([
    ["forged", (path: string) => `${path.slice(0, -1)}${path.endsWith("0") ? "1" : "0"}`],
    ["changed", (path: string) => path.replace("_zclaim", "_zclose")],
    ["cut off", (path: string) => path.slice(0, 60)],
    ["of a file", (path: string) => path.replace("/a/", "/a/x")],
  ])("is told that there is none where it is %s", async (_name, change) => {
    const path = change(desk.link("接单"));
    expect((await desk.open(path)).status).toBe(404);
    expect((await desk.send(path, { agent: "li" })).status).toBe(404);
    expect((await ticket()).owner).toBeNull();
  });

  it("is told that it has expired after three days, and nothing can be done with it", async () => {
    const path = desk.link("接单");
    desk.clock.advance(3 * DAY_MS - 3_600_000);
    expect((await desk.open(path)).status).toBe(200);
    desk.clock.advance(3_600_000);
    expect((await desk.open(path)).status).toBe(410);
    expect((await desk.send(path, { agent: "li" })).status).toBe(410);
    expect((await ticket()).owner).toBeNull();
  });

  it("is told why not where things have moved on, and the link is not used up", async () => {
    const path = desk.link("接单");
    await desk.press("a-wang", "接单");
    const { status, html } = await desk.open(path);
    expect(status).toBe(409);
    expect(html).toContain("王工");
    expect((await desk.send(path, { agent: "li" })).status).toBe(409);
    expect((await ticket()).owner).toBe("wang");
  });
});

describe("sending its page", () => {
  it("does it as the person who was chosen, and keeps that it came by a link", async () => {
    const { status, html } = await desk.send(desk.link("接单"), { agent: "li" });
    expect(status).toBe(200);
    expect(html).toContain("接单成功");
    expect(await ticket()).toMatchObject({ owner: "li", status: "in_progress" });
    const causes = await desk.hub.store.page("causes", 0, 100);
    const last = causes.at(-1)?.values;
    expect(last?.actor).toBe("agent:li");
    expect(JSON.parse(String(last?.input))).toMatchObject({ via: "link", by: { id: "li" } });
  });

  it("is done once: the second time is told who used it and what came of it", async () => {
    const path = desk.link("接单");
    await desk.send(path, { agent: "li" });
    const { version } = await ticket();
    for (const again of [await desk.send(path, { agent: "wang" }), await desk.open(path)]) {
      expect(again.status).toBe(410);
      expect(again.html).toContain("李工");
      expect(again.html).toContain("接单成功");
    }
    expect((await ticket()).version).toBe(version);
  });

  it("is done once where two send it at the same moment, and the other one is told so", async () => {
    const path = desk.link("接单");
    const both = await Promise.all([
      desk.send(path, { agent: "li" }),
      desk.send(path, { agent: "wang" }),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 410]);
    const { owner } = await ticket();
    const [winner] = both.filter(({ status }) => status === 200);
    expect(winner?.html).toContain(owner === "li" ? "李工" : "王工");
    expect(both.every(({ html }) => html.includes(owner === "li" ? "李工" : "王工"))).toBe(true);
  });

  it.each([{}, { agent: "" }, { agent: "stranger" }, { agent: "__proto__" }])(
    "asks again who it is: %o",
    async (form) => {
      const path = desk.link("接单");
      const { status, html } = await desk.send(path, form as Record<string, string>);
      expect(status).toBe(422);
      expect(html).toContain("请填写：你是谁");
      expect((await desk.open(path)).status).toBe(200);
      expect((await ticket()).owner).toBeNull();
    },
  );

  it("takes words where the card has a form for them, and asks again where they are missing", async () => {
    const path = desk.link("回复客户");
    expect((await desk.open(path)).html).toContain("<textarea");
    const empty = await desk.send(path, { agent: "li", "v-text": "  " });
    expect(empty.status).toBe(422);
    expect(empty.html).toContain('value="li" selected');
    const { status } = await desk.send(path, { agent: "li", "v-text": "马上到 <3" });
    expect(status).toBe(200);
    const { comments } = await ticket();
    const words = await desk.hub.store.texts(comments.map(({ text }) => text));
    expect([...words.values()]).toEqual(["马上到 <3"]);
  });

  it("refuses a body that is too large and a way of asking that it does not know", async () => {
    const path = desk.link("回复客户");
    const huge = await desk.send(path, { agent: "li", "v-text": "长".repeat(20_000) });
    expect(huge.status).toBe(413);
    expect((await desk.open(path, { method: "PUT" })).status).toBe(404);
    expect((await ticket()).comments).toEqual([]);
  });

  it("is not done for somebody who has left the team since the card was posted", async () => {
    await desk.close();
    let agents = new Map();
    desk = openBoardDesk((policy) => {
      agents = new Map(policy.agents);
      return { ...policy, agents };
    });
    await desk.say("冰柜坏了");
    const path = desk.link("接单");
    agents.delete("li");
    expect((await desk.open(path)).html).not.toContain('value="li"');
    expect((await desk.send(path, { agent: "li" })).status).toBe(422);
  });
});

it("writes no link and no key of the board into a log line", async () => {
  const path = desk.link("接单");
  await desk.open(path);
  await desk.send(path, { agent: "li" });
  const told = desk.logged().join("\n");
  expect(told).not.toContain("board-key");
  expect(told).not.toContain(path.slice(3, 40));
});
