CREATE TABLE "helpdesk"."email_links" (
	"desk_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"email" text NOT NULL,
	"asked_by_id" uuid,
	"token_hash" text NOT NULL,
	"code_hash" text NOT NULL,
	"tries" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"used_at" timestamp (3) with time zone,
	CONSTRAINT "email_links_desk_id_id_pk" PRIMARY KEY("desk_id","id")
);
--> statement-breakpoint
CREATE TABLE "helpdesk"."desk_mail" (
	"desk_id" uuid PRIMARY KEY NOT NULL,
	"settings" jsonb NOT NULL,
	"smtp_password" text,
	"imap_password" text,
	"dkim_key" text,
	"webhook_version" integer DEFAULT 1 NOT NULL,
	"mailbox" jsonb,
	"reader_id" uuid,
	"reader_until" timestamp (3) with time zone,
	"updated_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "helpdesk"."email_templates" (
	"desk_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"locale" text NOT NULL,
	"subject" text NOT NULL,
	"body" text NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "email_templates_desk_id_kind_locale_pk" PRIMARY KEY("desk_id","kind","locale")
);
--> statement-breakpoint
CREATE TABLE "helpdesk"."emails" (
	"desk_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"fingerprint" text NOT NULL,
	"source" text NOT NULL,
	"envelope" jsonb NOT NULL,
	"message_id_header" text,
	"from_address" text,
	"from_name" text,
	"subject" text NOT NULL,
	"state" text NOT NULL,
	"reason" text,
	"match" text,
	"conversation_id" uuid,
	"message_id" uuid,
	"contact_id" uuid,
	"bytes" integer NOT NULL,
	"raw" "bytea",
	"file_key" text,
	"attempts" integer DEFAULT 0 NOT NULL,
	"last_error" text,
	"received_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "emails_desk_id_id_pk" PRIMARY KEY("desk_id","id")
);
--> statement-breakpoint
DROP INDEX "helpdesk"."notifications_open";--> statement-breakpoint
ALTER TABLE "helpdesk"."agents" ADD COLUMN "notify" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "helpdesk"."contacts" ADD COLUMN "email_opted_out" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "helpdesk"."contacts" ADD COLUMN "email_bounce" jsonb;--> statement-breakpoint
ALTER TABLE "helpdesk"."messages" ADD COLUMN "original" jsonb;--> statement-breakpoint
ALTER TABLE "helpdesk"."notifications" ADD COLUMN "kind" text DEFAULT 'message' NOT NULL;--> statement-breakpoint
ALTER TABLE "helpdesk"."notifications" ADD COLUMN "subject" text;--> statement-breakpoint
ALTER TABLE "helpdesk"."notifications" ADD COLUMN "resent_from_id" uuid;--> statement-breakpoint
CREATE UNIQUE INDEX "email_links_token" ON "helpdesk"."email_links" USING btree ("desk_id","token_hash");--> statement-breakpoint
CREATE INDEX "email_links_email" ON "helpdesk"."email_links" USING btree ("desk_id","email","created_at");--> statement-breakpoint
CREATE INDEX "email_links_expires" ON "helpdesk"."email_links" USING btree ("expires_at");--> statement-breakpoint
CREATE UNIQUE INDEX "emails_fingerprint" ON "helpdesk"."emails" USING btree ("desk_id","fingerprint");--> statement-breakpoint
CREATE INDEX "emails_conversation" ON "helpdesk"."emails" USING btree ("desk_id","conversation_id") WHERE "helpdesk"."emails"."conversation_id" is not null;--> statement-breakpoint
CREATE INDEX "emails_held" ON "helpdesk"."emails" USING btree ("desk_id","id") WHERE "helpdesk"."emails"."state" = 'held';--> statement-breakpoint
CREATE INDEX "notifications_newest" ON "helpdesk"."notifications" USING btree ("desk_id","created_at","id");--> statement-breakpoint
CREATE UNIQUE INDEX "notifications_open" ON "helpdesk"."notifications" USING btree ("desk_id","conversation_id","recipient_type","recipient_id") WHERE "helpdesk"."notifications"."state" = 'scheduled' and "helpdesk"."notifications"."kind" = 'message' and "helpdesk"."notifications"."resent_from_id" is null;--> statement-breakpoint
UPDATE "helpdesk"."agents" SET "notify" = '{"widget":"none","contact_form":"none","ticket_center":"none","email":"none","api":"none"}' WHERE NOT "notifications";--> statement-breakpoint
ALTER TABLE "helpdesk"."agents" DROP COLUMN "notifications";