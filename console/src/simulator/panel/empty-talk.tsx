import { BotAvatar } from "./avatar.tsx";

/** What a chat shows before the first message. */
export function EmptyTalk({ title, help }: { readonly title: string; readonly help: string }) {
  return (
    <div className="empty-talk">
      <BotAvatar />
      <p>{title}</p>
      <small>{help}</small>
    </div>
  );
}
