import { type Context, Hono } from "hono";
import { postToBoard } from "./board-api.ts";
import { createCardUpdateApi } from "./card-update-api.ts";
import { nameEndpoint } from "./connection-endpoint.ts";
import { botInfo, createDirectoryApi } from "./directory-api.ts";
import { errorAnswer, FeishuError } from "./feishu-error.ts";
import { createMessageApi } from "./message-api.ts";
import { readBody } from "./requests.ts";
import type { Feishu } from "./state.ts";
import { createUploadApi } from "./upload-api.ts";
import { createUrgentApi } from "./urgent-api.ts";

/** Feishu's open-platform HTTP API for one app; paths begin with `/open-apis`, but for the long connections' endpoint. */
export function createOpenPlatform(feishu: Feishu): Hono {
  const app = new Hono();
  app.onError((error) =>
    error instanceof FeishuError
      ? errorAnswer(error.status, error.code, error.message, error.headers)
      : errorAnswer(500, 2200, `Internal Error of the simulator: ${error.message}`),
  );
  app.notFound(() => new Response("404 page not found", { status: 404 }));
  app.post("/callback/ws/endpoint", (c) => nameEndpoint(feishu, c));
  app.post("/open-apis/auth/v3/tenant_access_token/internal", (c) => issueToken(feishu, c));
  app.post("/open-apis/bot/v2/hook/:token", (c) => postToBoard(feishu, c));
  app.use("/open-apis/*", async (c, next) => {
    checkToken(feishu, c.req.header("authorization"));
    checkScope(feishu, c.req.path);
    limitRate(feishu, c);
    await next();
  });
  app.route("/open-apis/im/v1/messages", createMessageApi(feishu));
  app.route("/open-apis/im/v1/messages", createUrgentApi(feishu));
  app.route("/open-apis/im/v1", createUploadApi(feishu));
  app.route("/open-apis/interactive/v1/card/update", createCardUpdateApi(feishu));
  app.route("/open-apis/contact/v3/users", createDirectoryApi(feishu));
  app.get("/open-apis/bot/v3/info", () => botInfo(feishu));
  return app;
}

/** Feishu docs: tenant_access_token_internal. */
async function issueToken(feishu: Feishu, c: Context): Promise<Response> {
  const body = await readBody(c);
  const { appId, appSecret } = feishu.options.app;
  if (body.app_id !== appId) throw new FeishuError(10003, "invalid param");
  if (body.app_secret !== appSecret) throw new FeishuError(10014, "app secret invalid");
  const { token, expiresInMs } = feishu.tokens.issue();
  const expire = Math.floor(expiresInMs / 1000);
  return Response.json({ code: 0, msg: "ok", tenant_access_token: token, expire });
}

/** Feishu docs: generic error codes. */
function checkToken(feishu: Feishu, authorization: string | undefined): void {
  const token = /^Bearer (.+)$/.exec(authorization ?? "")?.[1];
  if (token === undefined) {
    throw new FeishuError(99991661, "Missing access token for authorization.");
  }
  if (!/^[tu]-/.test(token)) {
    throw new FeishuError(99991671, "Invalid access token: it must start with 't-' or 'u-'.");
  }
  if (feishu.tokens.check(token) !== "valid") {
    throw new FeishuError(99991663, "Invalid access token for authorization.");
  }
}

/** Which permission the paths need that a test may take away. Feishu docs: generic error codes. */
const SCOPES: readonly (readonly [RegExp, string])[] = [
  [/\/contact\/v3\/users\/batch_get_id$/, "contact:user.id:readonly"],
  [/\/urgent_app$/, "im:message.urgent"],
  [/\/urgent_sms$/, "im:message.urgent:sms"],
  [/\/urgent_phone$/, "im:message.urgent:phone"],
];

function checkScope({ options }: Feishu, path: string): void {
  const scope = SCOPES.find(([pattern]) => pattern.test(path))?.[1];
  if (scope !== undefined && options.withoutScopes?.includes(scope) === true) {
    throw new FeishuError(99991672, `Access denied. One of the scopes is required: [${scope}]`);
  }
}

/** 1000 calls a minute and 50 a second for each API. Feishu docs: frequency-control. */
function limitRate(feishu: Feishu, c: Context): void {
  const api = `${c.req.method} ${c.req.path.replace(/\/(om_|img_|file_|ou_|on_)[^/]+/g, "/:id")}`;
  for (const [count, limiter] of [
    [50, feishu.limits.apiPerSecond],
    [1000, feishu.limits.apiPerMinute],
  ] as const) {
    const waitMs = limiter.take(api);
    if (waitMs > 0) throw tooFrequent(count, waitMs);
  }
}

/** 99991400 with the headers that say when to come again. Feishu docs: frequency-control. */
export function tooFrequent(count: number, waitMs: number): FeishuError {
  return new FeishuError(99991400, "request trigger frequency limit", {
    status: 429,
    headers: {
      "x-ogw-ratelimit-limit": String(count),
      "x-ogw-ratelimit-reset": String(Math.ceil(waitMs / 1000)),
    },
  });
}
