/** One block of an event stream: an event, or a comment that shows life. */
export type Block =
  | { readonly type: "event"; readonly id: number; readonly event: string; readonly data: unknown }
  | { readonly type: "comment"; readonly text: string };

export type EventPage = {
  readonly response: Response;
  /** The next block, comments too; null when the stream has ended. Rejects when it was cut off. */
  block(): Promise<Block | null>;
  /** The seqs of the next `count` events. */
  seqs(count: number): Promise<number[]>;
  /** Go away, as a page that is closed. */
  leave(): Promise<void>;
};

/** A page that listens to server-sent events. */
export async function openPage(
  url: string,
  headers: Record<string, string> = {},
): Promise<EventPage> {
  const response = await fetch(url, { headers });
  if (response.body === null) throw new Error("The hub answered without a body.");
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let held = "";

  async function block(): Promise<Block | null> {
    for (let end = held.indexOf("\n\n"); ; end = held.indexOf("\n\n")) {
      if (end >= 0) {
        const text = held.slice(0, end);
        held = held.slice(end + 2);
        return readBlock(text);
      }
      const { done, value } = await reader.read();
      if (done) return null;
      held += value;
    }
  }

  return {
    response,
    block,
    async seqs(count) {
      const seqs: number[] = [];
      while (seqs.length < count) {
        const next = await block();
        if (next === null) throw new Error(`The stream ended after ${seqs.length} events.`);
        if (next.type === "event") seqs.push(next.id);
      }
      return seqs;
    },
    leave: () => reader.cancel(),
  };
}

function readBlock(text: string): Block {
  if (text.startsWith(": ")) return { type: "comment", text: text.slice(2) };
  const fields = new Map(
    text.split("\n").map((line): [string, string] => {
      const colon = line.indexOf(": ");
      return [line.slice(0, colon), line.slice(colon + 2)];
    }),
  );
  const data: unknown = JSON.parse(fields.get("data") ?? "null");
  return { type: "event", id: Number(fields.get("id")), event: fields.get("event") ?? "", data };
}
