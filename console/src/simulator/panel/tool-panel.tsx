import { useMemo } from "react";
import type { SayInput, ToolView } from "../../../../src/simulator/tool.ts";
import { useWords } from "../../words/words.tsx";
import type { Words } from "../../words/zh-cn.ts";
import { lastWords, toolLines } from "../line.ts";
import { chatsOf, type Seat, type Seen, unreadIn, unreadOf } from "../seat.ts";
import type { ToolName } from "../skin.ts";
import { ChatList } from "./chat-list.tsx";
import { Composer } from "./composer.tsx";
import { EmptyTalk } from "./empty-talk.tsx";
import { MessageList } from "./message-list.tsx";
import { Panel } from "./panel.tsx";
import { PersonSwitch } from "./person-switch.tsx";
import type { Toast } from "./toast.tsx";

export type ToolPanelProps = {
  readonly tool: ToolName;
  readonly view: ToolView | null;
  readonly seat: Seat | null;
  readonly seen: Seen;
  /** Messages up to here, ms UTC, were there when the page was opened. */
  readonly since: number;
  readonly active: boolean;
  readonly offline: boolean;
  readonly toast: Toast | null;
  readonly sit: (seat: Seat) => void;
  readonly say: (input: SayInput) => Promise<boolean>;
  readonly press: (
    message: string,
    button: string,
    values: Readonly<Record<string, string>>,
  ) => Promise<boolean>;
  readonly warn: (text: string) => void;
};

/** One simulated tool, seen by the person who sits in front of it. */
export function ToolPanel(props: ToolPanelProps) {
  const { tool, view, seat, active, toast, press, warn, sit, seen, since } = props;
  const { words } = useWords();
  const names = useMemo(
    () => new Map((view?.people ?? []).map((person) => [person.id, person.name])),
    [view],
  );
  const people = (view?.people ?? []).map((person) => ({
    ...person,
    unread: view === null ? 0 : unreadOf(view, person.id, seen, since),
  }));
  const sitAs = (person: string) => {
    const chat = view === null ? undefined : chatsOf(view, person)[0];
    if (chat === undefined) warn(words.noChats);
    else sit({ person, chat: chat.id });
  };

  return (
    <Panel
      skin={tool}
      active={active}
      loading={view === null}
      toast={toast}
      press={press}
      warn={warn}
      nameOf={(id) => names.get(id) ?? id}
      switcher={
        seat !== null && <PersonSwitch people={people} current={seat.person} choose={sitAs} />
      }
    >
      {view !== null && seat !== null && <Seated {...props} view={view} seat={seat} />}
      {view !== null && seat === null && <p className="nobody">{words.noChats}</p>}
    </Panel>
  );
}

type SeatedProps = ToolPanelProps & { readonly view: ToolView; readonly seat: Seat };

function Seated({ tool, view, seat, seen, since, offline, sit, say }: SeatedProps) {
  const { words } = useWords();
  const lines = useMemo(() => toolLines(view, seat), [view, seat]);
  const chats = chatsOf(view, seat.person).map((chat) => ({
    id: chat.id,
    kind: chat.kind,
    name: chat.kind === "direct" ? words.bot : chat.name,
    last: lastWords(view, chat.id),
    unread: chat.id === seat.chat ? 0 : unreadIn(view, { ...seat, chat: chat.id }, seen, since),
  }));
  const open = chats.find((chat) => chat.id === seat.chat);
  const group = open?.kind === "group";
  const to = open?.name ?? words.bot;
  return (
    <>
      <ChatList
        chats={chats}
        current={seat.chat}
        choose={(chat) => sit({ person: seat.person, chat })}
      />
      <div className="talk">
        <p className="talk-head">
          <strong>{to}</strong>
          <span>{noteOf(view, seat, group, words)}</span>
        </p>
        <MessageList
          key={`${seat.person} ${seat.chat}`}
          lines={lines}
          group={group}
          empty={<EmptyTalk title={words.noMessages} help={words.noMessagesHelp} />}
        />
        <Composer
          skin={tool}
          to={to}
          group={group}
          attachments
          disabled={offline}
          send={({ text, mention, attachment }) =>
            say({ ...seat, text, mention, ...(attachment === null ? {} : { attachment }) })
          }
        />
      </div>
    </>
  );
}

function noteOf(view: ToolView, seat: Seat, group: boolean, words: Words): string {
  if (!group) return words.direct;
  const members = view.chats.find((chat) => chat.id === seat.chat)?.members.length ?? 0;
  return words.members(members + 1); // the bot is one of them
}
