import { type Fields, textOf } from "../fields.ts";
import type { ApiCall, DingtalkContext } from "./context.ts";
import { ApiRefusal, OldApiRefusal } from "./refusal.ts";

/** `POST /v1.0/oauth2/accessToken`. DingTalk docs: obtain-the-access-token-of-an-internal-app. */
export function issueToken(context: DingtalkContext, body: Fields): Response {
  if (!isOurs(context, textOf(body, "appKey"), textOf(body, "appSecret"))) {
    throw new ApiRefusal(400, "invalidClientIdOrSecret", "无效的clientId或者clientSecret");
  }
  const { token, expiresInMs } = context.tokens.issue();
  return Response.json({ accessToken: token, expireIn: Math.floor(expiresInMs / 1000) });
}

/** `GET /gettoken` of the old API: the same token, which both hosts take. DingTalk docs: obtain-orgapp-token. */
export function issueOldToken(context: DingtalkContext, _body: Fields, call: ApiCall): Response {
  const query = call.url.searchParams;
  if (!isOurs(context, query.get("appkey") ?? "", query.get("appsecret") ?? "")) {
    throw new OldApiRefusal(40001, "获取access_token时Secret错误");
  }
  const { token, expiresInMs } = context.tokens.issue();
  return Response.json({
    errcode: 0,
    errmsg: "ok",
    access_token: token,
    expires_in: Math.floor(expiresInMs / 1000),
  });
}

function isOurs(context: DingtalkContext, appKey: string, appSecret: string): boolean {
  return appKey === context.app.clientId && appSecret === context.app.clientSecret;
}

/** Refuse a call without a living token in its header. DingTalk docs: server-api-error-codes-1. */
export function checkHeaderToken(context: DingtalkContext, call: ApiCall): void {
  const token = call.request.headers.get("x-acs-dingtalk-access-token") ?? "";
  if (context.tokens.check(token) !== "valid") {
    throw new ApiRefusal(400, "InvalidAuthentication", "不合法的access_token");
  }
}

/** Refuse a call of the old API without a living token in its query. DingTalk docs: server-api-error-codes-1. */
export function checkQueryToken(context: DingtalkContext, call: ApiCall): void {
  const state = context.tokens.check(call.url.searchParams.get("access_token") ?? "");
  if (state === "expired") throw new OldApiRefusal(42001, "access_token超时");
  if (state === "unknown") throw new OldApiRefusal(40014, "不合法的access_token");
}
