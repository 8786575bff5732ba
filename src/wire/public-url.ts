/**
 * May we fetch from an address that somebody named to us? Only over https, without credentials, from a name or number of
 * the public internet; or from one of `trusted`, origins that our own configuration names.
 *
 * Names are not resolved here: one that leads to a private number is not found out.
 */
export function isPublicUrl(text: string, trusted: readonly string[] = []): boolean {
  const url = parsedUrl(text);
  if (url === null || url.username !== "" || url.password !== "") return false;
  if (trusted.some((each) => parsedUrl(each)?.origin === url.origin)) return true;
  return url.protocol === "https:" && url.port === "" && isPublicHost(url.hostname);
}

/** An address, or one relative to `base`; null for what is none. */
export function parsedUrl(text: string, base?: string): URL | null {
  try {
    return new URL(text, base);
  } catch {
    return null;
  }
}

/** `URL` has written every form of an IPv4 number as four decimals, and IPv6 in brackets. */
function isPublicHost(host: string): boolean {
  const name = host.toLowerCase().replace(/\.$/, "");
  if (name.startsWith("[")) return isPublicV6(name.slice(1, -1));
  const numbers = /^(\d+)\.(\d+)\.\d+\.\d+$/.exec(name);
  if (numbers !== null) return isPublicV4(Number(numbers[1]), Number(numbers[2]));
  return name.includes(".") && !/(^|\.)(localhost|local|internal|lan|home|arpa|test)$/.test(name);
}

function isPublicV4(a: number, b: number): boolean {
  const reserved =
    a === 0 ||
    a === 10 ||
    a === 127 ||
    a >= 224 ||
    (a === 100 && b >= 64 && b < 128) ||
    (a === 169 && b === 254) ||
    (a === 172 && b >= 16 && b < 32) ||
    (a === 192 && (b === 168 || b === 0)) ||
    (a === 198 && (b === 18 || b === 19));
  return !reserved;
}

/** Global unicast only, and none of the forms that carry an IPv4 number inside. */
function isPublicV6(address: string): boolean {
  return /^[23]/.test(address) && !/^(2002:|2001:0?:|2001::|64:ff9b:)/.test(address);
}
