"""Which columns of which tables somebody sees of the own data, each with its word."""

from app.account.section.member import SECTIONS
from app.account.section.officer import OFFICER_COLUMNS, OFFICER_SECTIONS
from app.account.section.shape import Section

__all__ = ["OFFICER_COLUMNS", "OFFICER_SECTIONS", "SECTIONS", "Section"]
