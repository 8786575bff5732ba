import { DownOutlined } from "@ant-design/icons";
import { Dropdown } from "antd";
import { useWords } from "../../words/words.tsx";
import { Avatar } from "./avatar.tsx";

export type Actor = {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  readonly unread: number;
};

type PersonSwitchProps = {
  readonly people: readonly Actor[];
  readonly current: string;
  readonly choose: (id: string) => void;
  /** One more entry below the people. */
  readonly more?: { readonly label: string; readonly run: () => void };
};

const MORE = "\u0000more";

/** Who is typing in this panel, and the list of all who could be. */
export function PersonSwitch({ people, current, choose, more }: PersonSwitchProps) {
  const { words } = useWords();
  const actor = people.find((one) => one.id === current);
  const items = people.map((one) => ({ key: one.id, label: <Person actor={one} /> }));
  const extra =
    more === undefined ? [] : [{ type: "divider" as const }, { key: MORE, label: more.label }];
  return (
    <Dropdown
      trigger={["click"]}
      placement="bottomRight"
      menu={{
        items: [...items, ...extra],
        selectable: true,
        selectedKeys: [current],
        onClick: ({ key }) => (key === MORE ? more?.run() : choose(key)),
      }}
    >
      <button
        type="button"
        className="person-switch"
        aria-label={words.actingAs(actor?.name ?? "")}
        data-testid="person-switch"
      >
        <Avatar id={current} name={actor?.name ?? "?"} />
        <span className="person-name">
          {actor?.name}
          <small>{actor?.title}</small>
        </span>
        {people.some((one) => one.id !== current && one.unread > 0) && <span className="dot" />}
        <DownOutlined className="person-more" aria-hidden="true" />
      </button>
    </Dropdown>
  );
}

function Person({ actor }: { readonly actor: Actor }) {
  const { words } = useWords();
  return (
    <span className="person-entry" data-testid={`person-${actor.name}`}>
      <Avatar id={actor.id} name={actor.name} />
      <span className="person-lines">
        <span>{actor.name}</span>
        <small>{actor.title}</small>
      </span>
      {actor.unread > 0 && (
        <span className="count" role="img" aria-label={words.unread(actor.unread)}>
          {actor.unread}
        </span>
      )}
    </span>
  );
}
