/** Digits as people write a phone number: with a country code or without, and with blanks and hyphens. */
export const PHONE = /^\+?\d(?:[ -]?\d){4,19}$/;
export const EMAIL = /^[^\s@]{1,64}@[^\s@]{1,190}$/;

/** One spelling for one number: digits, and the country code with its "+" except for mainland China's own numbers. */
export function foldPhone(written: string): string {
  const digits = written.replace(/[ -]/g, "");
  return /^\+?86(1\d{10})$/.exec(digits)?.[1] ?? digits;
}

/** One spelling for one address. */
export function foldEmail(written: string): string {
  return written.toLowerCase();
}
