/**
 * A call of the v1.0 API that DingTalk answers with an HTTP status of 400 or more and `{code, message, requestid}`.
 *
 * DingTalk docs: server-api-error-codes-1.
 */
export class ApiRefusal extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.name = "ApiRefusal";
    this.status = status;
    this.code = code;
  }
}

/** A call of the old API (oapi), which answers HTTP 200 with `{errcode, errmsg}`. DingTalk docs: server-api-error-codes-1. */
export class OldApiRefusal extends Error {
  readonly errcode: number;

  constructor(errcode: number, message: string) {
    super(message);
    this.name = "OldApiRefusal";
    this.errcode = errcode;
  }
}

/** What goes back to the caller for a thrown refusal; anything else is a bug and is thrown on. */
export function refusalResponse(error: unknown, requestId: string): Response {
  if (error instanceof ApiRefusal) {
    const body = { code: error.code, requestid: requestId, message: error.message };
    return Response.json(body, { status: error.status });
  }
  if (error instanceof OldApiRefusal) {
    return Response.json({
      errcode: error.errcode,
      errmsg: error.message,
      request_id: requestId,
    });
  }
  throw error;
}
