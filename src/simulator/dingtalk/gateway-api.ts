import { type Fields, objectsOf, textOf } from "../fields.ts";
import type { ApiCall, DingtalkContext } from "./context.ts";
import { ApiRefusal } from "./refusal.ts";
import type { Subscription } from "./stream-tickets.ts";

/** Our own choice: clients must take whatever path the endpoint has. */
const STREAM_PATH = "/connect";

/**
 * `POST /v1.0/gateway/connections/open`: where to connect, and a ticket for it.
 *
 * developerpedia: learn/stream/protocol. The refusal of wrong credentials is what GitHub zfanswer/dify-on-dingtalk#28
 * shows. What answers an empty list of subscriptions is not documented.
 */
export function openConnection(context: DingtalkContext, body: Fields, call: ApiCall): Response {
  const { app, socketBase } = context;
  if (
    textOf(body, "clientId") !== app.clientId ||
    textOf(body, "clientSecret") !== app.clientSecret
  )
    throw new ApiRefusal(401, "authFailed", "鉴权失败");
  const subscriptions = readSubscriptions(body);
  if (subscriptions.length === 0) {
    throw new ApiRefusal(400, "param.invalid", "subscriptions must name a type and a topic each");
  }
  if (socketBase === null) throw new ApiRefusal(500, "system.busy", "no sockets are served here");
  const endpoint = `${socketBase}${STREAM_PATH}`;
  const ticket = context.tickets.issue(subscriptions);
  return answer(call, { endpoint, ticket });
}

function readSubscriptions(body: Fields): Subscription[] {
  return objectsOf(body, "subscriptions")
    .map((entry) => ({ type: textOf(entry, "type"), topic: textOf(entry, "topic") }))
    .filter(({ type, topic }) => type !== "" && topic !== "");
}

/** XML, unless JSON was asked for. */
function answer(call: ApiCall, fields: { endpoint: string; ticket: string }): Response {
  const accepted = call.request.headers.get("accept") ?? "";
  if (accepted.includes("application/json")) return Response.json(fields);
  const { endpoint, ticket } = fields;
  const xml = `<result><endpoint>${endpoint}</endpoint><ticket>${ticket}</ticket></result>`;
  return new Response(xml, { headers: { "content-type": "application/xml" } });
}
