import type { ChannelDeps } from "../../ports/channel.ts";
import { createDingtalkApi } from "./api.ts";
import type { DingtalkConfig } from "./config.ts";
import { codeOf, type Failed, failed } from "./failure.ts";
import { fieldsOf } from "./fields.ts";

export type CardCallbackRegistration =
  | { readonly type: "registered" }
  /** The route key belongs to another address or secret: choose another key, or take this one over with `force`. */
  | { readonly type: "taken" }
  | Failed;

/**
 * Tell DingTalk that clicks on cards with our `card_route_key` go to `callbackUrl`, signed with `card_api_secret`.
 *
 * For start-up; safe to repeat. One key is one address: `force` redirects every card that was ever sent with it.
 * DingTalk docs: register-card-callback-address.
 */
export async function registerCardCallback(
  config: DingtalkConfig,
  deps: ChannelDeps,
  callbackUrl: string,
  force = false,
): Promise<CardCallbackRegistration> {
  const { card_route_key: callbackRouteKey, card_api_secret: apiSecret } = config;
  if (callbackRouteKey === undefined || apiSecret === undefined) {
    return failed("config", "card_route_key and card_api_secret are not configured");
  }
  const answer = await createDingtalkApi(config, deps).call(
    "POST",
    "/v1.0/card/callbacks/register",
    {
      callbackRouteKey,
      callbackUrl,
      apiSecret,
      forceUpdate: force,
    },
  );
  if (answer.type === "unanswered") return failed("transient", answer.reason);
  if (answer.type === "refused") {
    const taken = codeOf(answer.body) === "param.callbackRouteKeyExist";
    return taken ? { type: "taken" } : answer.failure;
  }
  const registered = fieldsOf(answer.body.result);
  const isOurs = registered.callbackUrl === callbackUrl && registered.apiSecret === apiSecret;
  return isOurs ? { type: "registered" } : { type: "taken" };
}
