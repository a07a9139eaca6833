CREATE TABLE "helpdesk"."article_feedback" (
	"desk_id" uuid NOT NULL,
	"article_id" uuid NOT NULL,
	"locale" text NOT NULL,
	"reader" text NOT NULL,
	"helpful" boolean NOT NULL,
	"comment" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "article_feedback_desk_id_article_id_locale_reader_pk" PRIMARY KEY("desk_id","article_id","locale","reader")
);
--> statement-breakpoint
CREATE TABLE "helpdesk"."article_revisions" (
	"desk_id" uuid NOT NULL,
	"article_id" uuid NOT NULL,
	"locale" text NOT NULL,
	"revision" integer NOT NULL,
	"title" text NOT NULL,
	"markdown" text NOT NULL,
	"author_id" uuid,
	"published" boolean DEFAULT false NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "article_revisions_desk_id_article_id_locale_revision_pk" PRIMARY KEY("desk_id","article_id","locale","revision")
);
--> statement-breakpoint
CREATE TABLE "helpdesk"."article_searches" (
	"desk_id" uuid NOT NULL,
	"locale" text NOT NULL,
	"words" text NOT NULL,
	"text" text NOT NULL,
	"times" integer NOT NULL,
	"hits" integer NOT NULL,
	"last_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "article_searches_desk_id_locale_words_pk" PRIMARY KEY("desk_id","locale","words")
);
--> statement-breakpoint
CREATE TABLE "helpdesk"."article_slugs" (
	"desk_id" uuid NOT NULL,
	"locale" text NOT NULL,
	"slug" text NOT NULL,
	"article_id" uuid NOT NULL,
	CONSTRAINT "article_slugs_desk_id_locale_slug_pk" PRIMARY KEY("desk_id","locale","slug")
);
--> statement-breakpoint
CREATE TABLE "helpdesk"."article_texts" (
	"desk_id" uuid NOT NULL,
	"article_id" uuid NOT NULL,
	"locale" text NOT NULL,
	"slug" text NOT NULL,
	"title" text NOT NULL,
	"markdown" text NOT NULL,
	"revision" integer NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"published_title" text,
	"published_markdown" text,
	"published_html" text,
	"published_text" text,
	"description" text,
	"published_at" timestamp (3) with time zone,
	"published_revision" integer,
	"audience" text,
	"title_words" "tsvector",
	"all_words" "tsvector",
	"helpful" integer DEFAULT 0 NOT NULL,
	"unhelpful" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "article_texts_desk_id_article_id_locale_pk" PRIMARY KEY("desk_id","article_id","locale")
);
--> statement-breakpoint
CREATE TABLE "helpdesk"."article_words" (
	"desk_id" uuid NOT NULL,
	"locale" text NOT NULL,
	"word" text NOT NULL,
	"forms" text[] NOT NULL,
	"articles" integer NOT NULL,
	CONSTRAINT "article_words_desk_id_locale_word_pk" PRIMARY KEY("desk_id","locale","word")
);
--> statement-breakpoint
CREATE TABLE "helpdesk"."articles" (
	"desk_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"collection_id" uuid,
	"place" integer NOT NULL,
	"internal" boolean DEFAULT false NOT NULL,
	"featured" boolean DEFAULT false NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "articles_desk_id_id_pk" PRIMARY KEY("desk_id","id")
);
--> statement-breakpoint
CREATE TABLE "helpdesk"."collections" (
	"desk_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"slug" text NOT NULL,
	"name" jsonb NOT NULL,
	"description" jsonb NOT NULL,
	"place" integer NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "collections_desk_id_id_pk" PRIMARY KEY("desk_id","id")
);
--> statement-breakpoint
CREATE INDEX "article_searches_missed" ON "helpdesk"."article_searches" USING btree ("desk_id","times") WHERE "helpdesk"."article_searches"."hits" = 0;--> statement-breakpoint
CREATE UNIQUE INDEX "article_texts_slug" ON "helpdesk"."article_texts" USING btree ("desk_id","locale","slug");--> statement-breakpoint
CREATE INDEX "article_texts_title_words" ON "helpdesk"."article_texts" USING gin ("title_words");--> statement-breakpoint
CREATE INDEX "article_texts_all_words" ON "helpdesk"."article_texts" USING gin ("all_words");--> statement-breakpoint
CREATE INDEX "article_words_forms" ON "helpdesk"."article_words" USING gin ("forms");--> statement-breakpoint
CREATE INDEX "articles_collection" ON "helpdesk"."articles" USING btree ("desk_id","collection_id","place");--> statement-breakpoint
CREATE UNIQUE INDEX "collections_slug" ON "helpdesk"."collections" USING btree ("desk_id","slug");