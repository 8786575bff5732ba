import { sealSession } from "../../src/channels/web/session.ts";
import { NOW, type PushSubject } from "./channel-subject.ts";
import { as, click, DAY, openWeb, request, SECRET, said, tokenOf } from "./web-account.ts";

/**
 * What the shared suite can say of a channel of our own: garbage and forgeries. Not its samples: they must be answered
 * with 200, must carry the sender's time, and `send` must be one request to a vendor. Those promises are tested below.
 */
function pushes(feed: string, sample: unknown, tooMuch: readonly unknown[]): PushSubject {
  const good = JSON.stringify(sample);
  const forged = (name: string, token: () => Promise<string>) =>
    ({ name, reason: "signature", request: async () => request(good, await token()) }) as const;
  return {
    name: feed,
    feed,
    create: (deps) => openWeb(deps).channel,
    createStranger: (deps) => openWeb(deps, { secret: `${SECRET}!` }).channel,
    samples: [],
    prove: async (body) => request(body, await tokenOf("v_1")),
    push: async (payload) => request(payload, await tokenOf("v_1")),
    coversBody: false,
    proof: { headers: ["authorization"], query: [] },
    window: null,
    handshakes: [],
    forgeries: [
      forged("an expired session", () => tokenOf("v_1", NOW)),
      forged("a session that nobody signed", async () => "eyJ2aXNpdG9yIjoidl8xIn0.c2lnbmVk"),
      forged("a session that another secret signed", () =>
        sealSession({ visitor: "v_1", name: null, expiresAt: NOW + DAY }, "another"),
      ),
      forged("two sessions", async () => `${await tokenOf("v_1")} ${await tokenOf("v_2")}`),
      ...tooMuch.map((body) => ({
        name: `${JSON.stringify(body).slice(0, 60)}`,
        reason: "malformed" as const,
        request: () => as("v_1", body),
      })),
    ],
  };
}

const TOO_MUCH_SAID = [
  { ...said, id: "short" },
  { ...said, id: "i".repeat(65) },
  { ...said, id: "has space" },
  { ...said, id: "line-feed\n" },
  { ...said, id: 12_345_678 },
  { ...said, text: " \n " },
  { ...said, text: "长".repeat(4_001) },
  { ...said, text: ["a"] },
  { ...said, sender: "v_2" },
  { id: said.id },
];

const TOO_MUCH_CLICKED = [
  { ...click, id: "i".repeat(65) },
  { ...click, card: "" },
  { ...click, card: "c".repeat(129) },
  { ...click, action: "" },
  { ...click, action: "a".repeat(129) },
  { ...click, values: { note: 5 } },
  { ...click, values: { note: "长".repeat(4_001) } },
  { ...click, values: { ["n".repeat(65)]: "x" } },
  { ...click, operator: "v_2" },
];

/** The feeds that a session proves, each with a good body. */
export const webFeeds = [
  { feed: "messages", sample: said, pushes: pushes("messages", said, TOO_MUCH_SAID) },
  { feed: "actions", sample: click, pushes: pushes("actions", click, TOO_MUCH_CLICKED) },
] as const;
