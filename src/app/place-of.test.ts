import { afterEach, beforeEach, expect, it } from "vitest";
import { createStage, type Stage } from "../../test/support/stage.ts";

let stage: Stage;
beforeEach(() => {
  stage = createStage();
});
afterEach(() => stage.close());

/** What was said under the chat's own id stands where an older version kept what is said in that chat. */
async function says(text: string, sender: string) {
  const place = { chat: "oc_own", kind: "direct", thread: null } as const;
  await stage.say(text, { sender: { id: sender, name: null }, place });
  await stage.hub.settle();
  return (await stage.rows("conversations")).map(({ stream, status }) => ({ stream, status }));
}

it("a conversation that is known by its chat's id goes on until it closes, and the next one is its person's", async () => {
  const [first] = await says("你好", "oc_own");
  expect(await says("加盟费多少", "ou_clerk")).toEqual([first]);
  await stage.pass(86_400_000, 7_200_000);
  const [closed, next] = await says("你好", "ou_clerk");
  expect(closed).toEqual({ ...first, status: "closed" });
  expect(next?.status).toBe("open");
  expect(await says("加盟费多少", "ou_clerk")).toEqual([closed, next]);
});
