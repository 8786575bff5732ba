import { describe, expect, it, vi } from "vitest";
import { createManualClock } from "./manual-clock.ts";
import { createWorld } from "./world.ts";

const seed = {
  people: [
    { id: "ou_a", name: "陈敏", title: "店长" },
    { id: "ou_b", name: "李雷", title: "工程师" },
  ],
  chats: [{ id: "oc_g", name: "报修群", kind: "group" as const, members: ["ou_a"] }],
};
const text = (id: string) => ({
  id,
  chat: "oc_g",
  from: "ou_a",
  quotes: null,
  body: { type: "text" as const, text: id },
});

describe("world", () => {
  it("keeps only the newest messages, oldest first", () => {
    const world = createWorld(seed, createManualClock(), { keep: 2 });
    for (const id of ["m1", "m2", "m3"]) world.post(text(id));
    expect(world.view("feishu").messages.map(({ id }) => id)).toEqual(["m2", "m3"]);
    expect(world.message("m1")).toBeNull();
  });

  it("makes a person's direct chat once and refuses one for nobody", () => {
    const world = createWorld(seed, createManualClock(), { directChatId: (id) => `p2p_${id}` });
    const first = world.directChat("ou_a");
    expect(first).toEqual({ id: "p2p_ou_a", name: "陈敏", kind: "direct", members: ["ou_a"] });
    expect(world.directChat("ou_a")).toBe(first);
    expect(world.directChat("ou_x")).toBeNull();
    expect(world.isMember("ou_b", "p2p_ou_a")).toBe(false);
  });

  it("uses the direct chat of the seed where there is one", () => {
    const direct = { id: "oc_d", name: "陈敏", kind: "direct" as const, members: ["ou_a"] };
    const world = createWorld({ ...seed, chats: [direct] }, createManualClock());
    expect(world.directChat("ou_a")?.id).toBe("oc_d");
  });

  it("tells listeners of every change until they stop listening", () => {
    const world = createWorld(seed, createManualClock());
    const listener = vi.fn();
    const stop = world.onChange(listener);
    world.post(text("m1"));
    expect(world.replace("m1", { type: "text", text: "changed" })).toBe(true);
    expect(world.replace("nope", { type: "text", text: "changed" })).toBe(false);
    expect(world.remove("m1")).toBe(true);
    expect(listener).toHaveBeenCalledTimes(3);
    stop();
    world.post(text("m2"));
    expect(listener).toHaveBeenCalledTimes(3);
  });

  it("stamps messages with the clock", () => {
    const world = createWorld(seed, createManualClock(5000));
    expect(world.post(text("m1")).at).toBe(5000);
  });
});
