"""The first schema."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "workspaces",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("external", sa.Text(), nullable=False),
        sa.Column("options", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_workspaces"),
        sa.UniqueConstraint("external", name="uq_workspaces_external"),
    )
    op.create_table(
        "arrivals",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("arrival", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name="fk_arrivals_workspace_id"),
        sa.PrimaryKeyConstraint("workspace_id", "arrival", name="pk_arrivals"),
    )
    op.create_index("ix_arrivals_workspace_id_at", "arrivals", ["workspace_id", "at"], unique=False)
    op.create_table(
        "blocks",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("other_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name="fk_blocks_workspace_id"),
        sa.PrimaryKeyConstraint("workspace_id", "member_id", "other_id", name="pk_blocks"),
    )
    op.create_table(
        "conversations",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name="fk_conversations_workspace_id"),
        sa.PrimaryKeyConstraint("workspace_id", "id", name="pk_conversations"),
        sa.UniqueConstraint("workspace_id", "key", name="uq_conversations_workspace_id_key"),
    )
    op.create_table(
        "deliveries",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("lane", sa.Text(), nullable=False),
        sa.Column("target", sa.Text(), nullable=False),
        sa.Column("letter", sa.Text(), nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=False),
        sa.Column("not_after", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revises", sa.Uuid(), nullable=True),
        sa.Column("if_in_doubt", sa.Text(), nullable=False),
        sa.Column("occurrence", sa.Uuid(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("attempts", sa.BigInteger(), nullable=False),
        sa.Column("first_tried_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("message_platform", sa.Text(), nullable=True),
        sa.Column("message_value", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("doubt", sa.Boolean(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("owner", sa.Text(), nullable=True),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("due_at IS NULL OR state = 'waiting'", name="ck_deliveries_due_waits"),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name="fk_deliveries_workspace_id"),
        sa.PrimaryKeyConstraint("workspace_id", "id", name="pk_deliveries"),
        sa.UniqueConstraint("workspace_id", "key", name="uq_deliveries_workspace_id_key"),
    )
    op.create_index(
        "ix_deliveries_due",
        "deliveries",
        ["due_at"],
        unique=False,
        sqlite_where=sa.text("due_at IS NOT NULL"),
        postgresql_where=sa.text("due_at IS NOT NULL"),
    )
    op.create_index("ix_deliveries_lane", "deliveries", ["workspace_id", "lane", "state", "place"], unique=False)
    op.create_index(
        "ix_deliveries_lease",
        "deliveries",
        ["lease_until"],
        unique=False,
        sqlite_where=sa.text("lease_until IS NOT NULL"),
        postgresql_where=sa.text("lease_until IS NOT NULL"),
    )
    op.create_index(
        "ix_deliveries_too_late",
        "deliveries",
        ["not_after"],
        unique=False,
        sqlite_where=sa.text("state = 'waiting' AND not_after IS NOT NULL"),
        postgresql_where=sa.text("state = 'waiting' AND not_after IS NOT NULL"),
    )
    op.create_index(
        "uq_deliveries_head",
        "deliveries",
        ["workspace_id", "lane"],
        unique=True,
        sqlite_where=sa.text("due_at IS NOT NULL"),
        postgresql_where=sa.text("due_at IS NOT NULL"),
    )
    op.create_table(
        "lanes",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("lane", sa.Text(), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name="fk_lanes_workspace_id"),
        sa.PrimaryKeyConstraint("workspace_id", "lane", name="pk_lanes"),
    )
    op.create_table(
        "members",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("sector", sa.Text(), nullable=False),
        sa.Column("themes", sa.JSON(), nullable=False),
        sa.Column("needs", sa.JSON(), nullable=False),
        sa.Column("offers", sa.JSON(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("email_sealed", sa.Text(), nullable=False),
        sa.Column("roster_id", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("consent", sa.Text(), nullable=False),
        sa.Column("paused_until", sa.Date(), nullable=True),
        sa.Column("intros_per_round", sa.BigInteger(), nullable=False),
        sa.Column("timezone", sa.Text(), nullable=False),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("consent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("roster_said", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name="fk_members_workspace_id"),
        sa.PrimaryKeyConstraint("workspace_id", "id", name="pk_members"),
    )
    op.create_index(
        "uq_members_roster_id",
        "members",
        ["workspace_id", "roster_id"],
        unique=True,
        sqlite_where=sa.text("roster_id <> ''"),
        postgresql_where=sa.text("roster_id <> ''"),
    )
    op.create_table(
        "occurrences",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("schedule_id", sa.Uuid(), nullable=False),
        sa.Column("nominal", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name="fk_occurrences_workspace_id"),
        sa.PrimaryKeyConstraint("workspace_id", "id", name="pk_occurrences"),
        sa.UniqueConstraint(
            "workspace_id", "schedule_id", "nominal", name="uq_occurrences_workspace_id_schedule_id_nominal"
        ),
    )
    op.create_table(
        "read_marks",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.Column("message_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name="fk_read_marks_workspace_id"),
        sa.PrimaryKeyConstraint("workspace_id", "member_id", "conversation_id", name="pk_read_marks"),
    )
    op.create_table(
        "rounds",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("seed", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("locked", sa.JSON(), nullable=False),
        sa.Column("forbidden", sa.JSON(), nullable=False),
        sa.Column("left_out", sa.JSON(), nullable=False),
        sa.Column("score", sa.Double[float](), nullable=False),
        sa.Column("bound", sa.Double[float](), nullable=False),
        sa.Column("optimal", sa.Boolean(), nullable=False),
        sa.Column("novelty_exhausted", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name="fk_rounds_workspace_id"),
        sa.PrimaryKeyConstraint("workspace_id", "id", name="pk_rounds"),
        sa.UniqueConstraint("workspace_id", "number", name="uq_rounds_workspace_id_number"),
    )
    op.create_table(
        "schedules",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("start", sa.Text(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("catch_up", sa.Text(), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name="fk_schedules_workspace_id"),
        sa.PrimaryKeyConstraint("workspace_id", "id", name="pk_schedules"),
    )
    op.create_index("ix_schedules_next_at", "schedules", ["next_at"], unique=False)
    op.create_table(
        "sectors",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("names", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name="fk_sectors_workspace_id"),
        sa.PrimaryKeyConstraint("workspace_id", "key", name="pk_sectors"),
    )
    op.create_table(
        "themes",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("names", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name="fk_themes_workspace_id"),
        sa.PrimaryKeyConstraint("workspace_id", "key", name="pk_themes"),
    )
    op.create_table(
        "accounts",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("platform", sa.Text(), nullable=False),
        sa.Column("user", sa.Text(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "member_id"],
            ["members.workspace_id", "members.id"],
            name="fk_accounts_workspace_id_member_id",
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name="fk_accounts_workspace_id"),
        sa.PrimaryKeyConstraint("workspace_id", "platform", "user", name="pk_accounts"),
    )
    op.create_index("ix_accounts_workspace_id_member_id", "accounts", ["workspace_id", "member_id"], unique=False)
    op.create_table(
        "intros",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("round_id", sa.Uuid(), nullable=True),
        sa.Column("score", sa.Double[float](), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("room_platform", sa.Text(), nullable=True),
        sa.Column("room_value", sa.Text(), nullable=True),
        sa.Column("repeat", sa.Boolean(), nullable=False),
        sa.Column("locked", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "round_id"], ["rounds.workspace_id", "rounds.id"], name="fk_intros_workspace_id_round_id"
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name="fk_intros_workspace_id"),
        sa.PrimaryKeyConstraint("workspace_id", "id", name="pk_intros"),
    )
    op.create_index("ix_intros_workspace_id_created_at", "intros", ["workspace_id", "created_at"], unique=False)
    op.create_index("ix_intros_workspace_id_round_id", "intros", ["workspace_id", "round_id"], unique=False)
    op.create_index("ix_intros_workspace_id_state", "intros", ["workspace_id", "state"], unique=False)
    op.create_table(
        "messages",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.Column("author", sa.Uuid(), nullable=True),
        sa.Column("body_sealed", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("thread", sa.Uuid(), nullable=True),
        sa.Column("only_for", sa.Uuid(), nullable=True),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "conversation_id"],
            ["conversations.workspace_id", "conversations.id"],
            name="fk_messages_workspace_id_conversation_id",
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name="fk_messages_workspace_id"),
        sa.PrimaryKeyConstraint("workspace_id", "id", name="pk_messages"),
    )
    op.create_index("ix_messages_order", "messages", ["workspace_id", "conversation_id", "at", "id"], unique=False)
    op.create_index(
        "uq_messages_key",
        "messages",
        ["workspace_id", "conversation_id", "key"],
        unique=True,
        sqlite_where=sa.text("key <> ''"),
        postgresql_where=sa.text("key <> ''"),
    )
    op.create_table(
        "participants",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "conversation_id"],
            ["conversations.workspace_id", "conversations.id"],
            name="fk_participants_workspace_id_conversation_id",
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name="fk_participants_workspace_id"),
        sa.PrimaryKeyConstraint("workspace_id", "conversation_id", "position", name="pk_participants"),
    )
    op.create_index(
        "ix_participants_workspace_id_member_id", "participants", ["workspace_id", "member_id"], unique=False
    )
    op.create_table(
        "intro_parts",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("intro_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "intro_id"],
            ["intros.workspace_id", "intros.id"],
            name="fk_intro_parts_workspace_id_intro_id",
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name="fk_intro_parts_workspace_id"),
        sa.PrimaryKeyConstraint("workspace_id", "intro_id", "position", name="pk_intro_parts"),
    )
    op.create_index("ix_intro_parts_workspace_id_member_id", "intro_parts", ["workspace_id", "member_id"], unique=False)


def downgrade() -> None:
    op.drop_table("intro_parts")
    op.drop_table("participants")
    op.drop_table("messages")
    op.drop_table("intros")
    op.drop_table("accounts")
    op.drop_table("themes")
    op.drop_table("sectors")
    op.drop_table("schedules")
    op.drop_table("rounds")
    op.drop_table("read_marks")
    op.drop_table("occurrences")
    op.drop_table("members")
    op.drop_table("lanes")
    op.drop_table("deliveries")
    op.drop_table("conversations")
    op.drop_table("blocks")
    op.drop_table("arrivals")
    op.drop_table("workspaces")
