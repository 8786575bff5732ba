import { ArrowDownOutlined } from "@ant-design/icons";
import { type ReactNode, useEffect, useLayoutEffect, useRef, useState } from "react";
import { useWords } from "../../words/words.tsx";
import type { Line } from "../line.ts";
import { Message } from "./message.tsx";

const NEAR_END_PX = 80;
const PAUSE_MS = 5 * 60_000;

type MessageListProps = {
  readonly lines: readonly Line[];
  /** Are names written above the bubbles? */
  readonly group: boolean;
  readonly empty: ReactNode;
};

/** The messages of a chat. Stays at the end unless somebody scrolled up to read; then a button leads back. */
export function MessageList({ lines, group, empty }: MessageListProps) {
  const { words } = useWords();
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLOListElement>(null);
  const atEnd = useRef(true);
  const [away, setAway] = useState(false);
  const newest = lines.at(-1);

  // One's own message always leads to the end.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a new message may move the list.
  useLayoutEffect(() => {
    if (newest?.mine === true) atEnd.current = true;
    if (atEnd.current) toEnd(scroller.current);
    else setAway(true);
  }, [newest?.id]);

  // A card that grows, a font that loads, a keyboard that opens: the end stays in sight.
  useEffect(() => {
    const observer = new ResizeObserver(() => {
      if (atEnd.current) toEnd(scroller.current);
    });
    for (const node of [scroller.current, content.current]) {
      if (node !== null) observer.observe(node);
    }
    return () => observer.disconnect();
  }, []);

  const scrolled = () => {
    const box = scroller.current;
    if (box === null) return;
    atEnd.current = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_END_PX;
    if (atEnd.current) setAway(false);
  };

  return (
    <div className="talk-area">
      <div className="scroller" ref={scroller} onScroll={scrolled}>
        {lines.length === 0 && empty}
        <ol
          className="lines"
          role="log"
          aria-live="polite"
          aria-label={words.messages}
          ref={content}
        >
          {lines.map((line, index) => (
            <Message
              key={line.id}
              line={line}
              named={group && !line.mine}
              timed={line.at - (lines[index - 1]?.at ?? 0) > PAUSE_MS}
              follows={isFollowing(lines[index - 1], line)}
            />
          ))}
        </ol>
      </div>
      {away && (
        <button type="button" className="to-end" onClick={() => toEnd(scroller.current)}>
          <ArrowDownOutlined aria-hidden="true" /> {words.toEnd}
        </button>
      )}
    </div>
  );
}

function toEnd(box: HTMLElement | null): void {
  if (box !== null) box.scrollTop = box.scrollHeight;
}

/** Does a message stand close below the one before, as the same person's? */
function isFollowing(before: Line | undefined, line: Line): boolean {
  return (
    before !== undefined &&
    before.mine === line.mine &&
    before.author?.id === line.author?.id &&
    line.at - before.at <= PAUSE_MS
  );
}
