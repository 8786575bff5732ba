import { env, exports } from "cloudflare:workers";
import { expect, it, vi } from "vitest";
import { createProgram } from "./program.ts";
import { REPAIR_DESK } from "./repair-desk.ts";

it("a wake-up finds its way through the queue of wrangler.toml to the Worker's own consumer", async () => {
  const program = await createProgram();
  await program.push({ yaml: REPAIR_DESK, directory: null });
  const post = (path: string, body: object, token = "") =>
    exports.default.fetch(`https://hub.test/web/shop/${path}`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}` },
      body: JSON.stringify(body),
    });
  const { token } = await (await post("session", {})).json<{ token: string }>();
  await post("messages", { id: "message-1", text: "加盟费多少" }, token);
  const answers = "select count(*) as n from visitor_events where body like '%请看官网%'";
  await vi.waitFor(async () => expect(await env.DB.prepare(answers).first("n")).toBe(1), 20_000);
});
