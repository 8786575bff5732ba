ALTER TABLE `tickets` ADD `resolved_at` integer;--> statement-breakpoint
ALTER TABLE `tickets` ADD `overdue_at` integer;--> statement-breakpoint
CREATE INDEX `tickets_overdue` ON `tickets` (`overdue_at`) WHERE "tickets"."overdue_at" is not null;--> statement-breakpoint
UPDATE `tickets` SET `resolved_at` = json_extract(`state`, '$.resolvedAt');--> statement-breakpoint
UPDATE `tickets` SET `overdue_at` = `created_at` + 86400000 WHERE `status` NOT IN ('resolved', 'closed', 'cancelled');
