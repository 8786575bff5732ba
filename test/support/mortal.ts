import type { Account } from "../../src/app/hub.ts";
import type { Channel } from "../../src/ports/channel.ts";
import type { Store } from "../../src/ports/store.ts";

/** A process that ends in the middle of something: whatever it waits for from then on never comes. */
export type Life = {
  readonly ended: Promise<"ended">;
  alive(): boolean;
  end(): void;
};

/** A life that ends by itself after so many things were done to the outside. */
export function createLife(most: number): Life & { step(): void } {
  let left = most;
  let living = true;
  let tell = (): void => {};
  const ended = new Promise<"ended">((resolve) => {
    tell = () => resolve("ended");
  });
  function end(): void {
    living = false;
    tell();
  }
  return {
    ended,
    alive: () => living,
    end,
    step() {
      left -= 1;
      if (left <= 0) end();
    },
  };
}

type Mortal = ReturnType<typeof createLife>;

const NEVER = new Promise<never>(() => {});

/** Do it, unless the process ended before; its end may come before the deed, or after it and before the answer. */
async function within<T>(life: Mortal, act: () => Promise<T>): Promise<T> {
  life.step();
  if (!life.alive()) return NEVER;
  try {
    const result = await act();
    life.step();
    return life.alive() ? result : NEVER;
  } catch (error) {
    if (life.alive()) throw error;
    return NEVER;
  }
}

/** The store as one process reaches it. */
export function mortalStore(store: Store, life: Mortal): Store {
  return new Proxy(store, {
    get(target, name, receiver) {
      const member: unknown = Reflect.get(target, name, receiver);
      if (typeof member !== "function") return member;
      return (...args: unknown[]) => within(life, () => member.apply(target, args));
    },
  });
}

/** An account as one process reaches it. */
export function mortalAccount(account: Account, life: Mortal): Account {
  const { channel } = account;
  const mortal: Channel = {
    can: channel.can,
    receive: (request, feed) => channel.receive(request, feed),
    send: (message) => within(life, () => channel.send(message)),
    update: (surface, card) => within(life, () => channel.update(surface, card)),
  };
  return { ...account, channel: mortal };
}
