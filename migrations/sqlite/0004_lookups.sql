CREATE TABLE `lookups` (
	`account` text NOT NULL,
	`agent` text NOT NULL,
	`contact` text NOT NULL,
	`external_id` text,
	`at` integer NOT NULL,
	PRIMARY KEY(`account`, `agent`)
);
--> statement-breakpoint
ALTER TABLE `configs` ADD `found` text;