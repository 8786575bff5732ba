DROP INDEX `conversations_party`;--> statement-breakpoint
DROP INDEX `events_cause`;--> statement-breakpoint
DROP INDEX `identities_customer`;--> statement-breakpoint
PRAGMA foreign_keys=OFF;--> statement-breakpoint
CREATE TABLE `__new_inbox` (
	`seq` integer PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`account` text NOT NULL,
	`feed` text NOT NULL,
	`dedupe_key` text NOT NULL,
	`mailbox` text NOT NULL,
	`kind` text NOT NULL,
	`received_at` integer NOT NULL,
	`body` text,
	`status` text DEFAULT 'open' NOT NULL,
	`attempts` integer DEFAULT 0 NOT NULL,
	`due_at` integer NOT NULL,
	`outcome` text,
	`error` text,
	`done_at` integer
);
--> statement-breakpoint
INSERT INTO `__new_inbox`("seq", "id", "account", "feed", "dedupe_key", "mailbox", "kind", "received_at", "body", "status", "attempts", "due_at", "outcome", "error", "done_at") SELECT "seq", "id", "account", "feed", "dedupe_key", "mailbox", "kind", "received_at", "body", "status", "attempts", "due_at", "outcome", "error", "done_at" FROM `inbox`;--> statement-breakpoint
DROP TABLE `inbox`;--> statement-breakpoint
ALTER TABLE `__new_inbox` RENAME TO `inbox`;--> statement-breakpoint
PRAGMA foreign_keys=ON;--> statement-breakpoint
CREATE UNIQUE INDEX `inbox_id_unique` ON `inbox` (`id`);--> statement-breakpoint
CREATE INDEX `inbox_open` ON `inbox` (`mailbox`,`seq`) WHERE "inbox"."status" = 'open';--> statement-breakpoint
CREATE INDEX `inbox_bodies` ON `inbox` (`done_at`) WHERE "inbox"."done_at" is not null and "inbox"."body" is not null;--> statement-breakpoint
CREATE INDEX `inbox_dead` ON `inbox` (`seq`) WHERE "inbox"."status" = 'dead';--> statement-breakpoint
DROP INDEX `texts_subject`;--> statement-breakpoint
CREATE TABLE `__new_mailboxes` (
	`mailbox` text PRIMARY KEY NOT NULL,
	`fence` integer NOT NULL,
	`lease_until` integer NOT NULL
);
--> statement-breakpoint
INSERT INTO `__new_mailboxes`("mailbox", "fence", "lease_until") SELECT "mailbox", "fence", "lease_until" FROM `mailboxes`;--> statement-breakpoint
DROP TABLE `mailboxes`;--> statement-breakpoint
ALTER TABLE `__new_mailboxes` RENAME TO `mailboxes`;