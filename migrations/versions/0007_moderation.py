"""Create moderation: measures with their reasons, appeals, rules, flags and the review queue."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "checks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=30), nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("mode", sa.String(20), nullable=False),
        sa.Column("up_to_level", sa.Integer(), nullable=False),
        sa.Column("parameters", sa.JSON(), nullable=False),
        sa.Column("hits", sa.Integer(), nullable=False),
        sa.Column("overturned", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_checks")),
        sa.UniqueConstraint("key", name=op.f("uq_checks_key")),
    )
    op.create_table(
        "spam_models",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("weights", sa.LargeBinary(), nullable=False),
        sa.Column("threshold", sa.Double(), nullable=False),
        sa.Column("spam_lessons", sa.Integer(), nullable=False),
        sa.Column("good_lessons", sa.Integer(), nullable=False),
        sa.Column("caught", sa.Integer(), nullable=False),
        sa.Column("missed", sa.Integer(), nullable=False),
        sa.Column("wronged", sa.Integer(), nullable=False),
        sa.Column("cleared", sa.Integer(), nullable=False),
        sa.Column("learned_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_spam_models")),
    )
    op.create_table(
        "acceptances",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("version_number", sa.Integer(), nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("occasion", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_acceptances_member_id_members")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_acceptances")),
        sa.UniqueConstraint(
            "member_id", "version_number", name=op.f("uq_acceptances_member_id_version_number")
        ),
    )
    op.create_table(
        "address_traces",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("address_key", sa.String(length=32), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_address_traces_member_id_members")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_address_traces")),
        sa.UniqueConstraint(
            "member_id", "address_key", name=op.f("uq_address_traces_member_id_address_key")
        ),
    )
    op.create_index(
        op.f("ix_address_traces_address_key"), "address_traces", ["address_key"], unique=False
    )
    op.create_index(op.f("ix_address_traces_ends_at"), "address_traces", ["ends_at"], unique=False)
    op.create_table(
        "blocked_hosts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("host", sa.String(length=120), nullable=False),
        sa.Column("blocked_by_id", sa.Integer(), nullable=False),
        sa.Column("blocked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["blocked_by_id"], ["members.id"], name=op.f("fk_blocked_hosts_blocked_by_id_members")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_blocked_hosts")),
        sa.UniqueConstraint("host", name=op.f("uq_blocked_hosts_host")),
    )
    op.create_table(
        "bulk_acts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("actor_id", sa.Integer(), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("act", sa.String(length=20), nullable=False),
        sa.Column("rule", sa.String(length=20), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("is_mass_spam", sa.Boolean(), nullable=False),
        sa.Column("plan", sa.JSON(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("skipped", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["actor_id"], ["members.id"], name=op.f("fk_bulk_acts_actor_id_members")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_bulk_acts_member_id_members")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bulk_acts")),
    )
    op.create_index(op.f("ix_bulk_acts_began_at"), "bulk_acts", ["began_at"], unique=False)
    op.create_index(op.f("ix_bulk_acts_member_id"), "bulk_acts", ["member_id"], unique=False)
    op.create_table(
        "rules_versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("body_en", sa.Text(), nullable=False),
        sa.Column("body_en_html", sa.Text(), nullable=False),
        sa.Column("body_es", sa.Text(), nullable=False),
        sa.Column("body_es_html", sa.Text(), nullable=False),
        sa.Column("summary_en", sa.Text(), nullable=False),
        sa.Column("summary_es", sa.Text(), nullable=False),
        sa.Column("is_material", sa.Boolean(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["published_by_id"],
            ["members.id"],
            name=op.f("fk_rules_versions_published_by_id_members"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rules_versions")),
        sa.UniqueConstraint("number", name=op.f("uq_rules_versions_number")),
    )
    op.create_table(
        "staff_notes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["author_id"], ["members.id"], name=op.f("fk_staff_notes_author_id_members")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_staff_notes_member_id_members")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_notes")),
    )
    op.create_index(op.f("ix_staff_notes_member_id"), "staff_notes", ["member_id"], unique=False)
    op.create_table(
        "watched_words",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pattern", sa.String(length=200), nullable=False),
        sa.Column("act", sa.String(20), nullable=False),
        sa.Column("language", sa.String(length=5), nullable=False),
        sa.Column("is_regex", sa.Boolean(), nullable=False),
        sa.Column("is_part", sa.Boolean(), nullable=False),
        sa.Column("instead", sa.String(length=200), nullable=False),
        sa.Column("hits", sa.Integer(), nullable=False),
        sa.Column("overturned", sa.Integer(), nullable=False),
        sa.Column("added_by_id", sa.Integer(), nullable=True),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["added_by_id"], ["members.id"], name=op.f("fk_watched_words_added_by_id_members")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_watched_words")),
        sa.UniqueConstraint(
            "pattern",
            "is_regex",
            "language",
            name=op.f("uq_watched_words_pattern_is_regex_language"),
        ),
    )
    op.create_table(
        "bulk_parts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("bulk_act_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("memory", sa.JSON(), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["bulk_act_id"], ["bulk_acts.id"], name=op.f("fk_bulk_parts_bulk_act_id_bulk_acts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bulk_parts")),
    )
    op.create_index(op.f("ix_bulk_parts_bulk_act_id"), "bulk_parts", ["bulk_act_id"], unique=False)
    op.create_table(
        "check_hits",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("check_key", sa.String(length=30), nullable=False),
        sa.Column("mode", sa.String(20), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=True),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("evidence", sa.JSON(), nullable=False),
        sa.Column("on_edit", sa.Boolean(), nullable=False),
        sa.Column("word_id", sa.Integer(), nullable=True),
        sa.Column("hit_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("overturned_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_check_hits_member_id_members")
        ),
        sa.ForeignKeyConstraint(
            ["post_id"], ["posts.id"], name=op.f("fk_check_hits_post_id_posts")
        ),
        sa.ForeignKeyConstraint(
            ["word_id"], ["watched_words.id"], name=op.f("fk_check_hits_word_id_watched_words")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_hits")),
    )
    op.create_index(op.f("ix_check_hits_hit_at"), "check_hits", ["hit_at"], unique=False)
    op.create_index(op.f("ix_check_hits_member_id"), "check_hits", ["member_id"], unique=False)
    op.create_index(op.f("ix_check_hits_post_id"), "check_hits", ["post_id"], unique=False)
    op.create_index(op.f("ix_check_hits_word_id"), "check_hits", ["word_id"], unique=False)
    op.create_table(
        "host_traces",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("host", sa.String(length=120), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("is_newcomer", sa.Boolean(), nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_host_traces_member_id_members")
        ),
        sa.ForeignKeyConstraint(
            ["post_id"], ["posts.id"], name=op.f("fk_host_traces_post_id_posts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_host_traces")),
        sa.UniqueConstraint("host", "post_id", name=op.f("uq_host_traces_host_post_id")),
    )
    op.create_index(
        op.f("ix_host_traces_host_left_at"), "host_traces", ["host", "left_at"], unique=False
    )
    op.create_index(op.f("ix_host_traces_post_id"), "host_traces", ["post_id"], unique=False)
    op.create_table(
        "measures",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("act", sa.String(20), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=True),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("seconds", sa.Integer(), nullable=True),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("rule", sa.String(length=20), nullable=False),
        sa.Column("law", sa.String(length=200), nullable=False),
        sa.Column("found_by", sa.String(20), nullable=False),
        sa.Column("decided_by_automation", sa.Boolean(), nullable=False),
        sa.Column("is_mass_spam", sa.Boolean(), nullable=False),
        sa.Column("language", sa.String(length=5), nullable=False),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lifted_as", sa.String(20), nullable=True),
        sa.Column("lifted_by_id", sa.Integer(), nullable=True),
        sa.Column("lift_reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["actor_id"], ["members.id"], name=op.f("fk_measures_actor_id_members")
        ),
        sa.ForeignKeyConstraint(
            ["lifted_by_id"], ["members.id"], name=op.f("fk_measures_lifted_by_id_members")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_measures_member_id_members")
        ),
        sa.ForeignKeyConstraint(["post_id"], ["posts.id"], name=op.f("fk_measures_post_id_posts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_measures")),
    )
    op.create_index(
        op.f("ix_measures_lifted_at_ends_at"), "measures", ["lifted_at", "ends_at"], unique=False
    )
    op.create_index(
        op.f("ix_measures_member_id_taken_at"), "measures", ["member_id", "taken_at"], unique=False
    )
    op.create_index(
        op.f("ix_measures_post_id_lifted_at"), "measures", ["post_id", "lifted_at"], unique=False
    )
    op.create_index(op.f("ix_measures_taken_at"), "measures", ["taken_at"], unique=False)
    op.create_table(
        "review_items",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("subject_key", sa.String(length=40), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=True),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("product_id", sa.Integer(), nullable=True),
        sa.Column("lang", sa.String(length=5), nullable=False),
        sa.Column("score", sa.Double(), nullable=False),
        sa.Column("own_score", sa.Double(), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("decision", sa.String(20), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("found", sa.JSON(), nullable=False),
        sa.Column("claimed_by_id", sa.Integer(), nullable=True),
        sa.Column("claimed_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decision_note", sa.Text(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reminders", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["claimed_by_id"], ["members.id"], name=op.f("fk_review_items_claimed_by_id_members")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["members.id"], name=op.f("fk_review_items_decided_by_id_members")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_review_items_member_id_members")
        ),
        sa.ForeignKeyConstraint(
            ["post_id"], ["posts.id"], name=op.f("fk_review_items_post_id_posts")
        ),
        sa.ForeignKeyConstraint(
            ["product_id"], ["products.id"], name=op.f("fk_review_items_product_id_products")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_items")),
    )
    op.create_index(op.f("ix_review_items_member_id"), "review_items", ["member_id"], unique=False)
    op.create_index(op.f("ix_review_items_post_id"), "review_items", ["post_id"], unique=False)
    op.create_index(
        op.f("ix_review_items_state_decided_at"),
        "review_items",
        ["state", "decided_at"],
        unique=False,
    )
    op.create_index(
        op.f("ix_review_items_state_opened_at"),
        "review_items",
        ["state", "opened_at"],
        unique=False,
    )
    op.create_index(
        op.f("ix_review_items_state_score"), "review_items", ["state", "score"], unique=False
    )
    op.create_index(
        "uq_review_items_waiting",
        "review_items",
        ["subject_key", "kind"],
        unique=True,
        sqlite_where=sa.text("state = 'pending'"),
        postgresql_where=sa.text("state = 'pending'"),
    )
    op.create_table(
        "spam_lessons",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("is_spam", sa.Boolean(), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["members.id"], name=op.f("fk_spam_lessons_decided_by_id_members")
        ),
        sa.ForeignKeyConstraint(
            ["post_id"], ["posts.id"], name=op.f("fk_spam_lessons_post_id_posts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_spam_lessons")),
        sa.UniqueConstraint("post_id", name=op.f("uq_spam_lessons_post_id")),
    )
    op.create_table(
        "text_traces",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("exact", sa.String(length=32), nullable=False),
        sa.Column("first", sa.Integer(), nullable=False),
        sa.Column("second", sa.Integer(), nullable=False),
        sa.Column("third", sa.Integer(), nullable=False),
        sa.Column("fourth", sa.Integer(), nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_text_traces_member_id_members")
        ),
        sa.ForeignKeyConstraint(
            ["post_id"], ["posts.id"], name=op.f("fk_text_traces_post_id_posts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_text_traces")),
        sa.UniqueConstraint("post_id", name=op.f("uq_text_traces_post_id")),
    )
    op.create_index(op.f("ix_text_traces_exact"), "text_traces", ["exact"], unique=False)
    op.create_index(op.f("ix_text_traces_first"), "text_traces", ["first"], unique=False)
    op.create_index(op.f("ix_text_traces_fourth"), "text_traces", ["fourth"], unique=False)
    op.create_index(op.f("ix_text_traces_left_at"), "text_traces", ["left_at"], unique=False)
    op.create_index(op.f("ix_text_traces_member_id"), "text_traces", ["member_id"], unique=False)
    op.create_index(op.f("ix_text_traces_second"), "text_traces", ["second"], unique=False)
    op.create_index(op.f("ix_text_traces_third"), "text_traces", ["third"], unique=False)
    op.create_table(
        "appeals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("measure_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("appealed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("is_upheld", sa.Boolean(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["members.id"], name=op.f("fk_appeals_decided_by_id_members")
        ),
        sa.ForeignKeyConstraint(
            ["measure_id"], ["measures.id"], name=op.f("fk_appeals_measure_id_measures")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_appeals_member_id_members")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appeals")),
        sa.UniqueConstraint("measure_id", name=op.f("uq_appeals_measure_id")),
    )
    op.create_index(op.f("ix_appeals_decided_at"), "appeals", ["decided_at"], unique=False)
    op.create_index(op.f("ix_appeals_member_id"), "appeals", ["member_id"], unique=False)
    op.create_table(
        "flags",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("subject_key", sa.String(length=40), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=True),
        sa.Column("about_id", sa.Integer(), nullable=False),
        sa.Column("post_version", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(20), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("weight", sa.Double(), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("flagged_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("judged_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["about_id"], ["members.id"], name=op.f("fk_flags_about_id_members")
        ),
        sa.ForeignKeyConstraint(
            ["item_id"], ["review_items.id"], name=op.f("fk_flags_item_id_review_items")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_flags_member_id_members")
        ),
        sa.ForeignKeyConstraint(["post_id"], ["posts.id"], name=op.f("fk_flags_post_id_posts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_flags")),
    )
    op.create_index(op.f("ix_flags_about_id_state"), "flags", ["about_id", "state"], unique=False)
    op.create_index(op.f("ix_flags_item_id"), "flags", ["item_id"], unique=False)
    op.create_index(
        op.f("ix_flags_member_id_flagged_at"), "flags", ["member_id", "flagged_at"], unique=False
    )
    op.create_index(
        op.f("ix_flags_subject_key_reason_judged_at"),
        "flags",
        ["subject_key", "reason", "judged_at"],
        unique=False,
    )
    op.create_index(
        "uq_flags_waiting",
        "flags",
        ["member_id", "subject_key", "reason"],
        unique=True,
        sqlite_where=sa.text("state = 'pending'"),
        postgresql_where=sa.text("state = 'pending'"),
    )
    op.create_table(
        "review_steps",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"], ["review_items.id"], name=op.f("fk_review_steps_item_id_review_items")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_review_steps_member_id_members")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_steps")),
    )
    op.create_index(op.f("ix_review_steps_item_id"), "review_steps", ["item_id"], unique=False)
    op.create_table(
        "unlawful_notices",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(length=500), nullable=False),
        sa.Column("ground", sa.String(20), nullable=False),
        sa.Column("law", sa.String(length=200), nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("language", sa.String(length=5), nullable=False),
        sa.Column("secret", sa.String(length=43), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"], ["review_items.id"], name=op.f("fk_unlawful_notices_item_id_review_items")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unlawful_notices")),
        sa.UniqueConstraint("secret", name=op.f("uq_unlawful_notices_secret")),
    )
    op.create_index(
        op.f("ix_unlawful_notices_item_id"), "unlawful_notices", ["item_id"], unique=False
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_unlawful_notices_item_id"), table_name="unlawful_notices")
    op.drop_table("unlawful_notices")
    op.drop_index(op.f("ix_review_steps_item_id"), table_name="review_steps")
    op.drop_table("review_steps")
    op.drop_index(
        "uq_flags_waiting",
        table_name="flags",
        sqlite_where=sa.text("state = 'pending'"),
        postgresql_where=sa.text("state = 'pending'"),
    )
    op.drop_index(op.f("ix_flags_subject_key_reason_judged_at"), table_name="flags")
    op.drop_index(op.f("ix_flags_member_id_flagged_at"), table_name="flags")
    op.drop_index(op.f("ix_flags_item_id"), table_name="flags")
    op.drop_index(op.f("ix_flags_about_id_state"), table_name="flags")
    op.drop_table("flags")
    op.drop_index(op.f("ix_appeals_member_id"), table_name="appeals")
    op.drop_index(op.f("ix_appeals_decided_at"), table_name="appeals")
    op.drop_table("appeals")
    op.drop_index(op.f("ix_text_traces_third"), table_name="text_traces")
    op.drop_index(op.f("ix_text_traces_second"), table_name="text_traces")
    op.drop_index(op.f("ix_text_traces_member_id"), table_name="text_traces")
    op.drop_index(op.f("ix_text_traces_left_at"), table_name="text_traces")
    op.drop_index(op.f("ix_text_traces_fourth"), table_name="text_traces")
    op.drop_index(op.f("ix_text_traces_first"), table_name="text_traces")
    op.drop_index(op.f("ix_text_traces_exact"), table_name="text_traces")
    op.drop_table("text_traces")
    op.drop_table("spam_lessons")
    op.drop_index(
        "uq_review_items_waiting",
        table_name="review_items",
        sqlite_where=sa.text("state = 'pending'"),
        postgresql_where=sa.text("state = 'pending'"),
    )
    op.drop_index(op.f("ix_review_items_state_score"), table_name="review_items")
    op.drop_index(op.f("ix_review_items_state_opened_at"), table_name="review_items")
    op.drop_index(op.f("ix_review_items_state_decided_at"), table_name="review_items")
    op.drop_index(op.f("ix_review_items_post_id"), table_name="review_items")
    op.drop_index(op.f("ix_review_items_member_id"), table_name="review_items")
    op.drop_table("review_items")
    op.drop_index(op.f("ix_measures_taken_at"), table_name="measures")
    op.drop_index(op.f("ix_measures_post_id_lifted_at"), table_name="measures")
    op.drop_index(op.f("ix_measures_member_id_taken_at"), table_name="measures")
    op.drop_index(op.f("ix_measures_lifted_at_ends_at"), table_name="measures")
    op.drop_table("measures")
    op.drop_index(op.f("ix_host_traces_post_id"), table_name="host_traces")
    op.drop_index(op.f("ix_host_traces_host_left_at"), table_name="host_traces")
    op.drop_table("host_traces")
    op.drop_index(op.f("ix_check_hits_word_id"), table_name="check_hits")
    op.drop_index(op.f("ix_check_hits_post_id"), table_name="check_hits")
    op.drop_index(op.f("ix_check_hits_member_id"), table_name="check_hits")
    op.drop_index(op.f("ix_check_hits_hit_at"), table_name="check_hits")
    op.drop_table("check_hits")
    op.drop_index(op.f("ix_bulk_parts_bulk_act_id"), table_name="bulk_parts")
    op.drop_table("bulk_parts")
    op.drop_table("watched_words")
    op.drop_index(op.f("ix_staff_notes_member_id"), table_name="staff_notes")
    op.drop_table("staff_notes")
    op.drop_table("rules_versions")
    op.drop_index(op.f("ix_bulk_acts_member_id"), table_name="bulk_acts")
    op.drop_index(op.f("ix_bulk_acts_began_at"), table_name="bulk_acts")
    op.drop_table("bulk_acts")
    op.drop_table("blocked_hosts")
    op.drop_index(op.f("ix_address_traces_ends_at"), table_name="address_traces")
    op.drop_index(op.f("ix_address_traces_address_key"), table_name="address_traces")
    op.drop_table("address_traces")
    op.drop_table("acceptances")
    op.drop_table("spam_models")
    op.drop_table("checks")
