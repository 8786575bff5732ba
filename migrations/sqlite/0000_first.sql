CREATE TABLE `causes` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`kind` text NOT NULL,
	`at` integer NOT NULL,
	`actor` text NOT NULL,
	`config_hash` text NOT NULL,
	`input` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `causes_id_unique` ON `causes` (`id`);--> statement-breakpoint
CREATE TABLE `configs` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`hash` text NOT NULL,
	`yaml` text NOT NULL,
	`at` integer NOT NULL,
	`active` integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `configs_hash_unique` ON `configs` (`hash`);--> statement-breakpoint
CREATE UNIQUE INDEX `configs_active` ON `configs` (`active`) WHERE "configs"."active" = 1;--> statement-breakpoint
CREATE TABLE `conversations` (
	`stream` text PRIMARY KEY NOT NULL,
	`key` text NOT NULL,
	`generation` integer NOT NULL,
	`version` integer NOT NULL,
	`status` text NOT NULL,
	`account` text NOT NULL,
	`party` text NOT NULL,
	`ticket` text,
	`last_at` integer NOT NULL,
	`state` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `conversations_key` ON `conversations` (`key`,`generation`);--> statement-breakpoint
CREATE INDEX `conversations_party` ON `conversations` (`party`);--> statement-breakpoint
CREATE TABLE `counters` (
	`name` text PRIMARY KEY NOT NULL,
	`next` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `customers` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `events` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`stream` text NOT NULL,
	`version` integer NOT NULL,
	`type` text NOT NULL,
	`schema` integer NOT NULL,
	`at` integer NOT NULL,
	`data` text NOT NULL,
	`cause` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `events_stream_version` ON `events` (`stream`,`version`);--> statement-breakpoint
CREATE INDEX `events_cause` ON `events` (`cause`);--> statement-breakpoint
CREATE TABLE `guards` (
	`holds` integer NOT NULL,
	CONSTRAINT "guard_holds" CHECK("guards"."holds" = 1)
);
--> statement-breakpoint
CREATE TABLE `identities` (
	`account` text NOT NULL,
	`external_id` text NOT NULL,
	`customer` text NOT NULL,
	PRIMARY KEY(`account`, `external_id`)
);
--> statement-breakpoint
CREATE INDEX `identities_customer` ON `identities` (`customer`);--> statement-breakpoint
CREATE TABLE `inbox` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`account` text NOT NULL,
	`feed` text NOT NULL,
	`dedupe_key` text NOT NULL,
	`mailbox` text NOT NULL,
	`position` integer NOT NULL,
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
CREATE UNIQUE INDEX `inbox_id_unique` ON `inbox` (`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `inbox_dedupe` ON `inbox` (`account`,`feed`,`dedupe_key`);--> statement-breakpoint
CREATE INDEX `inbox_open` ON `inbox` (`mailbox`,`position`) WHERE "inbox"."status" = 'open';--> statement-breakpoint
CREATE INDEX `inbox_due` ON `inbox` (`due_at`) WHERE "inbox"."status" = 'open';--> statement-breakpoint
CREATE INDEX `inbox_bodies` ON `inbox` (`done_at`) WHERE "inbox"."body" is not null;--> statement-breakpoint
CREATE INDEX `inbox_dead` ON `inbox` (`seq`) WHERE "inbox"."status" = 'dead';--> statement-breakpoint
CREATE TABLE `mailboxes` (
	`mailbox` text PRIMARY KEY NOT NULL,
	`position` integer DEFAULT 0 NOT NULL,
	`fence` integer DEFAULT 0 NOT NULL,
	`lease_until` integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE `outbox` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`lane` text NOT NULL,
	`account` text NOT NULL,
	`language` text NOT NULL,
	`payload` text NOT NULL,
	`status` text DEFAULT 'pending' NOT NULL,
	`attempts` integer DEFAULT 0 NOT NULL,
	`due_at` integer NOT NULL,
	`lease_until` integer DEFAULT 0 NOT NULL,
	`remote_id` text,
	`error` text,
	`created_at` integer NOT NULL,
	`done_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `outbox_id_unique` ON `outbox` (`id`);--> statement-breakpoint
CREATE INDEX `outbox_lane` ON `outbox` (`lane`,`seq`) WHERE "outbox"."status" = 'pending';--> statement-breakpoint
CREATE INDEX `outbox_due` ON `outbox` (`due_at`) WHERE "outbox"."status" in ('pending', 'parked');--> statement-breakpoint
CREATE INDEX `outbox_dead` ON `outbox` (`seq`) WHERE "outbox"."status" = 'dead';--> statement-breakpoint
CREATE TABLE `settings` (
	`name` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `store_names` (
	`name` text NOT NULL,
	`store` text NOT NULL,
	PRIMARY KEY(`name`, `store`)
);
--> statement-breakpoint
CREATE TABLE `stores` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`region` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `surfaces` (
	`id` text PRIMARY KEY NOT NULL,
	`ticket` text NOT NULL,
	`account` text NOT NULL,
	`to_kind` text NOT NULL,
	`to_id` text NOT NULL,
	`audience` text NOT NULL,
	`language` text NOT NULL,
	`wanted` integer NOT NULL,
	`shown` integer DEFAULT 0 NOT NULL,
	`remote_id` text,
	`update_tokens` text DEFAULT '[]' NOT NULL,
	`edition` integer DEFAULT 1 NOT NULL,
	`status` text DEFAULT 'live' NOT NULL,
	`attempts` integer DEFAULT 0 NOT NULL,
	`due_at` integer,
	`lease_until` integer DEFAULT 0 NOT NULL,
	`error` text,
	`created_at` integer NOT NULL,
	`done_at` integer
);
--> statement-breakpoint
CREATE INDEX `surfaces_ticket` ON `surfaces` (`ticket`);--> statement-breakpoint
CREATE INDEX `surfaces_remote` ON `surfaces` (`account`,`remote_id`);--> statement-breakpoint
CREATE INDEX `surfaces_due` ON `surfaces` (`due_at`) WHERE "surfaces"."due_at" is not null;--> statement-breakpoint
CREATE INDEX `surfaces_dead` ON `surfaces` (`done_at`) WHERE "surfaces"."status" = 'dead';--> statement-breakpoint
CREATE TABLE `texts` (
	`id` text PRIMARY KEY NOT NULL,
	`subject` text NOT NULL,
	`body` text,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `texts_subject` ON `texts` (`subject`);--> statement-breakpoint
CREATE TABLE `tickets` (
	`id` text PRIMARY KEY NOT NULL,
	`number` integer NOT NULL,
	`version` integer NOT NULL,
	`type` text NOT NULL,
	`status` text NOT NULL,
	`priority` text NOT NULL,
	`team` text NOT NULL,
	`owner` text,
	`requester` text NOT NULL,
	`store` text,
	`created_at` integer NOT NULL,
	`last_at` integer NOT NULL,
	`state` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `tickets_number_unique` ON `tickets` (`number`);--> statement-breakpoint
CREATE INDEX `tickets_team` ON `tickets` (`team`,`status`,`created_at`);--> statement-breakpoint
CREATE INDEX `tickets_owner` ON `tickets` (`owner`,`status`);--> statement-breakpoint
CREATE INDEX `tickets_requester` ON `tickets` (`requester`,`status`);--> statement-breakpoint
CREATE TABLE `timers` (
	`stream` text PRIMARY KEY NOT NULL,
	`due_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `timers_due` ON `timers` (`due_at`);--> statement-breakpoint
CREATE TABLE `visitor_events` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`account` text NOT NULL,
	`visitor` text NOT NULL,
	`at` integer NOT NULL,
	`body` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `visitor_events_visitor` ON `visitor_events` (`account`,`visitor`,`seq`);