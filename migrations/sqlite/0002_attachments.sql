CREATE TABLE `attachments` (
	`id` text PRIMARY KEY NOT NULL,
	`account` text NOT NULL,
	`message_id` text NOT NULL,
	`conversation` text NOT NULL,
	`key` text NOT NULL,
	`kind` text NOT NULL,
	`name` text,
	`mime` text,
	`bytes` integer,
	`sha256` text,
	`status` text DEFAULT 'pending' NOT NULL,
	`reason` text,
	`blob` text,
	`uploads` text DEFAULT '{}' NOT NULL,
	`attempts` integer DEFAULT 0 NOT NULL,
	`due_at` integer,
	`created_at` integer NOT NULL,
	`fetched_at` integer
);
--> statement-breakpoint
CREATE INDEX `attachments_due` ON `attachments` (`due_at`) WHERE "attachments"."due_at" is not null;--> statement-breakpoint
CREATE INDEX `attachments_message` ON `attachments` (`account`,`message_id`);--> statement-breakpoint
CREATE TABLE `secrets` (
	`name` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL
);
