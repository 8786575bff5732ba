import { parseFields, textOf } from "../fields.ts";
import type { Push } from "../push.ts";
import type { StreamPush } from "./stream-connection.ts";
import type { StreamConnections } from "./stream-connections.ts";

const TYPE = "x-stream-type";

/**
 * A push over a Stream connection, in the form in which the pusher knows pushes: the topic stands for the address, the
 * code of the acknowledgement for the HTTP status, and its data for the body.
 */
export function streamPush(make: () => StreamPush, accepts: Push["accepts"]): Push {
  return {
    async build() {
      const { type, topic, headers, data } = make();
      return { url: topic, headers: { ...headers, [TYPE]: type }, body: data };
    },
    accepts,
  };
}

/** What the pusher of Stream pushes sends with. Rejects when no connection takes it, as `fetch` does without a network. */
export function streamFetch(connections: StreamConnections): typeof fetch {
  return async (topic, init) => {
    const { [TYPE]: type, ...headers } = { ...init?.headers } as Record<string, string>;
    const push = { topic: String(topic), headers, data: String(init?.body) };
    const ack = await connections.deliver(
      { type: type === "EVENT" ? "EVENT" : "CALLBACK", ...push },
      init?.signal ?? null,
    );
    return new Response(ack.data, { status: statusOf(ack.code) });
  };
}

/** Codes other than 200 mean failure; a number that no HTTP answer may have is one of them. */
function statusOf(code: number): number {
  return code === 200 || (code >= 400 && code <= 599) ? code : 500;
}

/** An event counts as taken when the client says SUCCESS; LATER asks for it again. DingTalk docs: configure-stream-push. */
export function isEventTaken(answer: { readonly status: number; readonly body: string }): boolean {
  return answer.status === 200 && textOf(parseFields(answer.body), "status") === "SUCCESS";
}
