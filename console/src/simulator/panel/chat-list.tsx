import { useWords } from "../../words/words.tsx";
import { BotAvatar, GroupAvatar } from "./avatar.tsx";

export type ChatEntry = {
  readonly id: string;
  readonly name: string;
  readonly kind: "direct" | "group";
  readonly last: string;
  readonly unread: number;
};

type ChatListProps = {
  readonly chats: readonly ChatEntry[];
  readonly current: string;
  readonly choose: (id: string) => void;
};

/** The chats of one person: a list beside the messages where there is room, tabs above them where there is not. */
export function ChatList({ chats, current, choose }: ChatListProps) {
  const { words } = useWords();
  return (
    <nav className="chats" aria-label={words.chats}>
      {chats.map((chat) => (
        <button
          key={chat.id}
          type="button"
          className="chat"
          aria-current={chat.id === current ? "true" : undefined}
          data-testid={`chat-${chat.name}`}
          onClick={() => choose(chat.id)}
        >
          {chat.kind === "direct" ? <BotAvatar /> : <GroupAvatar name={chat.name} />}
          <span className="chat-lines">
            <span className="chat-name">{chat.name}</span>
            <span className="chat-last">{chat.last}</span>
          </span>
          {chat.unread > 0 && (
            <span className="count" role="img" aria-label={words.unread(chat.unread)}>
              {chat.unread > 99 ? "99+" : chat.unread}
            </span>
          )}
        </button>
      ))}
    </nav>
  );
}
