import { describe, expect, it } from "vitest";
import type { Row } from "../../src/ports/batch.ts";
import { aTicket, face, type StoreBench } from "./store-samples.ts";

/** The ticket has moved on to `version`; it came to its status and owner at `turned`. */
function dirty(version: number, dueAt: number, turned = 1): Row {
  return { type: "surfaces-dirty", ticket: "t1", version, turned, dueAt, hold: null };
}

function shown(version: number, remoteId: string, at: number): Row {
  return { type: "surface-shown", id: "s1", version, remoteId, spent: [], fresh: [], at };
}

export function surfaceContract(bench: () => StoreBench): void {
  describe("surfaces", () => {
    it("are due when they show less than they should, and clean afterwards", async () => {
      await bench().rows(face("s1"), dirty(2, 10));
      expect(await bench().store.surfacesDue(10, 10)).toMatchObject([
        { id: "s1", wanted: 2, shown: 0, remoteId: null, edition: 1 },
      ]);
      const tokens = [{ value: "rc", expiresAt: 99 }];
      await bench().rows({
        type: "surface-shown",
        id: "s1",
        version: 2,
        remoteId: "om_1",
        spent: [],
        fresh: tokens,
        at: 11,
      });
      expect(await bench().store.surfacesDue(99, 10)).toEqual([]);
      expect(await bench().store.surfaceByRemote("feishu/a", "om_1")).toMatchObject({
        shown: 2,

        updateTokens: tokens,
        dueAt: null,
      });
    });

    it("stay due when the ticket moved on while one version was being shown", async () => {
      await bench().rows(face("s1"), dirty(2, 10));
      await bench().rows(dirty(5, 12));
      await bench().rows(shown(2, "om_1", 13));
      expect(await bench().store.surfacesDue(13, 10)).toMatchObject([{ wanted: 5, shown: 2 }]);
    });

    it("never want an older version again", async () => {
      await bench().rows(face("s1"), dirty(5, 10));
      await bench().rows(dirty(3, 10));
      expect(await bench().store.surfaces("t1")).toMatchObject([{ wanted: 5 }]);
    });

    it("let the clicked one wait for the click's answer", async () => {
      await bench().rows(face("s1"), face("s2"));
      await bench().rows({
        type: "surfaces-dirty",
        ticket: "t1",
        version: 2,
        turned: 1,
        dueAt: 10,
        hold: { id: "s2", until: 60 },
      });
      expect((await bench().store.surfacesDue(10, 10)).map(({ id }) => id)).toEqual(["s1"]);
      expect((await bench().store.surfacesDue(60, 10)).map(({ id }) => id)).toEqual(["s1", "s2"]);
    });

    it("collect update tokens and lose them with the card", async () => {
      await bench().rows(face("s1"), {
        type: "surface-token",
        id: "s1",
        token: { value: "rc2", expiresAt: 9 },
      });
      expect(await bench().store.surfaces("t1")).toMatchObject([
        { updateTokens: [{ value: "rc2", expiresAt: 9 }] },
      ]);
      await bench().rows({ type: "surface-lost", id: "s1", at: 4, dueAt: 5 });
      expect(await bench().store.surfaces("t1")).toMatchObject([
        { updateTokens: [], remoteId: null, edition: 2, dueAt: 5 },
      ]);
    });

    it("keep a token that came while an older one was being spent", async () => {
      const [old, late] = [
        { value: "rc1", expiresAt: 9 },
        { value: "rc2", expiresAt: 9 },
      ];
      await bench().rows(
        face("s1"),
        { type: "surface-token", id: "s1", token: old },
        { type: "surface-token", id: "s1", token: late },
      );
      await bench().rows({
        type: "surface-shown",
        id: "s1",
        version: 1,
        remoteId: "om_1",
        spent: [old],
        fresh: [],
        at: 5,
      });
      expect(await bench().store.surfaces("t1")).toMatchObject([{ updateTokens: [late] }]);
    });

    it("remember that a first sending was tried, until the card stands", async () => {
      await bench().rows(face("s1"), {
        type: "surface-retry",
        id: "s1",
        dueAt: 5,
        error: "unknown: timeout",
      });
      await bench().rows(dirty(2, 6));
      expect(await bench().store.surfaces("t1")).toMatchObject([{ attempts: 1 }]);
      await bench().rows(shown(2, "om_1", 7));
      await bench().rows({ type: "surface-retry", id: "s1", dueAt: 8, error: "transient: 502" });
      await bench().rows(dirty(3, 9));
      expect(await bench().store.surfaces("t1")).toMatchObject([{ attempts: 0 }]);
    });

    it("are due again when a click was answered with an older version, and are not booked while somebody changes them", async () => {
      await bench().rows(face("s1"), dirty(4, 1));
      await bench().rows(shown(4, "om_1", 2));
      await bench().rows({
        type: "surface-shown",
        id: "s1",
        version: 3,
        remoteId: null,
        spent: [],
        fresh: [],
        at: 3,
      });
      expect(await bench().store.surfaces("t1")).toMatchObject([{ shown: 3, dueAt: 3 }]);
      await bench().rows({ type: "surface-hold", id: "s1", edition: 1, now: 10, until: 70 });
      const booked = {
        rows: [
          {
            type: "surface-shown",
            id: "s1",
            version: 5,
            remoteId: null,
            spent: [],
            fresh: [],
            at: 20,
          },
        ],
        guards: [{ type: "surface-free", id: "s1", edition: 1, now: 20 }],
      } as const;
      expect(await bench().commit(booked)).toBe("conflict");
    });

    it("of another ticket are not touched by a hold that names them", async () => {
      await bench().rows(face("s1"));
      await bench().rows({
        type: "surfaces-dirty",
        ticket: "t2",
        version: 9,
        turned: 1,
        dueAt: 6,
        hold: { id: "s1", until: 60 },
      });
      expect(await bench().store.surfaces("t1")).toMatchObject([{ wanted: 0 }]);
    });

    it("wait with a fresh card, unless the old one shows another status or owner", async () => {
      await bench().rows(face("s1"), dirty(3, 10, 2), shown(3, "om_1", 11), dirty(4, 12, 2));
      const ticket = (statusVersion: number) =>
        ({ type: "ticket", value: aTicket("t1", { statusVersion }) }) as const;
      const lost = { type: "surface-lost", id: "s1", at: 12, dueAt: 90 } as const;
      await bench().rows(ticket(4), lost);
      expect(await bench().store.surfaces("t1")).toMatchObject([{ dueAt: 12 }]);
      await bench().rows(ticket(3), lost, dirty(5, 13, 3));
      expect(await bench().store.surfaces("t1")).toMatchObject([{ dueAt: 90, wanted: 5 }]);
      await bench().rows(dirty(6, 14, 6));
      expect(await bench().store.surfaces("t1")).toMatchObject([{ dueAt: 14, wanted: 6 }]);
      await bench().rows({ type: "surface-retry", id: "s1", dueAt: 99, error: "rate: 429" });
      await bench().rows(dirty(7, 15, 7));
      expect(await bench().store.surfaces("t1")).toMatchObject([{ dueAt: 99, attempts: 1 }]);
    });

    it("are made once per ticket and place", async () => {
      await bench().rows(face("s1"));
      await bench().rows(face("s1"));
      expect(await bench().store.surfaces("t1")).toHaveLength(1);
    });

    it("that were given up because of the vendor's state live again with the next change", async () => {
      await bench().rows(face("s1"), {
        type: "surface-dead",
        id: "s1",
        error: "transient: 502",
        at: 20,
      });
      await bench().rows(dirty(9, 30));
      expect(await bench().store.surfacesDue(99, 10)).toMatchObject([{ id: "s1", wanted: 9 }]);
      expect(await bench().store.surfacesDue(99, 10, ["feishu/a"])).toEqual([]);
    });

    it("that died stay out of it until they are revived", async () => {
      await bench().rows(face("s1"), {
        type: "surface-dead",
        id: "s1",
        error: "config: no rights",
        at: 20,
      });
      await bench().rows(dirty(9, 30));
      expect(await bench().store.surfacesDue(99, 10)).toEqual([]);
      expect(await bench().store.deadLetters(10)).toMatchObject([{ kind: "surface", id: "s1" }]);
      await bench().rows({ type: "surface-revive", id: "s1", dueAt: 40 });
      expect(await bench().store.surfacesDue(99, 10)).toHaveLength(1);
    });
  });
}
