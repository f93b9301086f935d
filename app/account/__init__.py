from app.account import (
    cards,
    confirming,
    correcting,
    data,
    doubting,
    erasing,
    first_questions,
    invitation,
    officers,
    protecting,
    recovering,
    setting_up,
    signing_in,
)
from app.account.routes import blueprint

__all__ = [
    "blueprint",
    "cards",
    "confirming",
    "correcting",
    "data",
    "doubting",
    "erasing",
    "first_questions",
    "invitation",
    "officers",
    "protecting",
    "recovering",
    "setting_up",
    "signing_in",
]
