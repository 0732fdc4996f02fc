"""Case notes: drafts, what was published, objections, what was sent to a model, and threads that are being read."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

_BELONGING = ("note_people", "note_versions", "note_objections", "note_waiting")


def _here(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=f"fk_{table}_workspace_id")


def _of_note(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["workspace_id", "note_id"], ["notes.workspace_id", "notes.id"], name=f"fk_{table}_workspace_id_note_id"
    )


def upgrade() -> None:
    op.add_column("members", sa.Column("notes_muted", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_table(
        "notes",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("audience", sa.Text(), nullable=False),
        sa.Column("body_sealed", sa.Text(), nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.Column("told", sa.BigInteger(), nullable=False),
        sa.Column("objected", sa.BigInteger(), nullable=False),
        sa.Column("others", sa.BigInteger(), nullable=False),
        sa.Column("schedule_id", sa.Uuid(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("public_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        _here("notes"),
        sa.PrimaryKeyConstraint("workspace_id", "id", name="pk_notes"),
    )
    op.create_index("ix_notes_workspace_id_author_id", "notes", ["workspace_id", "author_id"])
    op.create_index("ix_notes_workspace_id_state", "notes", ["workspace_id", "state"])
    op.create_table(
        "note_people",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("note_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        _here("note_people"),
        _of_note("note_people"),
        sa.PrimaryKeyConstraint("workspace_id", "note_id", "member_id", name="pk_note_people"),
    )
    op.create_index("ix_note_people_workspace_id_member_id", "note_people", ["workspace_id", "member_id"])
    op.create_table(
        "note_versions",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("note_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("body_sealed", sa.Text(), nullable=False),
        sa.Column("audience", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        _here("note_versions"),
        _of_note("note_versions"),
        sa.PrimaryKeyConstraint("workspace_id", "note_id", "number", name="pk_note_versions"),
    )
    op.create_table(
        "note_objections",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("note_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("audience", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason_sealed", sa.Text(), nullable=False),
        _here("note_objections"),
        _of_note("note_objections"),
        sa.PrimaryKeyConstraint(
            "workspace_id", "note_id", "member_id", "version", "audience", name="pk_note_objections"
        ),
    )
    op.create_index("ix_note_objections_workspace_id_member_id", "note_objections", ["workspace_id", "member_id"])
    op.create_table(
        "note_waiting",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("note_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("text_sealed", sa.Text(), nullable=False),
        sa.Column("schedule_id", sa.Uuid(), nullable=False),
        _here("note_waiting"),
        _of_note("note_waiting"),
        sa.PrimaryKeyConstraint("workspace_id", "note_id", name="pk_note_waiting"),
    )
    op.create_table(
        "note_sendings",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("note_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("characters", sa.BigInteger(), nullable=False),
        sa.Column("masked", sa.JSON(), nullable=False),
        _here("note_sendings"),
        sa.PrimaryKeyConstraint("workspace_id", "id", name="pk_note_sendings"),
    )
    op.create_index("ix_note_sendings_workspace_id_at", "note_sendings", ["workspace_id", "at"])
    op.create_table(
        "note_jobs",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("details_sealed", sa.Text(), nullable=False),
        _here("note_jobs"),
        sa.PrimaryKeyConstraint("workspace_id", "id", name="pk_note_jobs"),
    )
    op.create_index("ix_note_jobs_workspace_id_state", "note_jobs", ["workspace_id", "state"])


def downgrade() -> None:
    for table in ("note_jobs", "note_sendings", *reversed(_BELONGING), "notes"):
        op.drop_table(table)
    op.drop_column("members", "notes_muted")
