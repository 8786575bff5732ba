import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { eventually } from "../test/support/eventually.ts";
import { createStage, type Stage } from "../test/support/stage.ts";
import type { Loaded } from "./config/load.ts";
import { compileRow, compileText, importConfiguration, policyOfHash } from "./configure.ts";
import { agentAt } from "./core/config/policy.ts";
import { keepPeople, lookOnce, withKnownPeople } from "./people.ts";

const YAML = `
hub: { name: 台, public_url: https://desk.example.com }
bots:
  feishu:
    hq: { app_id: cli_0123456789abcdef, app_secret: s, verification_token: v, encrypt_key: k }
agents:
  li: { name: 李工, phone: "13800000001" }
teams:
  cold: { name: 冷链, members: [li], chats: [{ bot: feishu/hq, chat: oc_1 }] }
dispatch:
  - team: cold
`;

let stage: Stage;
let ids: (string | null)[];
beforeEach(() => {
  stage = createStage();
  ids = ["ou_li"];
  stage.a.lookUp = async () => ({ ids, failure: null });
});
afterEach(() => stage.close());

async function imported(yaml = YAML): Promise<Loaded> {
  const loaded = await withKnownPeople(stage.store, await compileText(yaml, {}));
  await importConfiguration(stage.store, loaded, stage.clock.now());
  return loaded;
}

const who = ({ policy }: Pick<Loaded, "policy">) => agentAt(policy, "fake/a", "ou_li")?.id ?? null;

describe("ids that were found", () => {
  it("are part of the configuration: its hash, its row, and what a replay decides by", async () => {
    const first = await imported();
    const next = await lookOnce(stage.hub.hub, first, new Map());
    expect(who(first)).toBeNull();
    expect(who(next)).toBe("li");
    expect(next.policy.hash).toBe(next.hash);
    expect(next.hash).not.toBe(first.hash);

    const active = await stage.store.activeConfig();
    expect(active).toMatchObject({ hash: next.hash, yaml: YAML });
    expect(active === null ? null : (await compileRow(active, {})).hash).toBe(next.hash);
    // What was decided before knows nobody, what is decided from now on does.
    expect(who({ policy: await policyOfHash(stage.store, first.hash, {}) })).toBeNull();
    const replayed = await policyOfHash(stage.store, next.hash, {});
    expect(replayed.agentsByIdentity).toEqual(next.policy.agentsByIdentity);
    expect(replayed.hash).toBe(next.hash);
  });

  it("are there at once after a restart, without asking anybody", async () => {
    const next = await lookOnce(stage.hub.hub, await imported(), new Map());
    stage.a.lookUp = async () => {
      throw new Error("nobody is to be asked");
    };
    expect((await imported()).hash).toBe(next.hash);
  });

  it("change nothing while nothing new is found", async () => {
    const next = await lookOnce(stage.hub.hub, await imported(), new Map());
    expect(await lookOnce(stage.hub.hub, next, new Map())).toBe(next);
    stage.clock.advance(86_400_000);
    expect(await lookOnce(stage.hub.hub, next, new Map())).toBe(next);
  });

  it("end with the person's leaving", async () => {
    const next = await lookOnce(stage.hub.hub, await imported(), new Map());
    ids = [null];
    stage.clock.advance(86_400_000);
    const gone = await lookOnce(stage.hub.hub, next, new Map());
    expect(who(gone)).toBeNull();
    expect(gone.hash).toBe((await compileText(YAML, {})).hash);
  });

  it("end with the agent's removal from the configuration", async () => {
    await lookOnce(stage.hub.hub, await imported(), new Map());
    const without = YAML.replace("li: {", "wang: {").replace("[li]", "[wang]");
    expect(who(await imported(without))).toBeNull();
  });

  it("leave the stores of the directory as they are", async () => {
    const first = await imported();
    const store = { id: "S1", name: "一店", region: "", names: ["一店"] };
    await stage.store.replaceStores([store], "f");
    await lookOnce(stage.hub.hub, first, new Map());
    expect(await stage.store.directoryFingerprint()).toBe("f");
  });
});

describe("the keeper", () => {
  it("begins by itself, tells what has changed, and takes up another configuration", async () => {
    const changed = vi.fn();
    const keeper = keepPeople(stage.hub, await imported(), changed);
    await eventually(() => changed.mock.calls.length).toBe(1);
    ids = ["ou_wang"];
    const other = await imported(YAML.replace("13800000001", "13800000002"));
    keeper.use(other);
    await eventually(() => changed.mock.calls.length).toBe(2);
    expect(agentAt(changed.mock.calls[1]?.[0].policy, "fake/a", "ou_wang")?.id).toBe("li");
    await keeper.stop();
  });
});
