"""Score cards, projects, how placements ended, and sealed observations."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from shared import audit

revision = "matching_0024"
down_revision = "matching_0023"
branch_labels = None
depends_on = None

KINDS = ("jobs", "apprentices", "placements")


def _id(name: str = "id") -> sa.Column[object]:
    return sa.Column(name, sa.Uuid(), nullable=False)


def upgrade() -> None:
    op.create_table(
        "csr_assessment",
        _id(),
        _id("company_id"),
        sa.Column("assessed_on", sa.Date(), nullable=False),
        sa.Column("assessed_by", sa.String(), nullable=False),
        sa.Column("assessed_name", sa.String(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("evidence", postgresql.ARRAY(sa.String()), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_csr_assessment")),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name=op.f("fk_csr_assessment_company_id_company")),
    )
    op.create_index(op.f("ix_csr_assessment_company_id"), "csr_assessment", ["company_id"])
    audit.attach("csr_assessment", never=("evidence", "assessed_name"))
    op.create_table(
        "project",
        _id(),
        sa.Column("name", sa.String(), nullable=False),
        _id("company_id"),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("social_clause", sa.Boolean(), nullable=False),
        *(sa.Column(f"{kind}_{end}", sa.Integer(), nullable=True) for kind in KINDS for end in ("min", "max")),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project")),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name=op.f("fk_project_company_id_company")),
    )
    op.create_index(op.f("ix_project_company_id"), "project", ["company_id"])
    audit.attach("project", never=("name",))
    op.create_table(
        "project_part",
        _id(),
        _id("project_id"),
        _id("company_id"),
        *(sa.Column(kind, sa.Integer(), nullable=False) for kind in KINDS),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project_part")),
        sa.UniqueConstraint("project_id", "company_id", name=op.f("uq_project_part_project_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_project_part_project_id_project")),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name=op.f("fk_project_part_company_id_company")),
    )
    op.create_index(op.f("ix_project_part_company_id"), "project_part", ["company_id"])
    audit.attach("project_part")
    op.create_table(
        "project_need",
        _id("need_id"),
        _id("project_id"),
        sa.PrimaryKeyConstraint("need_id", name=op.f("pk_project_need")),
        sa.ForeignKeyConstraint(["need_id"], ["need.id"], name=op.f("fk_project_need_need_id_need")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_project_need_project_id_project")),
    )
    op.create_index(op.f("ix_project_need_project_id"), "project_need", ["project_id"])
    audit.attach("project_need")
    op.create_table(
        "placement_outcome",
        _id("placement_id"),
        sa.Column("version", sa.Integer(), nullable=False),
        _id("citizen_id"),
        _id("company_id"),
        sa.Column("outcome_code", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("placement_id", name=op.f("pk_placement_outcome")),
    )
    for name in ("citizen_id", "company_id"):
        op.create_index(op.f(f"ix_placement_outcome_{name}"), "placement_outcome", [name])
    audit.attach("placement_outcome")
    op.create_table(
        "observation",
        _id(),
        _id("placement_id"),
        _id("citizen_id"),
        sa.Column("sealed", sa.String(), nullable=False),
        sa.Column("told_by", sa.String(), nullable=False),
        sa.Column("noted_by", sa.String(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_observation")),
        sa.ForeignKeyConstraint(["placement_id"], ["placement.id"], name=op.f("fk_observation_placement_id_placement")),
    )
    for name in ("placement_id", "citizen_id"):
        op.create_index(op.f(f"ix_observation_{name}"), "observation", [name])
    audit.attach("observation", never=("sealed",))


def downgrade() -> None:
    for name in ("observation", "placement_outcome", "project_need", "project_part", "project", "csr_assessment"):
        op.drop_table(name)
