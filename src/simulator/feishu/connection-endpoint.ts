import type { Context } from "hono";
import { MOST_CONNECTIONS, SERVICE_ID } from "./connections.ts";
import { newId } from "./identity.ts";
import { readBody } from "./requests.ts";
import type { JsonObject } from "./shape.ts";
import type { Feishu } from "./state.ts";

/** Tell a client where to open its long connection. Wire facts and codes: Feishu's SDKs; failures come with HTTP 200. */
export async function nameEndpoint(feishu: Feishu, c: Context): Promise<Response> {
  const body = await readBody(c);
  const { app, socketBase } = feishu.options;
  const { connections } = feishu;
  if (body.AppID !== app.appId || body.AppSecret !== app.appSecret) {
    return answer(514, "auth failed");
  }
  if (connections.count() >= MOST_CONNECTIONS) {
    return answer(1000040350, "number of connections exceeded the limit");
  }
  if (socketBase === undefined) return answer(1000040343, "internal error");
  const query = new URLSearchParams({
    device_id: newId(""),
    access_key: newId(""),
    service_id: String(SERVICE_ID),
    ticket: connections.tickets.issue(),
  });
  const data = { URL: `${socketBase}/ws/v2?${query}`, ClientConfig: connections.settings };
  return answer(0, "", data);
}

function answer(code: number, msg: string, data?: JsonObject): Response {
  return Response.json({ code, msg, ...(data === undefined ? {} : { data }) });
}
