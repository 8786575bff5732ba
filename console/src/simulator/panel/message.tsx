import { FileTextOutlined, PictureOutlined } from "@ant-design/icons";
import { Tag } from "antd";
import { useWords } from "../../words/words.tsx";
import { Card } from "../card/card.tsx";
import { CardDeedsProvider } from "../card/deeds.ts";
import type { Line } from "../line.ts";
import { Avatar, BotAvatar } from "./avatar.tsx";
import { usePanelDeeds } from "./deeds.ts";

type MessageProps = {
  readonly line: Line;
  readonly named: boolean;
  /** Is the time written above it? */
  readonly timed: boolean;
  readonly follows: boolean;
};

/** One message: whose it is, what it answers, and what it says. */
export function Message({ line, named, timed, follows }: MessageProps) {
  const { words, language } = useWords();
  const name = line.author?.name ?? words.bot;
  const classes = ["line", line.mine ? "is-mine" : "", follows && !timed ? "follows" : ""];
  return (
    <li className={classes.filter(Boolean).join(" ")}>
      {timed && (
        <time className="line-time" dateTime={new Date(line.at).toISOString()}>
          {clockTime(line.at, language)}
        </time>
      )}
      <div className="line-row">
        {line.author === null ? <BotAvatar /> : <Avatar id={line.author.id} name={name} />}
        <div className="line-main">
          <span className={named && !follows ? "line-name" : "hidden"}>{name}</span>
          {line.quote !== null && <p className="line-quote">{line.quote}</p>}
          {line.urgent !== undefined && <Tag color="red">{words.urgent[line.urgent]}</Tag>}
          <Body line={line} />
        </div>
      </div>
    </li>
  );
}

function Body({ line }: { readonly line: Line }) {
  const deeds = usePanelDeeds();
  const { body } = line;
  switch (body.type) {
    case "text":
      return <p className="bubble">{body.text}</p>;
    case "attachment":
      return <Attachment kind={body.kind} name={body.name} />;
    case "card":
      return (
        <CardDeedsProvider
          value={{ ...deeds, press: (button, values) => deeds.press(line.id, button, values) }}
        >
          <Card card={body.card} edition={body.edition} />
        </CardDeedsProvider>
      );
  }
}

function Attachment({ kind, name }: { readonly kind: string; readonly name: string }) {
  const { words } = useWords();
  const picture = kind === "image";
  return (
    <div className={picture ? "attachment is-picture" : "attachment"}>
      <span className="attachment-sign" aria-hidden="true">
        {picture ? <PictureOutlined /> : <FileTextOutlined />}
      </span>
      <span className="attachment-lines">
        <span className="attachment-name">{name}</span>
        <small>{picture ? words.image : words.file}</small>
      </span>
    </div>
  );
}

function clockTime(at: number, language: string): string {
  const date = new Date(at);
  const today = date.toDateString() === new Date().toDateString();
  return date.toLocaleString(language, {
    ...(today ? {} : { month: "short", day: "numeric" }),
    hour: "2-digit",
    minute: "2-digit",
    hour12: false,
  });
}
