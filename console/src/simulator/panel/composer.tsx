import { ArrowUpOutlined, PictureOutlined } from "@ant-design/icons";
import { Dropdown, Tooltip } from "antd";
import { type KeyboardEvent, useState } from "react";
import { useWords } from "../../words/words.tsx";
import type { Skin } from "../skin.ts";

export type Draft = {
  readonly text: string;
  readonly mention: boolean;
  readonly attachment: { readonly kind: "image" | "file"; readonly name: string } | null;
};

/** Characters in one message: what src/simulator/console-api.ts and src/channels/web/inbound.ts take. */
const LONGEST: Readonly<Record<Skin, number>> = {
  feishu: 5000,
  dingtalk: 5000,
  wecom: 5000,
  web: 4000,
};

type ComposerProps = {
  readonly skin: Skin;
  /** Whom the message goes to, in words. */
  readonly to: string;
  readonly group: boolean;
  readonly attachments: boolean;
  readonly disabled: boolean;
  /** Resolves with whether it was taken. */
  readonly send: (draft: Draft) => Promise<boolean>;
};

/** Where a message is written. Enter sends, Shift+Enter starts a new line; words that were not taken stay. */
export function Composer({ skin, to, group, attachments, disabled, send }: ComposerProps) {
  const { words } = useWords();
  const [text, setText] = useState("");
  const [mention, setMention] = useState(true);

  const trimmed = text.trim();
  const longest = LONGEST[skin];
  const sendable = !disabled && trimmed !== "" && trimmed.length <= longest;

  const submit = async () => {
    if (!sendable) return;
    setText("");
    const taken = await send({ text: trimmed, mention: group && mention, attachment: null });
    if (!taken) setText((now) => (now === "" ? text : now));
  };
  const typed = (event: KeyboardEvent) => {
    // While an input method is composing, Enter belongs to it.
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    void submit();
  };

  return (
    <form
      className="composer"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      {group && (
        <Tooltip title={words.mentionHelp}>
          <button
            type="button"
            className="mention"
            aria-pressed={mention}
            data-testid={`mention-${skin}`}
            onClick={() => setMention(!mention)}
          >
            {words.mention}
          </button>
        </Tooltip>
      )}
      {trimmed.length > longest && (
        <p className="too-long" role="alert" data-testid={`too-long-${skin}`}>
          {words.tooLong(longest, trimmed.length)}
        </p>
      )}
      <div className="composer-box">
        <textarea
          rows={1}
          value={text}
          disabled={disabled}
          aria-label={words.say(to)}
          placeholder={words.say(to)}
          data-testid={`composer-${skin}`}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={typed}
        />
        {attachments && (
          <AttachButton
            disabled={disabled}
            choose={(attachment) => void send({ text: "", mention: group && mention, attachment })}
          />
        )}
        <button
          type="submit"
          className="send"
          disabled={!sendable}
          aria-label={words.send}
          data-testid={`send-${skin}`}
        >
          <ArrowUpOutlined aria-hidden="true" />
        </button>
      </div>
    </form>
  );
}

type AttachButtonProps = {
  readonly disabled: boolean;
  readonly choose: (attachment: NonNullable<Draft["attachment"]>) => void;
};

function AttachButton({ disabled, choose }: AttachButtonProps) {
  const { words } = useWords();
  const items = words.attachments.map(({ name }) => ({ key: name, label: name }));
  const pick = (name: string) => {
    const chosen = words.attachments.find((one) => one.name === name);
    if (chosen !== undefined) choose(chosen);
  };
  return (
    <Dropdown
      trigger={["click"]}
      placement="topRight"
      disabled={disabled}
      menu={{ items, onClick: ({ key }) => pick(key) }}
    >
      <button type="button" className="attach" aria-label={words.attach} disabled={disabled}>
        <PictureOutlined aria-hidden="true" />
      </button>
    </Dropdown>
  );
}
