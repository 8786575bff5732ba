import type { ChannelDeps, Delivery } from "../../ports/channel.ts";
import { createAccessToken, type Issued } from "../../wire/access-token.ts";
import { callVendor, type VendorAnswer, type VendorCall } from "../../wire/vendor-call.ts";
import type { FeishuConfig } from "./config.ts";
import { codeOf, failure, isTokenRefused } from "./failure.ts";

type Failed = Extract<Delivery, { type: "failed" }>;

/** `path` begins after `/open-apis`. */
export type ApiCall = {
  readonly method: VendorCall["method"];
  readonly path: string;
  readonly json: unknown;
};

export type ApiResult =
  | { readonly type: "answered"; readonly answer: VendorAnswer }
  | { readonly type: "no-token"; readonly failure: Failed };

/** Make one call as the app; with a fresh token once more when the token is refused. Never rejects. */
export type FeishuApi = (call: ApiCall) => Promise<ApiResult>;

export function createApi(
  config: FeishuConfig,
  deps: Pick<ChannelDeps, "fetch" | "clock">,
): FeishuApi {
  const base = `${config.api_base.replace(/\/+$/, "")}/open-apis`;
  const token = createAccessToken(
    () => issueToken(base, config, deps),
    () => deps.clock.now(),
  );
  const callWith = (call: ApiCall, bearer: string): Promise<VendorAnswer> =>
    callVendor(deps.fetch, {
      method: call.method,
      url: base + call.path,
      headers: { authorization: `Bearer ${bearer}` },
      json: call.json,
    });

  return async (call) => {
    const result = await token.use((held) => callWith(call, held), isTokenRefused);
    return result.type === "failed"
      ? { type: "no-token", failure: result }
      : { type: "answered", answer: result };
  };
}

/** Feishu hands out the same token until 30 min before its end. Feishu docs: tenant_access_token_internal. */
async function issueToken(
  base: string,
  config: FeishuConfig,
  deps: Pick<ChannelDeps, "fetch" | "clock">,
): Promise<Issued<Failed>> {
  const answer = await callVendor(deps.fetch, {
    method: "POST",
    url: `${base}/auth/v3/tenant_access_token/internal`,
    json: { app_id: config.app_id, app_secret: config.app_secret },
  });
  const body = answer.type === "answer" ? answer.body : {};
  const { tenant_access_token: value, expire } = body;
  if (codeOf(answer) === 0 && typeof value === "string" && typeof expire === "number") {
    return { type: "token", value, expiresAt: deps.clock.now() + expire * 1000 };
  }
  return { type: "no-token", failure: refusedToken(failure(answer)) };
}

/** What would be the message's fault elsewhere is here the credentials'. */
function refusedToken(failed: Failed): Failed {
  const kind = failed.class === "transient" || failed.class === "rate" ? failed.class : "config";
  return { ...failed, class: kind, reason: `no access token: ${failed.reason}` };
}
