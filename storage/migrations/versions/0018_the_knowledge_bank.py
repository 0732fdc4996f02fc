"""The knowledge bank, and what finds its notes by their words."""

import sqlalchemy as sa
from alembic import op

from storage.bank_search import POSTGRES_INDEX, SQLITE_INDEX

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

_TERM = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "bank_notes",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("took_part", sa.JSON(), nullable=False),
        sa.Column("audience", sa.Text(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("themes", sa.JSON(), nullable=False),
        sa.Column("sectors", sa.JSON(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("links_sealed", sa.Text(), nullable=False),
        sa.Column("worked", sa.BigInteger(), nullable=False),
        sa.Column("terms", sa.Text(), nullable=False),
        sa.Column("tokens", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name="fk_bank_notes_workspace_id"),
        sa.PrimaryKeyConstraint("workspace_id", "id", name="pk_bank_notes"),
    )
    op.create_index("ix_bank_notes_seq", "bank_notes", ["seq"])
    op.create_index("ix_bank_notes_workspace_id_audience_seq", "bank_notes", ["workspace_id", "audience", "seq"])
    op.create_table(
        "bank_terms",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("term", _TERM, nullable=False),
        sa.Column("mirror", _TERM, nullable=False),
        sa.Column("notes", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name="fk_bank_terms_workspace_id"),
        sa.PrimaryKeyConstraint("workspace_id", "term", name="pk_bank_terms"),
    )
    op.create_index("ix_bank_terms_workspace_id_mirror", "bank_terms", ["workspace_id", "mirror"])
    _hangs_on_a_note(
        "bank_trials",
        sa.Column("note_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        keys=("note_id", "member_id"),
    )
    op.create_index("ix_bank_trials_workspace_id_member_id", "bank_trials", ["workspace_id", "member_id"])
    _hangs_on_a_note(
        "bank_vectors",
        sa.Column("note_id", sa.Uuid(), nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("vectors", sa.LargeBinary(), nullable=False),
        keys=("note_id",),
    )
    op.create_table(
        "bank_withdrawn",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name="fk_bank_withdrawn_workspace_id"),
        sa.PrimaryKeyConstraint("workspace_id", "id", name="pk_bank_withdrawn"),
    )
    for statement in SQLITE_INDEX if op.get_bind().dialect.name == "sqlite" else POSTGRES_INDEX:
        op.execute(sa.text(statement.replace(":", "\\:")))


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE bank_search")
    for table in ("bank_withdrawn", "bank_vectors", "bank_trials", "bank_terms", "bank_notes"):
        op.drop_table(table)


def _hangs_on_a_note(table: str, *columns: "sa.Column[object]", keys: tuple[str, ...]) -> None:
    op.create_table(
        table,
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        *columns,
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=f"fk_{table}_workspace_id"),
        sa.ForeignKeyConstraint(
            ["workspace_id", "note_id"],
            ["bank_notes.workspace_id", "bank_notes.id"],
            name=f"fk_{table}_workspace_id_note_id",
        ),
        sa.PrimaryKeyConstraint("workspace_id", *keys, name=f"pk_{table}"),
    )
