import type { ChannelDeps } from "../../ports/channel.ts";
import { createAccessToken, type Issued } from "../../wire/access-token.ts";
import { callVendor, type VendorAnswer } from "../../wire/vendor-call.ts";
import type { DingtalkConfig } from "./config.ts";
import { type Failed, failed, failureOf, oldFailureOf } from "./failure.ts";
import { type Fields, textOf } from "./fields.ts";

/** What came of one call: the vendor's 2xx answer, why it failed, or no answer at all. */
export type Answered =
  | { readonly type: "answer"; readonly body: Fields }
  | { readonly type: "unanswered"; readonly reason: string }
  | { readonly type: "refused"; readonly failure: Failed; readonly body: Fields };

export type DingtalkApi = {
  /** Call the v1.0 API with the app's token; a token that is refused is renewed once. Never rejects. */
  call(method: "POST" | "PUT", path: string, json: unknown): Promise<Answered>;
  /** Call the old API with the same token; a refusal's body has its errcode. Never rejects. */
  callOld(path: string, json: unknown): Promise<Answered>;
  /** Post a form to the old API with the same token. Never rejects. */
  upload(path: string, form: FormData): Promise<Answered>;
};

/** An upload takes longer than other calls. */
const UPLOAD_MS = 60_000;

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

  const oldUrl = (path: string, held: string): string =>
    `${config.oapi_base}${path}?access_token=${encodeURIComponent(held)}`;

  async function oldOnce(path: string, json: unknown, held: string): Promise<Answered> {
    const url = oldUrl(path, held);
    return judgeOld(await callVendor(deps.fetch, { method: "POST", url, json }));
  }

  async function uploadOnce(path: string, form: FormData, held: string): Promise<Answered> {
    const url = oldUrl(path, held);
    return judgeOld(await callVendor(deps.fetch, { method: "POST", url, form }, UPLOAD_MS));
  }

  const isTokenRefused = (answer: Answered): boolean =>
    answer.type === "refused" && answer.failure.class === "token";
  return {
    call: (method, path, json) =>
      token.use((held) => once(method, path, json, held), isTokenRefused),
    callOld: (path, json) => token.use((held) => oldOnce(path, json, held), isTokenRefused),
    upload: (path, form) => token.use((held) => uploadOnce(path, form, held), isTokenRefused),
  };
}

/** The old API answers HTTP 200 with an errcode. */
function judgeOld(answer: VendorAnswer): Answered {
  if (answer.type !== "answer") return judge(answer);
  const { status, body, headers } = answer;
  const errcode = textOf(body.errcode);
  if (errcode === "0") return { type: "answer", body };
  if (errcode !== null) return refusedCall(oldFailureOf(errcode, textOf(body.sub_code)), body);
  return refusedCall(failureOf(status, body, headers));
}

function judge(answer: VendorAnswer): Answered {
  if (answer.type === "unreached") return refusedCall(failed("transient", answer.reason));
  if (answer.type === "unanswered") return answer;
  const { status, body, headers } = answer;
  const accepted = status >= 200 && status < 300 && body.status !== 1111;
  if (accepted) return { type: "answer", body };
  return { type: "refused", failure: failureOf(status, body, headers), body };
}

function refusedCall(failure: Failed, body: Fields = {}): Answered {
  return { type: "refused", failure, body };
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
