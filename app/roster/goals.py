"""The action goals of an area: the whole list is entered anew, older lists stay."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import Any, NamedTuple

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_login import current_user
from flask_wtf import FlaskForm
from sqlmodel import Session, col, select
from werkzeug.wrappers import Response
from wtforms import FieldList, Form

from app import db, one_line
from app.action_goal import newest_goals
from app.body import day_of
from app.models import ActionGoal, Area
from app.policy import Action, requires
from app.roster.routes import blueprint

MOST_GOALS = 20


class Version(NamedTuple):
    """One list of goals and the day on which it was entered, as far as it is known."""

    number: int
    since: date | None
    goals: Sequence[ActionGoal]


class GoalRows(FieldList):
    """The list as it is typed; empty lines are left out."""

    def validate(self, form: Form, extra_validators: Any = ()) -> bool:
        super().validate(form, extra_validators)
        self.errors = [
            gettext("Zeile %(row)d: %(problem)s", row=row, problem=problem)
            for row, entry in enumerate(self.entries, start=1)
            for problem in entry.errors
        ]
        if not self.errors and not self.titles():
            self.errors = [gettext("Bitte schreiben Sie mindestens ein Handlungsziel auf.")]
        if not self.errors and len(set(self.titles())) < len(self.titles()):
            self.errors = [gettext("Ein Handlungsziel steht zweimal in der Liste.")]
        return not self.errors

    def titles(self) -> list[str]:
        return [entry.data for entry in self.entries if entry.data]

    def add(self) -> None:
        """One more empty line."""
        if len(self.entries) < MOST_GOALS:
            self.append_entry()

    def remove(self, row: int) -> None:
        """Take a line out; the last one is only emptied."""
        if 0 <= row < len(self.entries):
            self.pop_entry(row)
        if not self.entries:
            self.append_entry()

    def number(self) -> None:
        """Give each line a name of its own."""
        for row, entry in enumerate(self.entries, start=1):
            entry.label.text = gettext("Ziel %(row)d", row=row)

    def swap(self, row: int) -> None:
        """Exchange a line with the one below."""
        if 0 <= row < len(self.entries) - 1:
            upper, lower = self.entries[row : row + 2]
            upper.data, lower.data = lower.data, upper.data


class GoalsForm(FlaskForm):
    goals = GoalRows(
        one_line.line(_("Handlungsziel"), optional=True),
        label=_("Handlungsziele"),
        min_entries=1,
        max_entries=MOST_GOALS,
    )


@blueprint.route("/area/goals", methods=["GET", "POST"])
@requires(Action.EDIT_ROSTER)
def edit_goals() -> str | Response | tuple[str, int]:
    held = db.session()
    form = GoalsForm(goals=[goal.title for goal in newest_goals(held, current_user.area_id)])
    if _is_about_rows(form.goals) or not form.is_submitted():
        return _page(form)
    if not form.validate():
        return _page(form), 422
    held = db.begin_write()
    if renew(held, current_user.area_id, form.goals.titles(), day_of(db.clock(held))):
        flash(gettext("Die neue Liste gilt ab heute."))
    else:
        flash(gettext("Es hat sich nichts geändert."))
    return redirect(url_for(".area"), 303)


def _page(form: GoalsForm) -> str:
    form.goals.number()
    return render_template("roster/edit_goals.html", form=form, most=MOST_GOALS)


def renew(held: Session, area_id: int, titles: Sequence[str], today: date) -> bool:
    """Enter a list as the next version, unless it is the newest one already."""
    held.exec(select(Area).where(Area.id == area_id).with_for_update()).one()
    newest = newest_goals(held, area_id)
    if [goal.title for goal in newest] == list(titles):
        return False
    version = newest[0].version + 1 if newest else 1
    for position, title in enumerate(titles, start=1):
        held.add(
            ActionGoal(
                area_id=area_id, version=version, since=today, position=position, title=title
            )
        )
    held.flush()
    return True


def older_versions(held: Session, area_id: int) -> list[Version]:
    """Every list but the newest, the latest first."""
    found = held.exec(
        select(ActionGoal)
        .where(ActionGoal.area_id == area_id)
        .order_by(col(ActionGoal.version).desc(), col(ActionGoal.position))
    )
    by_version = groupby(found, key=lambda goal: goal.version)
    lists = [(number, list(goals)) for number, goals in by_version]
    return [Version(number, goals[0].since, goals) for number, goals in lists[1:]]


def _is_about_rows(rows: GoalRows) -> bool:
    """Whether a button of the list was pressed; then nothing is saved."""
    act, _colon, row = request.form.get("row", "").partition(":")
    at = int(row) if row.isdecimal() else -1
    if act == "add":
        rows.add()
    elif act == "remove":
        rows.remove(at)
    elif act in ("up", "down"):
        rows.swap(at - 1 if act == "up" else at)
    else:
        return False
    return True
