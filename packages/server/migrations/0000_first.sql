CREATE SCHEMA IF NOT EXISTS "helpdesk";
--> statement-breakpoint
CREATE TABLE "helpdesk"."agent_sessions" (
	"token_hash" text PRIMARY KEY NOT NULL,
	"agent_id" uuid NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"last_used_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "helpdesk"."agents" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"email" text NOT NULL,
	"locale" text DEFAULT 'en' NOT NULL,
	"notifications" boolean DEFAULT true NOT NULL,
	"password_hash" text,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "helpdesk"."desk_agents" (
	"desk_id" uuid NOT NULL,
	"agent_id" uuid NOT NULL,
	"role" text NOT NULL,
	CONSTRAINT "desk_agents_desk_id_agent_id_pk" PRIMARY KEY("desk_id","agent_id")
);
--> statement-breakpoint
CREATE TABLE "helpdesk"."contacts" (
	"desk_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text,
	"email" text,
	"email_verified" boolean DEFAULT false NOT NULL,
	"token_hash" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	"last_seen_at" timestamp (3) with time zone,
	CONSTRAINT "contacts_desk_id_id_pk" PRIMARY KEY("desk_id","id")
);
--> statement-breakpoint
CREATE TABLE "helpdesk"."conversation_reads" (
	"desk_id" uuid NOT NULL,
	"conversation_id" uuid NOT NULL,
	"agent_id" uuid NOT NULL,
	"read_seq" bigint NOT NULL,
	"read_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "conversation_reads_desk_id_conversation_id_agent_id_pk" PRIMARY KEY("desk_id","conversation_id","agent_id")
);
--> statement-breakpoint
CREATE TABLE "helpdesk"."conversations" (
	"desk_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"number" text NOT NULL,
	"contact_id" uuid NOT NULL,
	"status" text NOT NULL,
	"priority" text NOT NULL,
	"channel" text NOT NULL,
	"subject" text,
	"assignee_id" uuid,
	"preview" text NOT NULL,
	"last_author" text NOT NULL,
	"contact_seq" bigint NOT NULL,
	"contact_read_seq" bigint NOT NULL,
	"team_read_seq" bigint NOT NULL,
	"page_url" text,
	"user_agent" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	"last_message_at" timestamp (3) with time zone NOT NULL,
	"last_message_seq" bigint NOT NULL,
	CONSTRAINT "conversations_desk_id_id_pk" PRIMARY KEY("desk_id","id")
);
--> statement-breakpoint
CREATE TABLE "helpdesk"."messages" (
	"desk_id" uuid NOT NULL,
	"conversation_id" uuid NOT NULL,
	"seq" bigint NOT NULL,
	"id" uuid NOT NULL,
	"kind" text NOT NULL,
	"author_type" text NOT NULL,
	"author_id" uuid,
	"body" text NOT NULL,
	"change" jsonb,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "messages_desk_id_conversation_id_seq_pk" PRIMARY KEY("desk_id","conversation_id","seq")
);
--> statement-breakpoint
CREATE TABLE "helpdesk"."desk_counters" (
	"desk_id" uuid PRIMARY KEY NOT NULL,
	"event_seq" bigint DEFAULT 0 NOT NULL,
	"pending" integer DEFAULT 0 NOT NULL,
	"in_progress" integer DEFAULT 0 NOT NULL,
	"waiting" integer DEFAULT 0 NOT NULL,
	"resolved" integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "helpdesk"."desk_numbers" (
	"desk_id" uuid NOT NULL,
	"period" text NOT NULL,
	"seq" integer NOT NULL,
	CONSTRAINT "desk_numbers_desk_id_period_pk" PRIMARY KEY("desk_id","period")
);
--> statement-breakpoint
CREATE TABLE "helpdesk"."desks" (
	"desk_id" uuid PRIMARY KEY NOT NULL,
	"public_id" text NOT NULL,
	"settings" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "helpdesk"."events" (
	"desk_id" uuid NOT NULL,
	"seq" bigint NOT NULL,
	"type" text NOT NULL,
	"audience" text NOT NULL,
	"conversation_id" uuid,
	"contact_id" uuid,
	"message_seq" bigint,
	"data" jsonb,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "events_desk_id_seq_pk" PRIMARY KEY("desk_id","seq")
);
--> statement-breakpoint
CREATE TABLE "helpdesk"."idempotency_keys" (
	"desk_id" uuid NOT NULL,
	"scope" text NOT NULL,
	"key_hash" text NOT NULL,
	"request_hash" text NOT NULL,
	"made" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "idempotency_keys_desk_id_scope_key_hash_pk" PRIMARY KEY("desk_id","scope","key_hash")
);
--> statement-breakpoint
CREATE TABLE "helpdesk"."kept_mails" (
	"id" uuid PRIMARY KEY NOT NULL,
	"mail" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "helpdesk"."notifications" (
	"desk_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"conversation_id" uuid NOT NULL,
	"recipient_type" text NOT NULL,
	"recipient_id" uuid NOT NULL,
	"state" text NOT NULL,
	"reason" text,
	"first_seq" bigint NOT NULL,
	"last_seq" bigint,
	"read_seq" bigint,
	"due_at" timestamp (3) with time zone NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"lease_until" timestamp (3) with time zone,
	"sent_to" text,
	"last_error" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "notifications_desk_id_id_pk" PRIMARY KEY("desk_id","id")
);
--> statement-breakpoint
CREATE INDEX "agent_sessions_agent" ON "helpdesk"."agent_sessions" USING btree ("agent_id");--> statement-breakpoint
CREATE INDEX "agent_sessions_expires" ON "helpdesk"."agent_sessions" USING btree ("expires_at");--> statement-breakpoint
CREATE UNIQUE INDEX "agents_email" ON "helpdesk"."agents" USING btree (lower("email"));--> statement-breakpoint
CREATE INDEX "desk_agents_agent" ON "helpdesk"."desk_agents" USING btree ("agent_id");--> statement-breakpoint
CREATE UNIQUE INDEX "conversations_number" ON "helpdesk"."conversations" USING btree ("desk_id",lower("number"));--> statement-breakpoint
CREATE INDEX "conversations_activity" ON "helpdesk"."conversations" USING btree ("desk_id","last_message_seq");--> statement-breakpoint
CREATE INDEX "conversations_status" ON "helpdesk"."conversations" USING btree ("desk_id","status","last_message_seq");--> statement-breakpoint
CREATE INDEX "conversations_open" ON "helpdesk"."conversations" USING btree ("desk_id","last_message_seq") WHERE "helpdesk"."conversations"."status" <> 'resolved';--> statement-breakpoint
CREATE INDEX "conversations_contact" ON "helpdesk"."conversations" USING btree ("desk_id","contact_id","last_message_seq");--> statement-breakpoint
CREATE INDEX "conversations_assignee" ON "helpdesk"."conversations" USING btree ("desk_id","assignee_id","last_message_seq") WHERE "helpdesk"."conversations"."status" <> 'resolved';--> statement-breakpoint
CREATE UNIQUE INDEX "messages_id" ON "helpdesk"."messages" USING btree ("desk_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "desks_public_id" ON "helpdesk"."desks" USING btree ("public_id");--> statement-breakpoint
CREATE INDEX "idempotency_keys_created" ON "helpdesk"."idempotency_keys" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "kept_mails_created" ON "helpdesk"."kept_mails" USING btree ("created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "notifications_open" ON "helpdesk"."notifications" USING btree ("desk_id","conversation_id","recipient_type","recipient_id") WHERE "helpdesk"."notifications"."state" = 'scheduled';--> statement-breakpoint
CREATE INDEX "notifications_conversation" ON "helpdesk"."notifications" USING btree ("desk_id","conversation_id","first_seq");--> statement-breakpoint
CREATE INDEX "notifications_due" ON "helpdesk"."notifications" USING btree ("due_at") WHERE "helpdesk"."notifications"."state" in ('scheduled', 'sending');--> statement-breakpoint
CREATE INDEX "notifications_sent_to" ON "helpdesk"."notifications" USING btree ("sent_to","updated_at") WHERE "helpdesk"."notifications"."state" = 'sent';