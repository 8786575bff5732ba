import { describe, expect, it } from "vitest";
import { fetchFile, fileNameIn } from "./fetch-file.ts";

const url = "https://files.example.com/a";

function answers(...responses: readonly (() => Response)[]) {
  const asked: { url: string; headers: Headers }[] = [];
  const send: typeof fetch = async (input, init) => {
    asked.push({ url: String(input), headers: new Headers(init?.headers) });
    const make = responses[asked.length - 1];
    if (make === undefined) throw new TypeError("fetch failed");
    return make();
  };
  return { send, asked };
}

/** A body that says nothing of its length and never ends by itself. */
function endless(): { readonly response: Response; readonly given: () => number } {
  let given = 0;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      given += 1000;
      controller.enqueue(new Uint8Array(1000));
    },
  });
  return { response: new Response(body), given: () => given };
}

const redirect = (to: string) => () =>
  new Response(null, { status: 302, headers: { location: to } });

describe("fetching a file", () => {
  it("brings its bytes, as many as are allowed", async () => {
    const { send } = answers(() => new Response(new Uint8Array([1, 2, 3])));
    const answer = await fetchFile(send, { url, maxBytes: 3 });
    expect(answer).toMatchObject({ type: "file", status: 200, bytes: new Uint8Array([1, 2, 3]) });
  });

  it("stops where there are more, whatever length was claimed", async () => {
    const { response, given } = endless();
    expect(await fetchFile(answers(() => response).send, { url, maxBytes: 5000 })).toEqual({
      type: "too-large",
    });
    expect(given()).toBeLessThan(10_000);
    const claimed = new Response("x", { headers: { "content-length": "5001" } });
    expect(await fetchFile(answers(() => claimed).send, { url, maxBytes: 5000 })).toEqual({
      type: "too-large",
    });
  });

  it("goes nowhere that is not allowed, at once or by a redirect", async () => {
    const allowed = (to: string) => to.startsWith("https://files.example.com/");
    const first = answers();
    const inside = "https://10.0.0.1/secret";
    expect(await fetchFile(first.send, { url: inside, maxBytes: 9, allowed })).toEqual({
      type: "forbidden",
    });
    expect(first.asked).toEqual([]);
    const second = answers(redirect(inside));
    expect(await fetchFile(second.send, { url, maxBytes: 9, allowed })).toEqual({
      type: "forbidden",
    });
    expect(second.asked).toHaveLength(1);
  });

  it("follows a redirect that is allowed, without what proves who we are, but not for ever", async () => {
    const allowed = () => true;
    const { send, asked } = answers(redirect("/b"), () => new Response("ok"));
    const headers = { authorization: "Bearer t" };
    expect(await fetchFile(send, { url, headers, maxBytes: 9, allowed })).toMatchObject({
      type: "file",
    });
    expect(asked.map((each) => [each.url, each.headers.get("authorization")])).toEqual([
      [url, "Bearer t"],
      ["https://files.example.com/b", null],
    ]);
    const round = answers(...Array.from({ length: 9 }, () => redirect("/b")));
    expect(await fetchFile(round.send, { url, maxBytes: 9, allowed })).toMatchObject({
      type: "unanswered",
    });
    expect(round.asked.length).toBeLessThan(6);
  });

  it("follows none where it was not told where it may go", async () => {
    const { send, asked } = answers(redirect("https://other.example.com/"));
    expect(await fetchFile(send, { url, maxBytes: 9 })).toMatchObject({ type: "unanswered" });
    expect(asked).toHaveLength(1);
  });

  it("never rejects", async () => {
    expect(await fetchFile(answers().send, { url, maxBytes: 9 })).toMatchObject({
      type: "unanswered",
    });
  });
});

describe("the name in content-disposition", () => {
  it.each<[string, string | null]>([
    ["attachment; filename*=UTF-8''%E5%9B%BE.png", "图.png"],
    ['attachment; filename="a b.png"', "a b.png"],
    ["attachment; filename=a.png; x=y", "a.png"],
    ['attachment; filename="%E5%9B%BE.png"', "图.png"],
    ['attachment; filename="100%.png"', "100%.png"],
    ["inline", null],
  ])("of %s is %s", (header, name) => {
    expect(fileNameIn(new Headers({ "content-disposition": header }))).toBe(name);
  });
});
