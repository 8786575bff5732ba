import { once } from "node:events";
import { DWClient, type DWClientDownStream, EventAck } from "dingtalk-stream";
import { TOPIC_CARD, TOPIC_ROBOT } from "dingtalk-stream/constants";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { cardTemplate } from "../../src/bots/dingtalk/card-template.ts";
import {
  createDingtalkSimulator,
  type DingtalkSimulator,
} from "../../src/simulator/dingtalk/dingtalk-simulator.ts";
import { createManualClock } from "../../src/simulator/manual-clock.ts";
import { serveTool } from "../support/serve-tool.ts";

const app = {
  clientId: "dingappkey",
  clientSecret: "made-up-secret",
  robotCode: "dingappkey",
  corpId: "ding1",
  aesKey: "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG",
  token: "made-up-token",
};
const ACTION = "claim|1|ticket:t1";
const said = { person: "0123", chat: "cid-0123", text: "在吗" };

/** The vendor's own client, told another gateway: the address is a constant inside it. */
class Client extends DWClient {
  readonly #gateway: string;

  constructor(gateway: string, clientSecret = app.clientSecret) {
    // Without an array of its own every client would add its topics to a shared one.
    const own = { subscriptions: [{ type: "EVENT", topic: "*" }], autoReconnect: false };
    super({ clientId: app.clientId, clientSecret, ...own });
    this.#gateway = gateway;
  }

  override async getEndpoint(): Promise<this> {
    const { clientId, clientSecret, ua, subscriptions } = this.config;
    const answer = await fetch(`${this.#gateway}/v1.0/gateway/connections/open`, {
      method: "POST",
      headers: { accept: "application/json", "content-type": "application/json" },
      body: JSON.stringify({ clientId, clientSecret, ua, subscriptions }),
    });
    if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
    const { endpoint, ticket } = (await answer.json()) as { endpoint: string; ticket: string };
    Object.assign(this, { dw_url: `${endpoint}?ticket=${ticket}` });
    return this;
  }
}

const clients: Client[] = [];
beforeEach(() => {
  for (const method of ["info", "warn", "error"] as const) {
    vi.spyOn(console, method).mockImplementation(() => {});
  }
});
afterEach(() => {
  for (const client of clients.splice(0)) client.disconnect();
  vi.restoreAllMocks();
});

async function meet() {
  const clock = createManualClock();
  const made: DingtalkSimulator[] = [];
  const { url, cutAll } = await serveTool("dingtalk", (socketBase) => {
    made[0] = createDingtalkSimulator({
      world: { people: [{ id: "0123", name: "陈敏", title: "店长" }], chats: [] },
      clock,
      speed: 1,
      app,
      socketBase,
      transport: "stream",
      robotUrl: "",
      eventUrl: "",
      fetch: () => Promise.reject(new Error("nothing is pushed over HTTP")),
    });
    return made[0];
  });
  const simulator = made[0] as DingtalkSimulator;
  simulator.importTemplate("loopdesk.schema", cardTemplate());

  /** A client with its listeners, once the simulator sees it. */
  async function connect(prepare: (client: Client) => void = takeAll): Promise<Client> {
    const client = new Client(url);
    clients.push(client);
    prepare(client);
    const before = simulator.streams.list().length;
    await client.connect();
    await expect.poll(() => simulator.streams.list().length).toBe(before + 1);
    return client;
  }
  return { clock, url, cutAll, simulator, connect };
}

function takeAll(client: Client): void {
  for (const topic of [TOPIC_ROBOT, TOPIC_CARD]) {
    client.registerCallbackListener(topic, ({ headers }) =>
      client.socketCallBackResponse(headers.messageId, null),
    );
  }
}

/** Make a card in the person's chat whose clicks come over Stream, and press its button. */
async function press(url: string, simulator: DingtalkSimulator) {
  const call = async (path: string, body: object, token = "") => {
    const headers = {
      "content-type": "application/json",
      "x-acs-dingtalk-access-token": token,
    };
    const answer = await fetch(url + path, { method: "POST", headers, body: JSON.stringify(body) });
    return (await answer.json()) as Record<string, never>;
  };
  const keys = { appKey: app.clientId, appSecret: app.clientSecret };
  const { accessToken } = await call("/v1.0/oauth2/accessToken", keys);
  const buttons = JSON.stringify([{ text: "接单", color: "blue", action: ACTION }]);
  const card = {
    cardTemplateId: "loopdesk.schema",
    outTrackId: "m1",
    callbackType: "STREAM",
    userIdType: 1,
    cardData: { cardParamMap: { title: "冰柜不制冷", buttons } },
    openSpaceId: "dtv1.card//IM_ROBOT.0123",
    imRobotOpenSpaceModel: { supportForward: false },
    imRobotOpenDeliverModel: { spaceType: "IM_ROBOT", robotCode: app.robotCode },
  };
  await call("/v1.0/card/instances/createAndDeliver", card, accessToken);
  const message = simulator.view().messages.at(-1)?.id ?? "";
  return simulator.press({ person: "0123", message, button: ACTION });
}

