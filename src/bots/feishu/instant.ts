/**
 * An instant as Feishu writes it, in ms UTC: seconds (10 digits, or with a fraction), ms (13) or µs (16); null when it
 * is none of these.
 *
 * Messages carry ms, card callbacks µs, request headers and old events seconds.
 */
export function instantMs(written: unknown): number | null {
  if (typeof written !== "string" && typeof written !== "number") return null;
  const match = /^(\d{10,16})(?:\.\d{1,9})?$/.exec(String(written));
  const digits = match?.[1];
  if (digits === undefined) return null;
  if (digits.length <= 10) return Math.floor(Number(written) * 1000);
  return digits.length <= 13 ? Number(digits) : Math.floor(Number(digits) / 1000);
}
