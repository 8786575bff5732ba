import { levels, pino } from "pino";
import type { Logger } from "../ports/logger.ts";

type Out = { readonly isTTY?: boolean; write(text: string): unknown };

/** Log lines on the standard output: for people on a terminal, JSON for programs anywhere else. */
export function createLogger(out: Out = process.stdout): Logger {
  const write = out.isTTY
    ? (line: string) => out.write(readable(line))
    : (line: string) => out.write(line);
  const logger = pino({ level: "info", base: null }, { write });
  return {
    debug: (message, fields = {}) => logger.debug(fields, message),
    info: (message, fields = {}) => logger.info(fields, message),
    warn: (message, fields = {}) => logger.warn(fields, message),
    error: (message, fields = {}) => logger.error(fields, message),
  };
}

type Line = { readonly level: number; readonly time: number; readonly msg: string };

/** `2026-05-04 09:30:00 WARN  A push was refused.  account=feishu/hq reason=signature`, in local time. */
function readable(json: string): string {
  const { level, time, msg, ...fields } = JSON.parse(json) as Line;
  const at = new Date(time).toLocaleString("sv-SE");
  const label = (levels.labels[level] ?? "").toUpperCase().padEnd(5);
  const rest = Object.entries(fields).map(([name, value]) => ` ${name}=${shown(value)}`);
  return `${at} ${label} ${msg}${rest.length === 0 ? "" : " "}${rest.join("")}\n`;
}

/** A value as one word, else in quotes; a terminal takes no command from it. */
function shown(value: unknown): string {
  const text = String(value);
  return /^[\p{L}\p{N}_./:@-]+$/u.test(text)
    ? text
    : JSON.stringify(text).replace(/[\u007f-\u009f]/g, "?");
}
