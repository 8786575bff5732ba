import { useMemo } from "react";
import { useWords } from "../../words/words.tsx";
import type { WebChat } from "../use-web-talk.ts";
import { webLines } from "../web-talk.ts";
import { Composer } from "./composer.tsx";
import { EmptyTalk } from "./empty-talk.tsx";
import { MessageList } from "./message-list.tsx";
import { Panel } from "./panel.tsx";
import { PersonSwitch } from "./person-switch.tsx";
import type { Toast } from "./toast.tsx";

type WebPanelProps = {
  readonly web: WebChat;
  readonly active: boolean;
  readonly toast: Toast | null;
  readonly say: (text: string) => Promise<boolean>;
  readonly press: (
    message: string,
    button: string,
    values: Readonly<Record<string, string>>,
  ) => Promise<boolean>;
  readonly warn: (text: string) => void;
};

/** The live chat of a website, seen by one of its visitors. */
export function WebPanel({ web, active, toast, say, press, warn }: WebPanelProps) {
  const { words } = useWords();
  const current = web.visitors[0] ?? null;
  const lines = useMemo(() => webLines(web.talk, current?.visitor ?? ""), [web.talk, current]);
  // By age, so that choosing one does not move them about.
  const people = web.visitors
    .map((one) => ({
      id: one.visitor,
      name: `${words.visitor} ${one.visitor.slice(-4)}`,
      title: words.visitorNote,
      unread: 0,
    }))
    .sort((a, b) => a.id.localeCompare(b.id));
  const choose = (id: string) => {
    const chosen = web.visitors.find((one) => one.visitor === id);
    if (chosen !== undefined) web.become(chosen);
  };

  return (
    <Panel
      skin="web"
      active={active}
      loading={current === null && web.status !== "absent"}
      toast={toast}
      press={press}
      warn={warn}
      nameOf={(id) => id}
      switcher={
        current !== null && (
          <PersonSwitch
            people={people}
            current={current.visitor}
            choose={choose}
            more={{ label: words.newVisitor, run: web.becomeNew }}
          />
        )
      }
    >
      {current === null ? (
        <p className="nobody">{words.webAbsent}</p>
      ) : (
        <div className="talk">
          <div className="address-bar" aria-hidden="true">
            <i />
            <i />
            <i />
            <span>shop.example.com</span>
          </div>
          <MessageList
            key={current.visitor}
            lines={lines}
            group={false}
            empty={<EmptyTalk title={words.webGreeting} help={words.webGreetingHelp} />}
          />
          <Composer
            skin="web"
            to={words.bot}
            group={false}
            attachments={false}
            disabled={web.status !== "live"}
            send={({ text }) => say(text)}
          />
        </div>
      )}
    </Panel>
  );
}
