import type { AttachmentKind } from "../core/attachment.ts";

export type NewAttachmentRow = {
  readonly id: string;
  readonly account: string;
  /** The vendor's id of the message that it came with. */
  readonly messageId: string;
  /** Stream of the conversation. */
  readonly conversation: string;
  /** How the vendor names it; blanked once it is fetched. */
  readonly key: string;
  readonly kind: AttachmentKind;
  readonly name: string | null;
  readonly createdAt: number;
};

/** A file as it stands in the blob store. */
export type StoredFile = {
  readonly blob: string;
  readonly name: string;
  readonly mime: string;
  readonly bytes: number;
  /** Hex. */
  readonly sha256: string;
};

export type AttachmentRow = NewAttachmentRow & {
  readonly status: "pending" | "stored" | "refused" | "lost";
  /** Why it is not there; null while it may come, and when it has. */
  readonly reason: string | null;
  /** Null unless it is stored. */
  readonly file: StoredFile | null;
  /** What accounts call the copies that we uploaded to them. */
  readonly uploads: Readonly<Record<string, string>>;
  readonly attempts: number;
};

/** What is written of attachments. */
export type AttachmentChange =
  | { readonly type: "attachment"; readonly row: NewAttachmentRow }
  /** Take it for one fetcher, if it is due; another may from `until` on. */
  | {
      readonly type: "attachment-hold";
      readonly id: string;
      readonly now: number;
      readonly until: number;
    }
  | {
      readonly type: "attachment-stored";
      readonly id: string;
      readonly file: StoredFile;
      readonly at: number;
    }
  | {
      readonly type: "attachment-retry";
      readonly id: string;
      readonly dueAt: number;
      readonly reason: string;
    }
  /** It will never be there: we do not take it, or could not have it. Name and blob are forgotten. */
  | {
      readonly type: "attachment-gone";
      readonly id: string;
      readonly status: "refused" | "lost";
      readonly reason: string;
    }
  /** What an account calls the copy that we uploaded to it. */
  | {
      readonly type: "attachment-uploaded";
      readonly id: string;
      readonly account: string;
      readonly key: string;
    };
