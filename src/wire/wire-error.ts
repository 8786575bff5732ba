/**
 * What was wrong with bytes from the other side of a wire.
 *
 * `malformed`: not what the format demands · `too-deep`: nested beyond the limit · `doctype`: an XML document type ·
 * `entity`: an XML entity that nothing legitimate needs · `bad-key`: the configured key cannot be a key.
 */
export type WireErrorCode = "malformed" | "too-deep" | "doctype" | "entity" | "bad-key";

/** The one error that the codecs throw. It holds no part of the input and no cause that might, so it may be logged. */
export class WireError extends Error {
  readonly code: WireErrorCode;

  constructor(code: WireErrorCode, message: string) {
    super(message);
    this.name = "WireError";
    this.code = code;
  }
}

export function isWireError(error: unknown): error is WireError {
  return error instanceof WireError;
}
