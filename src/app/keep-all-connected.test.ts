import { afterEach, expect, it } from "vitest";
import { createGate, type Gate } from "../../test/support/gate.ts";
import { keepAllConnected, type Wanted } from "./keep-all-connected.ts";

const all = keepAllConnected;
let connections = all();
/** What began and ended, in order. */
let events: string[] = [];
/** Holds up the end of a connection, by its name. */
let holds: Record<string, Gate> = {};

afterEach(async () => {
  for (const hold of Object.values(holds)) hold.open();
  await connections.stop();
  connections = all();
  events = [];
  holds = {};
});

function wanted(account: string, fingerprint: string): Wanted {
  const name = `${account} ${fingerprint}`;
  return {
    account,
    fingerprint,
    start() {
      events.push(`+${name}`);
      return {
        line: { request: async () => ({ type: "answered", body: { by: name } }) },
        health: () => ({
          account,
          state: "connected",
          since: 0,
          lastHeardAt: null,
          attempts: 0,
          reason: null,
        }),
        async stop() {
          await holds[name]?.pass();
          events.push(`-${name}`);
        },
      };
    },
  };
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

it("connects what a set-up asks for, keeps what stays as it was, and ends what is gone", async () => {
  connections.use([wanted("a", "1"), wanted("b", "1"), wanted("c", "1")]);
  expect(events).toEqual(["+a 1", "+b 1", "+c 1"]);
  connections.use([wanted("a", "1"), wanted("b", "2")]);
  await settled();
  expect(events.slice(3).sort()).toEqual(["+b 2", "-b 1", "-c 1"]);
  expect(connections.health().map(({ account }) => account)).toEqual(["a", "b"]);
});

it("never has two for one account: the changed one begins when the old one has ended", async () => {
  holds = { "a 1": createGate() };
  connections.use([wanted("a", "1")]);
  connections.use([wanted("a", "2")]);
  await settled();
  expect(events).toEqual(["+a 1"]);
  holds["a 1"]?.open();
  await settled();
  expect(events).toEqual(["+a 1", "-a 1", "+a 2"]);
});

it("takes up the newest of several changes, and begins anew where that is the first one again", async () => {
  holds = { "a 1": createGate() };
  for (const each of ["1", "2", "3", "1"]) connections.use([wanted("a", each)]);
  await settled();
  connections.use([wanted("a", "2")]);
  connections.use([wanted("a", "4")]);
  holds["a 1"]?.open();
  await settled();
  expect(events.filter((event) => !event.endsWith("1"))).toEqual(["+a 4"]);
});

it("two changes in one moment leave the second in force", async () => {
  connections.use([wanted("a", "1")]);
  connections.use([]);
  connections.use([wanted("a", "2")]);
  await settled();
  expect(events).toEqual(["+a 1", "-a 1", "+a 2"]);
  connections.use([]);
  await settled();
  connections.use([wanted("a", "3")]);
  expect(events.slice(3)).toEqual(["-a 2", "+a 3"]);
});

it("gives an account one line for all its connections, which leads nowhere while there is none", async () => {
  const line = connections.lineOf("a");
  expect(await line.request({})).toMatchObject({ type: "unreached" });
  connections.use([wanted("a", "1")]);
  expect(await line.request({})).toMatchObject({ body: { by: "a 1" } });
  connections.use([wanted("a", "2")]);
  await settled();
  expect(await line.request({})).toMatchObject({ body: { by: "a 2" } });
});

it("once stopped has ended everything and begins nothing", async () => {
  connections.use([wanted("a", "1"), wanted("b", "1")]);
  await connections.stop();
  connections.use([wanted("a", "2")]);
  await settled();
  expect(events).toEqual(["+a 1", "+b 1", "-a 1", "-b 1"]);
  expect(connections.health()).toEqual([]);
});
