"""What browsers run here, with its hashes from the log, and the checker to keep."""

from flask import Response, abort

from app import asset, bundle, db
from app.policy import Action, requires
from app.public import area as areas
from app.public.page import download, page
from app.public.routes import blueprint


@blueprint.get("/gebiet/<slug>/programme")
@requires(Action.READ_PUBLIC)
def bundles(slug: str) -> Response:
    held = db.session()
    area = areas.find(held, slug)
    if area is None:
        abort(404)
    return page("public/bundles.html", area=area, history=bundle.logged(held, area))


@blueprint.get("/pruefprogramm.html")
@requires(Action.READ_PUBLIC)
def saved_checker() -> Response:
    return download(asset.read("checker.html"), "kiezvotum-pruefen.html", "text/html")
