"""Who asked for an announcement to go out, what a second organiser said to it, and what a draft corrects."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("asked_by", "decided_by", "corrects"):
        op.add_column("announcements", sa.Column(name, sa.Uuid(), nullable=True))
    op.add_column(
        "announcements", sa.Column("declined_sealed", sa.Text(), nullable=False, server_default=sa.text("''"))
    )


def downgrade() -> None:
    for name in ("declined_sealed", "corrects", "decided_by", "asked_by"):
        op.drop_column("announcements", name)