describe("DingTalk's own Stream client at the simulated DingTalk", () => {
  it("connects with the topics that it listens to, and is refused with another secret", async () => {
    const { simulator, connect, url } = await meet();
    const client = await connect();
    expect(client.connected).toBe(true);
    expect(simulator.streams.list()[0]?.subscriptions).toEqual([
      { type: "EVENT", topic: "*" },
      { type: "CALLBACK", topic: TOPIC_ROBOT },
      { type: "CALLBACK", topic: TOPIC_CARD },
    ]);
    await expect(new Client(url, "another").getEndpoint()).rejects.toThrow("HTTP 401");
  });

  it("hears a robot message, and its answer is the end of it", async () => {
    const { simulator, connect } = await meet();
    const heard: DWClientDownStream[] = [];
    await connect((client) => {
      takeAll(client);
      client.on(TOPIC_ROBOT, (frame: DWClientDownStream) => void heard.push(frame));
    });
    expect(await simulator.say(said)).toEqual({ delivered: true, status: 200, attempts: 1 });
    expect(JSON.parse(heard[0]?.data ?? "")).toMatchObject({
      senderStaffId: "0123",
      text: { content: "在吗" },
    });
  });

  it("hears a message that it did not answer again after a minute, with the same msgId", async () => {
    const { simulator, connect, clock } = await meet();
    const heard: DWClientDownStream[] = [];
    const client = await connect((silent) => {
      silent.registerCallbackListener(TOPIC_ROBOT, (frame) => void heard.push(frame));
    });
    const saying = simulator.say(said);
    await expect.poll(() => heard.length).toBe(1);
    await clock.advance(5_000);
    expect(await saying).toMatchObject({ delivered: false });
    client.on(TOPIC_ROBOT, ({ headers }) => client.socketCallBackResponse(headers.messageId, null));
    await clock.advance(55_000);
    await expect.poll(() => heard.length).toBe(2);
    const [first, second] = heard.map(({ data }) => JSON.parse(data).msgId);
    expect(second).toBe(first);
  });

  it("hears a click, and its response stands on the card and in the toast", async () => {
    const { simulator, connect, url } = await meet();
    const response = {
      cardUpdateOptions: { updateCardDataByKey: true, updatePrivateDataByKey: true },
      cardData: { cardParamMap: { status: "已接单" } },
      userPrivateData: { cardParamMap: { toast: "好的", toast_tone: "success" } },
    };
    await connect((client) => {
      client.registerCallbackListener(TOPIC_CARD, ({ headers, data }) => {
        const { params } = JSON.parse(JSON.parse(data).content).cardPrivateData;
        const answer = params.action === ACTION ? response : null;
        client.socketCallBackResponse(headers.messageId, answer);
      });
    });
    expect(await press(url, simulator)).toEqual({
      toast: { tone: "success", text: "好的" },
      error: null,
    });
    expect(simulator.view().messages.at(-1)?.body).toMatchObject({
      native: {
        cardParamMap: { title: "冰柜不制冷", status: "已接单" },
        privateData: { "0123": { toast: "好的" } },
      },
    });
  });

  it("puts an event off with LATER, and hears it again", async () => {
    const { simulator, connect, clock } = await meet();
    const heard: string[] = [];
    await connect((client) => {
      client.registerAllEventListener(({ headers }) => {
        heard.push(headers.eventId ?? "");
        return { status: heard.length === 1 ? EventAck.LATER : EventAck.SUCCESS };
      });
    });
    const { first, done } = simulator.pushEvent("user_add_org", { userId: ["0456"] });
    expect(await first).toMatchObject({ delivered: false, status: 200 });
    await clock.advance(10_000);
    expect(await done).toMatchObject({ delivered: true, attempts: 2 });
    expect(heard[1]).toBe(heard[0]);
  });

  it("answers pings", async () => {
    const { simulator, connect, clock } = await meet();
    await connect();
    await clock.advance(30_000);
    await expect.poll(() => simulator.streams.list()[0]?.pongs).toBeGreaterThan(0);
  });

  it("is told to move, and the next client hears what comes meanwhile", async () => {
    const { simulator, connect, clock } = await meet();
    const old = await connect();
    simulator.streams.retire();
    await expect.poll(() => old.connected).toBe(false);
    await connect();
    expect(await simulator.say(said)).toMatchObject({ delivered: true });
    await clock.advance(10_000);
    await expect.poll(() => simulator.streams.list().length).toBe(1);
  });

  it("loses its connection when it is cut, and can connect again", async () => {
    const { simulator, connect, cutAll } = await meet();
    const client = await connect();
    const socket = (client as unknown as { socket: NodeJS.EventEmitter }).socket;
    const closed = once(socket, "close");
    cutAll();
    await closed;
    expect(client.connected).toBe(false);
    await expect.poll(() => simulator.streams.list()).toEqual([]);
    await connect();
    expect(await simulator.say(said)).toMatchObject({ delivered: true });
  });
});
