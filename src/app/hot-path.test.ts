import { expect, it } from "vitest";
import { createStage } from "../../test/support/stage.ts";
import type { Store } from "../ports/store.ts";

/** A store that tells what it is asked, in order. */
function watched(store: Store, asked: string[]): Store {
  return new Proxy(store, {
    get(target, name, receiver) {
      asked.push(String(name));
      return Reflect.get(target, name, receiver) as unknown;
    },
  });
}

it("a plain message is received, understood and answered in three commits and no more reads than it needs", async () => {
  const asked: string[] = [];
  const stage = createStage({}, { through: (store) => watched(store, asked) });
  await stage.say("你好");
  await stage.hub.settle();
  asked.length = 0;
  await stage.say("加盟费多少");
  await stage.hub.settle();
  const delivery = asked.indexOf("timersDue");
  expect(asked.slice(0, delivery)).toEqual([
    "commit",
    "mail",
    "newestConversation",
    "identity",
    "findStores",
    "commit",
    "commit",
    "mail",
  ]);
  await stage.close();
});
