/** What WeCom answers to a refused call: HTTP 200 with `{errcode, errmsg}`. WeCom docs: 90313. */
export class WecomError extends Error {
  readonly errcode: number;

  constructor(errcode: number, message: string) {
    super(message);
    this.name = "WecomError";
    this.errcode = errcode;
  }
}

/** What goes back to the caller for a thrown error; anything but a WecomError is a bug and is thrown on. */
export function errorResponse(error: unknown): Response {
  if (error instanceof WecomError) {
    return Response.json({ errcode: error.errcode, errmsg: error.message });
  }
  throw error;
}

export function success(body: Readonly<Record<string, unknown>> = {}): Response {
  return Response.json({ errcode: 0, errmsg: "ok", ...body });
}
