import type { ChannelDeps, Delivery } from "../../ports/channel.ts";
import { createAccessToken, type IssuedToken } from "../../wire/access-token.ts";
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
    try {
      const held = await token.get();
      const answer = await callWith(call, held);
      if (!isTokenRefused(answer)) return { type: "answered", answer };
      return { type: "answered", answer: await callWith(call, await token.renew(held)) };
    } catch (error) {
      if (error instanceof NoToken) return { type: "no-token", failure: error.failure };
      throw error;
    }
  };
}

/** Feishu hands out the same token until 30 min before its end. Feishu docs: tenant_access_token_internal. */
async function issueToken(
  base: string,
  config: FeishuConfig,
  deps: Pick<ChannelDeps, "fetch" | "clock">,
): Promise<IssuedToken> {
  const answer = await callVendor(deps.fetch, {
    method: "POST",
    url: `${base}/auth/v3/tenant_access_token/internal`,
    json: { app_id: config.app_id, app_secret: config.app_secret },
  });
  const body = answer.type === "answer" ? answer.body : {};
  const { tenant_access_token: value, expire } = body;
  if (codeOf(answer) === 0 && typeof value === "string" && typeof expire === "number") {
    return { value, expiresAt: deps.clock.now() + expire * 1000 };
  }
  throw new NoToken(refusedToken(failure(answer)));
}

/** What would be the message's fault elsewhere is here the credentials'. */
function refusedToken(failed: Failed): Failed {
  const kind = failed.class === "transient" || failed.class === "rate" ? failed.class : "config";
  return { ...failed, class: kind, reason: `no access token: ${failed.reason}` };
}

class NoToken extends Error {
  readonly failure: Failed;

  constructor(failed: Failed) {
    super(failed.reason);
    this.name = "NoToken";
    this.failure = failed;
  }
}
