"""What an organiser's wishes cost a round; nothing is known of the rounds before."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("rounds", sa.Column("costs", sa.JSON(), nullable=True))


def downgrade() -> None:
    op.drop_column("rounds", "costs")
