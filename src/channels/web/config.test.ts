import { describe, expect, it } from "vitest";
import { webConfig } from "./config.ts";

const secret = "0123456789abcdef0123456789abcdef";

const originsOf = (...allowed_origins: string[]) =>
  webConfig.safeParse({ secret, allowed_origins });

describe("the configuration of a web chat", () => {
  it("allows no other origin and keeps a visitor for thirty days unless it says otherwise", () => {
    const expected = { secret, allowed_origins: [], session_days: 30, enabled: true };
    expect(webConfig.parse({ secret })).toEqual(expected);
  });

  it("forgives a slash at the end of an origin, and what was read once reads the same again", () => {
    const read = originsOf("https://shop.example.com/", "http://localhost:5173").data;
    expect(read?.allowed_origins).toEqual(["https://shop.example.com", "http://localhost:5173"]);
    expect(webConfig.parse(read)).toEqual(read);
  });

  it.each([
    "https://shop.example.com/chat",
    "https://shop.example.com:443",
    "https://Shop.example.com",
    "https://shop.example.com?a=1",
    "https://user@shop.example.com",
    "ftp://shop.example.com",
    "*",
    "shop.example.com",
    "",
  ])("refuses %j, which no browser would send as an origin", (origin) => {
    expect(originsOf(origin).success).toBe(false);
  });

  it("refuses a secret that can be guessed, and sessions that end at once", () => {
    expect(webConfig.safeParse({ secret: secret.slice(1) }).success).toBe(false);
    expect(webConfig.safeParse({ secret, session_days: 0 }).success).toBe(false);
    expect(webConfig.safeParse({ secret, session_days: 1.5 }).success).toBe(false);
  });
});
