"""Who wants no announcements, which of them wait for the morning, and when a schedule is over."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("schedules", sa.Column("not_after", sa.Text(), nullable=False, server_default=sa.text("''")))
    op.add_column("announcements", sa.Column("waits", sa.Text(), nullable=False, server_default=sa.text("'no'")))
    op.add_column("members", sa.Column("announcements_muted", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    op.drop_column("members", "announcements_muted")
    op.drop_column("announcements", "waits")
    op.drop_column("schedules", "not_after")
