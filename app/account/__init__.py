from app.account import (
    cards,
    confirming,
    correcting,
    data,
    erasing,
    invitation,
    officers,
    recovering,
    second_person,
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
    "erasing",
    "invitation",
    "officers",
    "recovering",
    "second_person",
    "setting_up",
    "signing_in",
]
