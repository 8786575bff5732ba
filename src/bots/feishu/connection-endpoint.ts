import type { ChannelDeps } from "../../ports/channel.ts";
import type { Opening } from "../../ports/connection.ts";
import { callVendor, type VendorAnswer } from "../../wire/vendor-call.ts";
import type { FeishuConfig } from "./config.ts";
import { codeOf, failure } from "./failure.ts";

type Failed = Extract<Opening, { type: "failed" }>;

/** Where a connection is to be opened. The URL holds a ticket: never log it. */
export type Endpoint = {
  readonly type: "named";
  readonly url: string;
  /** What our own frames name as their service. */
  readonly service: number;
  /** How often Feishu wants to be pinged, ms; null where it does not say. */
  readonly pingMs: number | null;
};

/** Wire facts: the error codes in Feishu's own SDKs. What they call a client's error is ours to mend. */
const CODES: Readonly<Record<number, readonly [Failed["class"], string]>> = {
  1: ["transient", "Feishu is busy"],
  1000040343: ["transient", "internal error"],
  403: ["config", "the app may not open long connections"],
  514: ["config", "the app id or secret is refused"],
  1000040350: ["config", "the app has as many connections as it may have"],
};

/** Ask Feishu for the address of one connection. Never rejects; gives up when `signal` fires. */
export async function askEndpoint(
  config: FeishuConfig,
  deps: Pick<ChannelDeps, "fetch">,
  signal: AbortSignal,
): Promise<Endpoint | Failed> {
  const answer = await callVendor(deps.fetch, {
    method: "POST",
    url: `${config.api_base.replace(/\/+$/, "")}/callback/ws/endpoint`,
    headers: { locale: "zh" },
    json: { AppID: config.app_id, AppSecret: config.app_secret },
    signal,
  });
  return codeOf(answer) === 0 ? endpointIn(answer) : refusal(answer);
}

function endpointIn(answer: VendorAnswer): Endpoint | Failed {
  const data = objectOf(answer.type === "answer" ? answer.body.data : null);
  const url = urlOrNull(data.URL);
  if (url === null || !/^wss?:$/.test(url.protocol)) {
    return failed("transient", "Feishu named no usable address");
  }
  const service = Number(url.searchParams.get("service_id") ?? 0);
  return {
    type: "named",
    url: url.href,
    service: Number.isSafeInteger(service) ? service : 0,
    pingMs: pingMsIn(data.ClientConfig),
  };
}

function urlOrNull(written: unknown): URL | null {
  try {
    return new URL(String(written));
  } catch {
    return null;
  }
}

/** How often Feishu wants to be pinged, as it says here and in its pongs; null when it does not say. */
export function pingMsIn(clientConfig: unknown): number | null {
  const { PingInterval: seconds } = objectOf(clientConfig);
  return typeof seconds === "number" && seconds > 0 ? seconds * 1000 : null;
}

function refusal(answer: VendorAnswer): Failed {
  const code = codeOf(answer);
  const known = code === null ? undefined : CODES[code];
  if (known !== undefined) return failed(known[0], `feishu ${code}: ${known[1]}`);
  const { class: kind, afterMs, reason } = failure(answer);
  // What would be a message's fault elsewhere is here the app's.
  const own = kind === "transient" || kind === "rate" ? kind : "config";
  return { type: "failed", class: own, afterMs, reason };
}

function failed(kind: Failed["class"], reason: string): Failed {
  return { type: "failed", class: kind, afterMs: null, reason };
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}
