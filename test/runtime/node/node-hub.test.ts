import { mkdtempSync, rmSync } from "node:fs";
import { createConnection } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { encodeAction } from "../../../src/core/card.ts";
import { type NodeHub, type NodeHubOptions, startNodeHub } from "../../../src/node.ts";
import type { Batch } from "../../../src/ports/batch.ts";
import type { RawRequest } from "../../../src/ports/channel.ts";
import type { Store } from "../../../src/ports/store.ts";
import { makeSetup } from "../../../src/setup.ts";
import { NOW } from "../../contracts/channel-subject.ts";
import { createGate } from "../../support/gate.ts";
import { WORDS } from "../../support/hook-cases.ts";
import { feishuCase as subject } from "../../support/hook-feishu.ts";
import { hookPolicy } from "../../support/hook-policy.ts";
import { type RecordingVendor, startRecordingVendor } from "../../support/recording-vendor.ts";

const silent = { debug() {}, info() {}, warn() {}, error() {} };

describe("a hub on Node", () => {
  let folder: string;
  let vendor: RecordingVendor;
  const hubs: NodeHub[] = [];
  /** Real time from the contract's instant on, and what a test lets pass at once. */
  let skipped = 0;
  const began = Date.now();

  beforeEach(async () => {
    skipped = 0;
    folder = mkdtempSync(join(tmpdir(), "loopdesk-node-"));
    vendor = await startRecordingVendor(0);
  });

  afterEach(async () => {
    await Promise.all(hubs.splice(0).map((hub) => hub.stop()));
    await vendor.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const optionsOf = (over: Partial<NodeHubOptions> = {}): NodeHubOptions => ({
    dataFolder: folder,
    port: 0,
    host: "127.0.0.1",
    log: silent,
    adminToken: "operator",
    clock: {
      now: () => NOW + Date.now() - began + skipped,
      sleep: (ms, signal) =>
        new Promise((resolve) => {
          const timer = setTimeout(resolve, ms);
          signal?.addEventListener("abort", () => {
            clearTimeout(timer);
            resolve();
          });
        }),
    },
    async makeSetup(deps) {
      const config = { ...subject.config, api_base: vendor.url };
      const account = {
        id: subject.account,
        channel: "feishu",
        account: "hq",
        enabled: true,
        config,
      };
      return makeSetup(hookPolicy(subject), [account], deps);
    },
    ...over,
  });

  async function start(over?: Partial<NodeHubOptions>): Promise<NodeHub> {
    const hub = await startNodeHub(optionsOf(over));
    hubs.push(hub);
    return hub;
  }

  it("says that it lives and is ready", async () => {
    const { url } = await start();
    expect(await (await fetch(`${url}/healthz`)).json()).toEqual({ status: "ok" });
    expect(await (await fetch(`${url}/readyz`)).json()).toEqual({ status: "ready", backlog: 0 });
    const lost = await fetch(`${url}/nowhere`);
    expect([lost.status, lost.headers.get("content-type")]).toEqual([
      404,
      "application/problem+json",
    ]);
  });

  it("shows metrics on the machine itself, and elsewhere to who has the admin token", async () => {
    const { url } = await start();
    const ask = async (headers: Record<string, string>): Promise<number> =>
      (await fetch(`${url}/metrics`, { headers })).status;
    expect(await (await fetch(`${url}/metrics`)).text()).toContain("loopdesk_received_total");
    expect(await ask({ "x-forwarded-for": "203.0.113.7" })).toBe(403);
    expect(await ask({ forwarded: "for=203.0.113.7" })).toBe(403);
    const remote = { "x-forwarded-for": "203.0.113.7" };
    expect(await ask({ ...remote, authorization: "Bearer operator" })).toBe(200);
    expect(await ask({ ...remote, authorization: "Bearer operato" })).toBe(403);
    expect(await ask({ ...remote, authorization: "operator" })).toBe(403);
  });

  it.each(["Bearer null", "Bearer ", "Bearer undefined"])(
    "gives %j nothing elsewhere when there is no admin token",
    async (authorization) => {
      const { url } = await start({ adminToken: null });
      const headers = { authorization, "x-forwarded-for": "203.0.113.7" };
      expect((await fetch(`${url}/metrics`, { headers })).status).toBe(403);
    },
  );

  it("asks vendors to come again while it starts", async () => {
    const gate = createGate();
    const options = optionsOf();
    let address = "";
    const starting = start({
      async makeSetup(deps, context) {
        address = context.url;
        await gate.pass();
        return options.makeSetup(deps, context);
      },
    });
    await gate.reached;
    const early = await fetch(`${address}/hooks/feishu/hq`, { method: "POST", body: "{}" });
    expect([early.status, early.headers.get("retry-after")]).toEqual([503, "1"]);
    gate.open();
    const { url } = await starting;
    expect((await send(url, await said())).status).toBe(200);
  });

  it("gives its folder back when the set-up cannot be made", async () => {
    const broken = startNodeHub(
      optionsOf({ makeSetup: () => Promise.reject(new Error("no set-up")) }),
    );
    await expect(broken).rejects.toThrow("no set-up");
    const { url } = await start();
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
  });

  it("refuses a folder that another hub is running on", async () => {
    const { url } = await start();
    await expect(startNodeHub(optionsOf())).rejects.toMatchObject({ code: "in-use" });
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
  });

  it("cuts off a body that is too large, declared or not, and takes the next push", async () => {
    const { url } = await start();
    const large = "x".repeat(3 * 1_048_576);
    expect(await tell(url, `content-length: ${large.length}`, large)).toMatch(/^HTTP\/1\.1 413 /);
    const chunk = `10000\r\n${"x".repeat(65_536)}\r\n`;
    expect(await tell(url, "transfer-encoding: chunked", chunk.repeat(48))).toMatch(
      /^HTTP\/1\.1 413 /,
    );
    expect((await send(url, await said())).status).toBe(200);
  });

  it("lives on when a sender hangs up in the middle of a push", async () => {
    const { url } = await start();
    await hangUp(url, "content-length: 5000", "half of it");
    expect((await send(url, await said())).status).toBe(200);
  });

  it("works what it has taken before it stops, and is empty-handed afterwards", async () => {
    const hub = await start();
    expect((await send(hub.url, await said())).status).toBe(200);
    await expect.poll(() => vendor.messages().length).toBe(3);
    await hubs.pop()?.stop();
    await expect(fetch(`${hub.url}/healthz`)).rejects.toThrow();
    const again = await start();
    expect(await again.running.hub.store.backlog()).toBe(0);
    expect(vendor.messages().length).toBe(3);
  });

  describe("a click", () => {
    /** A ticket with both of its cards shown, and the claim of the engineer on the team's card. */
    async function claimOn(hub: NodeHub): Promise<{ claim: RawRequest; remoteId: string }> {
      await send(hub.url, await said());
      await expect.poll(() => vendor.messages().length).toBe(3);
      const { store } = hub.running.hub;
      const [row] = await store.page("tickets", 0, 1);
      const id = String(row?.values.id);
      const team = async () =>
        (await store.surfaces(id)).find(({ audience }) => audience === "team");
      await expect.poll(async () => (await team())?.remoteId ?? "").not.toBe("");
      const remoteId = (await team())?.remoteId ?? "";
      const action = encodeAction({ verb: "claim", subject: `ticket:${id}`, version: 1 });
      const pressed = { id: "c1", operator: subject.engineer, action, cardId: remoteId };
      return { claim: await subject.clicks.push(subject.press(pressed)), remoteId };
    }

    const cardAt = (remoteId: string): string =>
      vendor.messages().find((message) => message.remoteId === remoteId)?.shown ?? "";
    const requesterCard = (): string =>
      vendor.messages().find(({ to }) => to === subject.clerk)?.shown ?? "";

    it("is answered with the new card, which is not sent a second time", async () => {
      const hub = await start();
      const { claim, remoteId } = await claimOn(hub);
      const reply = await send(hub.url, claim);
      expect(await reply.text()).toContain("处理中 · 李工");
      await expect.poll(requesterCard, { timeout: 5_000 }).toContain("处理中 · 李工");
      skipped += 10_000;
      const { store } = hub.running.hub;
      await expect
        .poll(() => store.surfacesDue(Number.MAX_SAFE_INTEGER, 10), { timeout: 5_000 })
        .toEqual([]);
      expect(cardAt(remoteId)).not.toContain("处理中 · 李工");
    });

    it("whose sender hangs up before the answer has its card refreshed all the same", async () => {
      const gate = createGate();
      const hub = await start({ wrapStore: (store) => holdingBack(store, gate.pass) });
      const { claim, remoteId } = await claimOn(hub);
      const gone = new AbortController();
      const lost = send(hub.url, claim, gone.signal);
      await gate.reached;
      gone.abort();
      await expect(lost).rejects.toThrow();
      await fetch(`${hub.url}/healthz`); // by then the hub has seen the other socket close
      gate.open();
      await expect.poll(requesterCard, { timeout: 5_000 }).toContain("处理中 · 李工");
      skipped += 10_000;
      await expect.poll(() => cardAt(remoteId), { timeout: 5_000 }).toContain("处理中 · 李工");
    }, 20_000);
  });
});

function said(): Promise<RawRequest> | RawRequest {
  return subject.messages.push(subject.say({ id: "om_1", sender: subject.clerk, text: WORDS }));
}

function send(url: string, raw: RawRequest, signal?: AbortSignal): Promise<Response> {
  const { headers } = raw;
  const init = { method: "POST", headers, body: new Blob([raw.body.slice()]) };
  return fetch(
    `${url}/hooks/${subject.account}`,
    signal === undefined ? init : { ...init, signal },
  );
}

/** A store that lets the decision about a click wait. */
function holdingBack(store: Store, wait: () => Promise<void>): Store {
  const isClick = (batch: Batch): boolean =>
    batch.rows.some((row) => row.type === "inbox-done" && row.outcome !== null);
  return {
    ...store,
    async commit(batch) {
      if (isClick(batch)) await wait();
      return store.commit(batch);
    },
  };
}

/** Write one POST onto a socket, as fast as it takes it, and give what comes back first. */
function tell(url: string, header: string, body: string): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = createConnection(Number(port), hostname, () => {
      socket.write(`POST /hooks/feishu/hq HTTP/1.1\r\nhost: hub\r\n${header}\r\n\r\n`);
      socket.write(body);
    });
    socket.setEncoding("utf8");
    socket.once("data", (data) => {
      resolve(String(data));
      socket.destroy();
    });
    // A server that has answered may cut the rest off, which is a broken pipe here.
    socket.on("error", reject);
  });
}

function hangUp(url: string, header: string, body: string): Promise<void> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    const socket = createConnection(Number(port), hostname, () => {
      socket.write(`POST /hooks/feishu/hq HTTP/1.1\r\nhost: hub\r\n${header}\r\n\r\n${body}`, () =>
        socket.destroy(),
      );
    });
    socket.once("close", () => resolve());
  });
}
