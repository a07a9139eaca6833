CREATE TABLE "helpdesk"."attachments" (
	"desk_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"message_id" uuid,
	"conversation_id" uuid,
	"owner" text NOT NULL,
	"name" text NOT NULL,
	"type" text NOT NULL,
	"bytes" integer NOT NULL,
	"width" integer,
	"height" integer,
	"file_key" text NOT NULL,
	"preview_key" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "attachments_desk_id_id_pk" PRIMARY KEY("desk_id","id")
);
--> statement-breakpoint
CREATE TABLE "helpdesk"."categories" (
	"desk_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"code" text NOT NULL,
	"name" jsonb NOT NULL,
	"help_text" jsonb NOT NULL,
	"place" integer NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"removed_at" timestamp (3) with time zone,
	CONSTRAINT "categories_desk_id_id_pk" PRIMARY KEY("desk_id","id")
);
--> statement-breakpoint
CREATE TABLE "helpdesk"."clients" (
	"desk_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"identity_key" text NOT NULL,
	"external_id" text,
	"email" text,
	"name" text,
	"url" text,
	"plan" text,
	"claims" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "clients_desk_id_id_pk" PRIMARY KEY("desk_id","id")
);
--> statement-breakpoint
CREATE TABLE "helpdesk"."contact_merges" (
	"desk_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"from_contact_id" uuid NOT NULL,
	"into_contact_id" uuid NOT NULL,
	"by" text NOT NULL,
	"agent_id" uuid,
	"moved" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"undone_at" timestamp (3) with time zone,
	CONSTRAINT "contact_merges_desk_id_id_pk" PRIMARY KEY("desk_id","id")
);
--> statement-breakpoint
CREATE TABLE "helpdesk"."contact_sessions" (
	"desk_id" uuid NOT NULL,
	"contact_id" uuid NOT NULL,
	"token_hash" text NOT NULL,
	"form" text NOT NULL,
	"key_id" text,
	"client_id" uuid,
	"conversation_id" uuid,
	"link_version" bigint,
	"created_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "contact_sessions_desk_id_contact_id_token_hash_pk" PRIMARY KEY("desk_id","contact_id","token_hash")
);
--> statement-breakpoint
CREATE TABLE "helpdesk"."contact_reads" (
	"desk_id" uuid NOT NULL,
	"conversation_id" uuid NOT NULL,
	"contact_id" uuid NOT NULL,
	"read_seq" bigint NOT NULL,
	"read_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "contact_reads_desk_id_conversation_id_contact_id_pk" PRIMARY KEY("desk_id","conversation_id","contact_id")
);
--> statement-breakpoint
CREATE TABLE "helpdesk"."desk_secrets" (
	"desk_id" uuid NOT NULL,
	"key_id" text NOT NULL,
	"sealed_secret" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"created_by" uuid,
	"retires_at" timestamp (3) with time zone,
	"last_used_at" timestamp (3) with time zone,
	CONSTRAINT "desk_secrets_desk_id_key_id_pk" PRIMARY KEY("desk_id","key_id")
);
--> statement-breakpoint
CREATE TABLE "helpdesk"."installation" (
	"name" text PRIMARY KEY NOT NULL,
	"value" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "helpdesk"."contacts" ADD COLUMN "phone" text;--> statement-breakpoint
ALTER TABLE "helpdesk"."contacts" ADD COLUMN "external_id" text;--> statement-breakpoint
ALTER TABLE "helpdesk"."contacts" ADD COLUMN "identity" text DEFAULT 'anonymous' NOT NULL;--> statement-breakpoint
ALTER TABLE "helpdesk"."contacts" ADD COLUMN "identity_key" text;--> statement-breakpoint
ALTER TABLE "helpdesk"."contacts" ADD COLUMN "claims" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "helpdesk"."contacts" ADD COLUMN "client_id" uuid;--> statement-breakpoint
ALTER TABLE "helpdesk"."contacts" ADD COLUMN "merged_into_id" uuid;--> statement-breakpoint
ALTER TABLE "helpdesk"."conversations" ADD COLUMN "category_id" uuid;--> statement-breakpoint
ALTER TABLE "helpdesk"."conversations" ADD COLUMN "client_id" uuid;--> statement-breakpoint
ALTER TABLE "helpdesk"."conversations" ADD COLUMN "link_version" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "helpdesk"."conversations" ADD COLUMN "link_revoked" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "helpdesk"."messages" ADD COLUMN "attachments" jsonb;--> statement-breakpoint
ALTER TABLE "helpdesk"."messages" ADD COLUMN "via" text;--> statement-breakpoint
ALTER TABLE "helpdesk"."events" ADD COLUMN "client_id" uuid;--> statement-breakpoint
CREATE INDEX "attachments_owner" ON "helpdesk"."attachments" USING btree ("desk_id","owner","created_at");--> statement-breakpoint
CREATE INDEX "attachments_conversation" ON "helpdesk"."attachments" USING btree ("desk_id","conversation_id");--> statement-breakpoint
CREATE INDEX "attachments_orphans" ON "helpdesk"."attachments" USING btree ("created_at") WHERE "helpdesk"."attachments"."message_id" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "categories_code" ON "helpdesk"."categories" USING btree ("desk_id",lower("code")) WHERE "helpdesk"."categories"."removed_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "clients_identity_key" ON "helpdesk"."clients" USING btree ("desk_id","identity_key");--> statement-breakpoint
CREATE INDEX "contact_merges_into" ON "helpdesk"."contact_merges" USING btree ("desk_id","into_contact_id");--> statement-breakpoint
CREATE INDEX "contact_sessions_key" ON "helpdesk"."contact_sessions" USING btree ("desk_id","key_id");--> statement-breakpoint
CREATE INDEX "contact_sessions_expires" ON "helpdesk"."contact_sessions" USING btree ("expires_at");--> statement-breakpoint
CREATE UNIQUE INDEX "contacts_identity_key" ON "helpdesk"."contacts" USING btree ("desk_id","identity_key") WHERE "helpdesk"."contacts"."identity_key" is not null;--> statement-breakpoint
CREATE INDEX "contacts_email" ON "helpdesk"."contacts" USING btree ("desk_id",lower("email"));--> statement-breakpoint
CREATE INDEX "contacts_client" ON "helpdesk"."contacts" USING btree ("desk_id","client_id") WHERE "helpdesk"."contacts"."client_id" is not null;--> statement-breakpoint
CREATE INDEX "conversations_client" ON "helpdesk"."conversations" USING btree ("desk_id","client_id","last_message_seq") WHERE "helpdesk"."conversations"."client_id" is not null;