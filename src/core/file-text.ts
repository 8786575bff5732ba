const LOOKED_AT = 65_536;
const TAB = 9;
const LAST_BREAK = 13;
const SPACE = 32;
const ESCAPE = 27;

/** Could this be plain text of some encoding: no byte in it that text never has? */
export function isText(bytes: Uint8Array): boolean {
  return (
    bytes.length > 0 &&
    bytes
      .subarray(0, LOOKED_AT)
      .every((byte) => byte >= SPACE || (byte >= TAB && byte <= LAST_BREAK) || byte === ESCAPE)
  );
}

/** Would a browser take it for a page or a drawing, or a system for a program? */
export function isMarkup(bytes: Uint8Array): boolean {
  let head = "";
  for (const byte of bytes.subarray(0, 4096)) head += String.fromCharCode(byte);
  const text = head.replace(/^ï»¿/, "").trimStart().toLowerCase();
  return (
    /^(<[!?a-z]|#!)/.test(text) ||
    /<(!doctype|html|head|body|script|svg|iframe|style)[\s>/]/.test(text)
  );
}
