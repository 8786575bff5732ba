import { describe, expect, it } from "vitest";
import type { Destination, InboundMessage, OutboundFile, Part } from "../../src/core/message.ts";
import type { Channel } from "../../src/ports/channel.ts";
import type { Faults } from "../../src/simulator/faults.ts";
import type { Tokens } from "../../src/simulator/tokens.ts";
import type { ToolMessage } from "../../src/simulator/tool.ts";
import { PDF, PNG } from "../support/sample-files.ts";

/** One tool whose simulator our channel talks to. */
export type MediaSubject = {
  readonly channel: Channel;
  readonly to: Destination;
  readonly faults: Faults;
  readonly tokens: Tokens;
  /** Paths of the vendor's calls, to let them fail. */
  readonly paths: { readonly fetch: string; readonly upload: string };
  /** The tool's own largest picture, or file where it shows no pictures. */
  readonly mostBytes: number;
  /** A person sends a file; what our channel made of it. */
  send(kind: "image" | "file", name: string): Promise<InboundMessage>;
  /** What the chat shows, newest last. */
  shown(): readonly ToolMessage["body"][];
  /** The bytes of what the bot showed last. */
  shownBytes(): Promise<Uint8Array>;
};

const message = { id: "0123456789abcdefghjk", inReplyTo: null };
const instead = "附件 a：https://desk.example.com/files/t";
const png: OutboundFile = { kind: "image", name: "a.png", mime: "image/png", bytes: PNG, instead };
const pdf: OutboundFile = {
  kind: "file",
  name: "报价单.pdf",
  mime: "application/pdf",
  bytes: PDF,
  instead,
};

/** What every channel that fetches and sends files must do, against its simulator. */
export function mediaContract(name: string, make: () => MediaSubject): void {
  const fetched = async (subject: MediaSubject, said: InboundMessage, maxBytes = 10_000) => {
    const part = keyed(said.parts);
    const ref = { key: part.key, kind: part.type, messageId: said.messageId } as const;
    return subject.channel.fetchAttachment?.(ref, maxBytes);
  };

  describe(`${name}: what people send`, () => {
    it.each(["image", "file"] as const)("is fetched byte for byte: a %s", async (kind) => {
      const subject = make();
      const said = await subject.send(kind, "a.bin");
      expect(keyed(said.parts).type).toBe(kind);
      const answer = await fetched(subject, said);
      expect(answer).toMatchObject({ type: "fetched" });
      if (answer?.type === "fetched") expect(answer.bytes.length).toBeGreaterThan(4);
    });

    it("is not read any further than it may be", async () => {
      const subject = make();
      const said = await subject.send("image", "a.png");
      expect(await fetched(subject, said, 10)).toEqual({ type: "too-large" });
    });

    it("under a key that nobody knows will never be had", async () => {
      const subject = make();
      const said = await subject.send("image", "a.png");
      const ref = { key: "no-such-key", kind: "image", messageId: said.messageId } as const;
      expect(await subject.channel.fetchAttachment?.(ref, 10_000)).toMatchObject({
        type: "failed",
        class: "content",
      });
    });

    it("is tried again when the vendor fails, and fetched with a new token when the old one is over", async () => {
      const subject = make();
      const said = await subject.send("image", "a.png");
      subject.faults.fail({ match: subject.paths.fetch, status: 503, times: 1 });
      expect(await fetched(subject, said)).toMatchObject({ type: "failed", class: "transient" });
      subject.tokens.revoke();
      expect(await fetched(subject, said)).toMatchObject({ type: "fetched" });
    });
  });

  describe(`${name}: what we send`, () => {
    it("is uploaded and shown byte for byte: a picture", async () => {
      const subject = make();
      const delivery = await subject.channel.sendFile?.({ ...message, to: subject.to }, png);
      expect(delivery).toMatchObject({ type: "sent" });
      expect(subject.shown().at(-1)).toMatchObject({ type: "attachment", kind: "image" });
      expect(await subject.shownBytes()).toEqual(PNG);
    });

    it("is uploaded and shown byte for byte: a document", async () => {
      const subject = make();
      const delivery = await subject.channel.sendFile?.({ ...message, to: subject.to }, pdf);
      expect(delivery).toMatchObject({ type: "sent" });
      expect(subject.shown().at(-1)).toMatchObject({ type: "attachment", kind: "file" });
      expect(await subject.shownBytes()).toEqual(PDF);
    });

    it("goes out as its link where the tool does not take it", async () => {
      const subject = make();
      const bytes = new Uint8Array(subject.mostBytes + 1);
      const large = { ...pdf, bytes };
      const delivery = await subject.channel.sendFile?.({ ...message, to: subject.to }, large);
      expect(delivery).toMatchObject({ type: "sent" });
      expect(subject.shown()).toMatchObject([{ type: "text", text: instead }]);
    });

    it("that was not uploaded shows nothing and is tried again; an old token is renewed", async () => {
      const subject = make();
      const to = { ...message, to: subject.to };
      subject.faults.fail({ match: subject.paths.upload, status: 502, times: 1 });
      expect(await subject.channel.sendFile?.(to, png)).toMatchObject({
        type: "failed",
        class: "transient",
      });
      expect(subject.shown()).toEqual([]);
      subject.tokens.revoke();
      expect(await subject.channel.sendFile?.(to, png)).toMatchObject({ type: "sent" });
    });
  });
}

function keyed(parts: readonly Part[]): { readonly key: string; readonly type: "image" | "file" } {
  for (const part of parts) {
    if (!("key" in part)) continue;
    const { key, type } = part;
    if (type === "image" || type === "file") return { key, type };
  }
  throw new Error("The message brought no file.");
}
