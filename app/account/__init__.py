from app.account import (
    cards,
    confirming,
    doubting,
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
    "doubting",
    "invitation",
    "officers",
    "protecting",
    "recovering",
    "setting_up",
    "signing_in",
]
