/** An error answer of Feishu's open platform: HTTP status, Feishu's code and its words. */
export class FeishuError extends Error {
  readonly status: number;
  readonly code: number;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    code: number,
    message: string,
    at: { readonly status?: number; readonly headers?: Readonly<Record<string, string>> } = {},
  ) {
    super(message);
    this.name = "FeishuError";
    this.code = code;
    this.status = at.status ?? 400;
    this.headers = at.headers ?? {};
  }
}

/** 230001, what most wrong parameters give. Feishu docs: im-v1/message/create. */
export function badParameter(found: string): FeishuError {
  return new FeishuError(
    230001,
    `Your request contains an invalid request parameter. ext=${found}`,
  );
}

/** Try something: null when it went well, else why Feishu refuses it. */
export function refusalOf(attempt: () => void): FeishuError | null {
  try {
    attempt();
    return null;
  } catch (error) {
    if (error instanceof FeishuError) return error;
    throw error;
  }
}

/** The body that goes with an error code. */
export function errorAnswer(
  status: number,
  code: number,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): Response {
  const logId = crypto.randomUUID().replaceAll("-", "");
  return Response.json(
    { code, msg: message, error: { log_id: logId } },
    { status, headers: { "x-tt-logid": logId, ...headers } },
  );
}
