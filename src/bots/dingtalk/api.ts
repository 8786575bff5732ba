import type { ChannelDeps } from "../../ports/channel.ts";
import { createAccessToken, type Issued } from "../../wire/access-token.ts";
import { callVendor, type VendorAnswer } from "../../wire/vendor-call.ts";
import type { DingtalkConfig } from "./config.ts";
import { type Failed, failed, failureOf } from "./failure.ts";
import { type Fields, textOf } from "./fields.ts";

/** What came of one call: the vendor's 2xx answer, why it failed, or no answer at all. */
export type Answered =
  | { readonly type: "answer"; readonly body: Fields }
  | { readonly type: "unanswered"; readonly reason: string }
  | { readonly type: "refused"; readonly failure: Failed; readonly body: Fields };

export type DingtalkApi = {
  /** Call the v1.0 API with the app's token; a token that is refused is renewed once. Never rejects. */
  call(method: "POST" | "PUT", path: string, json: unknown): Promise<Answered>;
};

export function createDingtalkApi(config: DingtalkConfig, deps: ChannelDeps): DingtalkApi {
  const token = createAccessToken(
    () => issueToken(config, deps),
    () => deps.clock.now(),
  );

  async function once(
    method: "POST" | "PUT",
    path: string,
    json: unknown,
    held: string,
  ): Promise<Answered> {
    const headers = { "x-acs-dingtalk-access-token": held };
    const url = `${config.api_base}${path}`;
    return judge(await callVendor(deps.fetch, { method, url, headers, json }));
  }

  return {
    call: (method, path, json) =>
      token.use(
        (held) => once(method, path, json, held),
        (answer) => answer.type === "refused" && answer.failure.class === "token",
      ),
  };
}

function judge(answer: VendorAnswer): Answered {
  if (answer.type === "unreached") return refusedCall(failed("transient", answer.reason));
  if (answer.type === "unanswered") return answer;
  const { status, body } = answer;
  const accepted = status >= 200 && status < 300 && body.status !== 1111;
  if (accepted) return { type: "answer", body };
  return { type: "refused", failure: failureOf(status, body), body };
}

function refusedCall(failure: Failed): Answered {
  return { type: "refused", failure, body: {} };
}

/** DingTalk docs: obtain-the-access-token-of-an-internal-app. */
async function issueToken(config: DingtalkConfig, deps: ChannelDeps): Promise<Issued<Answered>> {
  const asked = deps.clock.now();
  const answer = judge(
    await callVendor(deps.fetch, {
      method: "POST",
      url: `${config.api_base}/v1.0/oauth2/accessToken`,
      json: { appKey: config.client_id, appSecret: config.client_secret },
    }),
  );
  if (answer.type === "unanswered") return noToken(failed("transient", answer.reason));
  if (answer.type === "refused") return noToken(withoutToken(answer.failure));
  const value = textOf(answer.body.accessToken);
  const lifeS = Number(textOf(answer.body.expireIn));
  if (value === null || !(lifeS > 0)) return noToken(failed("transient", "none in the answer"));
  return { type: "token", value, expiresAt: asked + lifeS * 1000 };
}

function noToken(failure: Failed): Issued<Answered> {
  const reason = `no token: ${failure.reason}`;
  return { type: "no-token", failure: refusedCall({ ...failure, reason }) };
}

/** Who asks for a token and is refused has wrong credentials, whatever the code says. */
function withoutToken(failure: Failed): Failed {
  const hopeless = failure.class !== "transient" && failure.class !== "rate";
  return { ...failure, class: hopeless ? "config" : failure.class };
}
