import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createBench } from "../../../test/contracts/channel-fakes.ts";
import {
  expectWellFormed,
  itemsOf,
  pathsOf,
  positions,
  refusal,
  replaced,
} from "../../../test/contracts/channel-receipts.ts";
import { receiveContract } from "../../../test/contracts/channel-receive-contract.ts";
import { NOW } from "../../../test/contracts/channel-subject.ts";
import { as, openWeb, request, tokenOf } from "../../../test/contracts/web-account.ts";
import { webFeeds } from "../../../test/contracts/web-pushes.ts";
import { utf8 } from "../../wire/bytes.ts";

describe.each(webFeeds)("the channel contract of web, $feed", ({ feed, sample, pushes }) => {
  receiveContract(pushes);

  it("is proven by its session alone, and by every byte of it", async () => {
    const token = await tokenOf("v_1");
    for (const at of positions(token.length)) {
      const flipped = String.fromCharCode(token.charCodeAt(at) ^ 1);
      const forged = token.slice(0, at) + flipped + token.slice(at + 1);
      const receipt = await openWeb().channel.receive(
        request(JSON.stringify(sample), forged),
        feed,
      );
      expect(refusal(receipt), `byte ${at}`).toBe("signature");
    }
  });

  it("means the same under the same dedupe key when it comes again", async () => {
    const bench = createBench();
    const { channel } = openWeb(bench.deps);
    const [first] = itemsOf(await channel.receive(await as("v_1", sample), feed));
    bench.advance(1_000);
    const [again] = itemsOf(await channel.receive(await as("v_1", sample), feed));
    expect(again).toEqual({ ...first, at: NOW + 1_000 });
  });

  it("never has the same dedupe key for two visitors", async () => {
    const { channel } = openWeb();
    const keys = ["v_1", "v_2"].map(
      async (visitor) =>
        itemsOf(await channel.receive(await as(visitor, sample), feed))[0]?.dedupeKey,
    );
    expect(new Set(await Promise.all(keys)).size).toBe(2);
  });

  it("is refused when it is cut off anywhere", async () => {
    const whole = utf8(JSON.stringify(sample));
    const { channel } = openWeb();
    for (const at of positions(whole.length)) {
      const receipt = await channel.receive(
        request(whole.slice(0, at), await tokenOf("v_1")),
        feed,
      );
      expect(refusal(receipt), `cut at ${at}`).toBe("malformed");
    }
  });

  it("is well-formed or refused whatever one of its values is", async () => {
    const odd = fc.oneof(fc.jsonValue(), fc.constantFrom<unknown>("", "\u0000", 1e308, {}, []));
    const { channel } = openWeb();
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...pathsOf(sample)), odd, async (path, put) => {
        const receipt = await channel.receive(await as("v_1", replaced(sample, path, put)), feed);
        if (receipt.type === "inbound") receipt.items.forEach(expectWellFormed);
        else expect(refusal(receipt)).toBe("malformed");
      }),
      { numRuns: 150 },
    );
  });
});
