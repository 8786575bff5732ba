import { Alert, Button, Result } from "antd";
import { useCallback, useMemo, useState } from "react";
import { useWords } from "../words/words.tsx";
import { guideOf, reporterOf } from "./guide.ts";
import { GuideSteps } from "./guide-steps.tsx";
import { useToasts } from "./panel/toast.tsx";
import { ToolPanel } from "./panel/tool-panel.tsx";
import { WebPanel } from "./panel/web-panel.tsx";
import { PanelTabs } from "./panel-tabs.tsx";
import { nearest, type Seat, unreadOf } from "./seat.ts";
import { type Skin, TOOLS, type ToolName } from "./skin.ts";
import "./style/index.css";
import { TopBar } from "./top-bar.tsx";
import { useDeeds } from "./use-deeds.ts";
import { usePhone } from "./use-phone.ts";
import { useSeats } from "./use-seats.ts";
import { useTools } from "./use-tools.ts";
import { useWebTalk } from "./use-web-talk.ts";

/** `/simulator`: four chat tools side by side, each in the hands of whoever one likes to be. */
export function SimulatorPage() {
  const { words } = useWords();
  const { status, views, retry } = useTools();
  if (status === "absent") {
    return (
      <div className="page">
        <TopBar status={status} />
        <Result
          status="info"
          title={words.absentTitle}
          subTitle={words.absentHelp}
          extra={<Button onClick={retry}>{words.retry}</Button>}
        />
      </div>
    );
  }
  return <Simulator status={status} views={views} />;
}

type SimulatorProps = Pick<ReturnType<typeof useTools>, "status" | "views">;

function Simulator({ status, views }: SimulatorProps) {
  const { words } = useWords();
  const phone = usePhone();
  const [open, setOpen] = useState<Skin>("feishu");
  const visible = useCallback((tool: ToolName) => !phone || tool === open, [phone, open]);
  const { seats, seen, since, sit } = useSeats(views, visible);
  const { toasts, show } = useToasts();
  const web = useWebTalk(status === "live");
  const deeds = useDeeds(web, show);
  const offline = status !== "live";
  const viewOf = (tool: ToolName) => views.find((view) => view.tool === tool) ?? null;

  const warn = (skin: Skin, text: string) => show(skin, { tone: "warning", text, code: null });
  const guide = useMemo(() => guideOf(views), [views]);
  const pointAt = (skin: Skin) => {
    setOpen(skin);
    const panel = document.getElementById(`panel-${skin}`);
    panel?.scrollIntoView({ block: "nearest", behavior: "smooth" });
    panel?.classList.remove("is-pointed-at");
    requestAnimationFrame(() => panel?.classList.add("is-pointed-at"));
  };
  const goTo = (tool: ToolName) => {
    const due = guide.places.filter((place) => place.tool === tool).map(({ seat }) => seat);
    const seat = nearest(due, seats[tool]);
    if (seat !== undefined) sit(tool, seat);
    pointAt(tool);
  };
  const sayInFeishu = (seat: Seat, text: string) => {
    pointAt("feishu");
    sit("feishu", seat);
    void deeds.say("feishu", { ...seat, text });
  };
  const trySample = (text: string) => {
    const view = viewOf("feishu");
    const seat = view === null ? null : reporterOf(view);
    if (seat === null) warn("feishu", words.noChats);
    else sayInFeishu(seat, text);
  };
  const unread = (skin: Skin) => {
    const view = skin === "web" ? null : viewOf(skin);
    const seat = skin === "web" ? undefined : seats[skin];
    return view === null || seat === undefined ? 0 : unreadOf(view, seat.person, seen, since);
  };

  return (
    <div className="page">
      <TopBar status={status} />
      {status === "lost" && <Alert banner type="warning" className="lost" title={words.lost} />}
      <GuideSteps
        guide={guide}
        offline={offline}
        trySample={trySample}
        answer={({ seat, store }) => sayInFeishu(seat, store)}
        show={goTo}
      />
      <PanelTabs open={open} unread={unread} choose={setOpen} />
      <main className="panels" aria-label={words.panels}>
        {TOOLS.map((tool) => (
          <ToolPanel
            key={tool}
            tool={tool}
            view={viewOf(tool)}
            seat={seats[tool] ?? null}
            seen={seen}
            since={since}
            active={open === tool}
            offline={offline}
            toast={toasts[tool] ?? null}
            sit={(seat) => sit(tool, seat)}
            say={(input) => {
              sit(tool, { person: input.person, chat: input.chat });
              return deeds.say(tool, input);
            }}
            press={async (message, button, values) => {
              const seat = seats[tool];
              if (seat === undefined) return false;
              sit(tool, seat);
              return deeds.press(tool, { person: seat.person, message, button, values });
            }}
            warn={(text) => warn(tool, text)}
          />
        ))}
        <WebPanel
          web={web}
          active={open === "web"}
          toast={toasts.web ?? null}
          say={deeds.sayOnWeb}
          press={(card, action, values) => deeds.pressOnWeb({ card, action, values })}
          warn={(text) => warn("web", text)}
        />
      </main>
    </div>
  );
}
