import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createStage, type Stage } from "../../test/support/stage.ts";
import type { Contact, LookedUp } from "../ports/channel.ts";
import { foundIds, lookUpPeople, type Person, type Resting } from "./look-up-people.ts";

const DAY = 86_400_000;
const HOUR = 3_600_000;
const LI: Person = { agent: "li", phone: "13800000001", email: null, identities: {} };
const WANG: Person = { agent: "wang", phone: null, email: "wang@example.com", identities: {} };

let stage: Stage;
let asked: (readonly Contact[])[];
let resting: Resting;
/** What the tool's directory has, by phone or e-mail. */
let directory: Map<string, string>;
let failure: LookedUp["failure"];
let scope: string | undefined;

beforeEach(() => {
  stage = createStage();
  asked = [];
  resting = new Map();
  directory = new Map([
    ["13800000001", "ou_li"],
    ["wang@example.com", "ou_wang"],
  ]);
  failure = null;
  scope = undefined;
  stage.a.lookUp = async (people) => {
    asked.push(people);
    if (failure !== null) return { ids: [], failure, ...(scope === undefined ? {} : { scope }) };
    const ids = people.map(
      ({ phone, email }) => directory.get(phone ?? "") ?? directory.get(email ?? "") ?? null,
    );
    return { ids, failure: null };
  };
});
afterEach(() => stage.close());

const look = (...people: Person[]): Promise<void> => lookUpPeople(stage.hub.hub, people, resting);
const found = (...people: Person[]) => foundIds(stage.store, people);

describe("looking agents up", () => {
  it("asks the directories that there are for whoever has no id there", async () => {
    const at = { ...WANG, agent: "zhao", identities: { fake: "a-zhao" } };
    await look(LI, WANG, at, { ...WANG, agent: "han", identities: { "fake/a": "x" } });
    expect(asked).toEqual([
      [
        { phone: "13800000001", email: null },
        { phone: null, email: "wang@example.com" },
      ],
    ]);
    expect(await found(LI, WANG)).toEqual({
      li: { "fake/a": "ou_li" },
      wang: { "fake/a": "ou_wang" },
    });
  });

  it("asks for each once a day, found or not", async () => {
    directory.delete("13800000001");
    for (const ms of [0, HOUR, DAY - HOUR - 1, 1]) {
      stage.clock.advance(ms);
      await look(LI, WANG);
    }
    expect(asked.map((people) => people.length)).toEqual([2, 2]);
  });

  it("asks at once for another phone, and no longer counts what the old one gave", async () => {
    await look(LI);
    const moved = { ...LI, phone: "13800000009" };
    expect(await found(moved)).toEqual({});
    await look(moved);
    expect(asked).toHaveLength(2);
    expect(await found(moved)).toEqual({});
  });

  it("forgets the next day who has left", async () => {
    await look(LI);
    directory.clear();
    stage.clock.advance(DAY);
    await look(LI);
    expect(await found(LI)).toEqual({});
  });

  it("keeps what it knows through an outage, and asks again within the hour", async () => {
    await look(LI);
    stage.clock.advance(DAY);
    failure = { type: "failed", class: "transient", afterMs: null, reason: "HTTP 502" };
    await look(LI);
    await look(LI);
    expect(asked).toHaveLength(2);
    expect(await found(LI)).toEqual({ li: { "fake/a": "ou_li" } });
    failure = null;
    stage.clock.advance(HOUR);
    await look(LI);
    expect(asked).toHaveLength(3);
  });

  it("names the permission that the app lacks, once a day, and nobody's phone", async () => {
    failure = { type: "failed", class: "config", afterMs: null, reason: "feishu 99991672" };
    scope = "contact:user.id:readonly";
    for (const ms of [0, HOUR, DAY - HOUR]) {
      stage.clock.advance(ms);
      await look(LI, WANG);
    }
    const log = stage.hub.logged.join("\n");
    expect(log.split("contact:user.id:readonly")).toHaveLength(3);
    expect(log).not.toMatch(/1380|wang@/);
  });

  it("asks for fifty at a time", async () => {
    const people = Array.from({ length: 120 }, (_, at) => ({
      ...LI,
      agent: `a${at}`,
      phone: `1380000${1000 + at}`,
    }));
    await look(...people);
    expect(asked.map((each) => each.length)).toEqual([50, 50, 20]);
  });

  it("takes a channel that breaks for a failure of its vendor", async () => {
    stage.a.lookUp = async () => {
      throw new TypeError("cannot read 13800000001");
    };
    await look(LI);
    expect(await found(LI)).toEqual({});
    expect(stage.hub.logged.join("\n")).not.toContain("1380");
  });

  it("keeps no phone and no e-mail", async () => {
    await look(LI, WANG);
    expect(JSON.stringify(await stage.store.lookups())).not.toMatch(/1380|example/);
  });
});
