"""Voting without an own phone: papers, their two enterers, votes that people count."""

from flask import Blueprint

blueprint = Blueprint("paper", __name__, url_prefix="/paper")
