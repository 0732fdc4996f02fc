"""Several platforms: an academy's homes, where an organiser's right comes from, and what adapters find again."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("workspaces", sa.Column("claimed", sa.Text(), nullable=False, server_default=sa.text("''")))
    op.add_column("members", sa.Column("role_from", sa.Text(), nullable=False, server_default=sa.text("''")))
    op.add_column("members", sa.Column("shares_email", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_table(
        "installations",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("external", sa.Text(), nullable=False),
        sa.Column("platform", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("gone_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name="fk_installations_workspace_id"),
        sa.PrimaryKeyConstraint("workspace_id", "external", name="pk_installations"),
    )
    op.create_index("uq_installations_external", "installations", ["external"], unique=True)
    # Every academy keeps the home that it has, and a frozen one has lost it.
    op.execute(
        """
        INSERT INTO installations (workspace_id, external, platform, name, position, gone_at)
        SELECT id, external,
               CASE WHEN external LIKE 'team:%' OR external LIKE 'enterprise:%' THEN 'slack'
                    WHEN external LIKE 'guild:%' THEN 'discord'
                    WHEN external = 'local' THEN 'web' ELSE external END,
               name, 0, frozen_at
        FROM workspaces
        """
    )
    op.create_table(
        "landmarks",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("platform", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("value_sealed", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name="fk_landmarks_workspace_id"),
        sa.PrimaryKeyConstraint("workspace_id", "platform", "kind", "key", name="pk_landmarks"),
    )
    op.create_table(
        "drafts",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("platform", sa.Text(), nullable=False),
        sa.Column("user", sa.Text(), nullable=False),
        sa.Column("wire", sa.Text(), nullable=False),
        sa.Column("body_sealed", sa.Text(), nullable=False),
        sa.Column("step", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name="fk_drafts_workspace_id"),
        sa.PrimaryKeyConstraint("workspace_id", "platform", "user", "wire", name="pk_drafts"),
    )
    op.create_table(
        "codes",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("finder", sa.Text(), nullable=False),
        sa.Column("proof", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("platform", sa.Text(), nullable=False),
        sa.Column("user", sa.Text(), nullable=False),
        sa.Column("good_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("missed", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name="fk_codes_workspace_id"),
        sa.ForeignKeyConstraint(
            ["workspace_id", "member_id"],
            ["members.workspace_id", "members.id"],
            name="fk_codes_workspace_id_member_id",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "finder", name="pk_codes"),
    )
    op.create_index("ix_codes_finder", "codes", ["finder"])
    op.create_table(
        "lines",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("intro_id", sa.Uuid(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("to_id", sa.Uuid(), nullable=False),
        sa.Column("text_sealed", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name="fk_lines_workspace_id"),
        sa.ForeignKeyConstraint(
            ["workspace_id", "intro_id"],
            ["intros.workspace_id", "intros.id"],
            name="fk_lines_workspace_id_intro_id",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name="pk_lines"),
    )
    op.create_index("ix_lines_workspace_id_intro_id", "lines", ["workspace_id", "intro_id"])
    op.create_index("ix_lines_workspace_id_author_id", "lines", ["workspace_id", "author_id"])


def downgrade() -> None:
    for table in ("lines", "codes", "drafts", "landmarks", "installations"):
        op.drop_table(table)
    op.drop_column("members", "shares_email")
    op.drop_column("members", "role_from")
    op.drop_column("workspaces", "claimed")
