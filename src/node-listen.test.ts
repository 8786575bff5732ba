import { describe, expect, it } from "vitest";
import { hostInUrl, listen } from "./node-listen.ts";

describe("listening", () => {
  it.each([
    ["127.0.0.1", "http://127.0.0.1:8080/"],
    ["localhost", "http://localhost:8080/"],
    ["0.0.0.0", "http://127.0.0.1:8080/"],
    ["::", "http://127.0.0.1:8080/"],
    ["::1", "http://[::1]:8080/"],
    ["2001:db8::7", "http://[2001:db8::7]:8080/"],
  ])("on %s is reached by an address that is a URL", (host, url) => {
    expect(new URL(`http://${hostInUrl(host)}:8080`).href).toBe(url);
  });

  it("tells the port that it was given, and answers there until it is closed", async () => {
    const server = await listen((_incoming, outgoing) => void outgoing.end("here"), {
      port: 0,
      host: "0.0.0.0",
    });
    expect(await (await fetch(server.url)).text()).toBe("here");
    await server.close();
    await expect(fetch(server.url)).rejects.toThrow();
  });

  it("rejects where the address is taken", async () => {
    const first = await listen(() => {}, { port: 0, host: "127.0.0.1" });
    const port = Number(new URL(first.url).port);
    await expect(listen(() => {}, { port, host: "127.0.0.1" })).rejects.toMatchObject({
      code: "EADDRINUSE",
    });
    await first.close();
  });
});
