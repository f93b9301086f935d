"""The roster as a file to download."""

from flask import Response

from app import db, looking_up
from app.body import day_of
from app.policy import Action, requires
from app.roster import exporting, standing
from app.roster.routes import blueprint, running

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@blueprint.get("/bodies/<int:body_id>/export.csv")
@requires(Action.EDIT_ROSTER)
def export_csv(body_id: int) -> Response:
    return _file(exporting.as_csv(_table(body_id)), "text/csv; charset=utf-8", "csv")


@blueprint.get("/bodies/<int:body_id>/export.xlsx")
@requires(Action.EDIT_ROSTER)
def export_xlsx(body_id: int) -> Response:
    return _file(exporting.as_xlsx(_table(body_id)), XLSX, "xlsx")


def _table(body_id: int) -> list[list[str]]:
    held = db.session()
    body, term = running(held, body_id)
    found = standing.load(held, body, term, db.clock(held))
    table = exporting.table(found)
    looking_up.note("export", {each.member_id for each in found.links if not found.is_over(each)})
    return table


def _file(content: bytes, mimetype: str, ending: str) -> Response:
    response = Response(content, content_type=mimetype)
    day = day_of(db.clock(db.session()))
    response.headers["Content-Disposition"] = f"attachment; filename=roster-{day}.{ending}"
    return response
