"""The flask commands: migrate, read tables, show the demo, delete what is over, do the jobs."""

import json
from locale import getlocale
from pathlib import Path

import click
from flask import Flask, current_app
from flask.cli import AppGroup
from flask_babel import force_locale
from flask_babel import gettext as _

from app import db
from app.errors import Refused, sentence

REFUSED = 2

importing = AppGroup("import", help="Read a table from a file: all of it or nothing.")


def init_app(app: Flask) -> None:
    """Register the commands."""
    for command in (migrate, setup, demo, retain, work):
        app.cli.command(command.__name__)(command)
    app.cli.add_command(importing)


def migrate() -> None:
    """Bring the database to the newest schema."""
    from app import migrating

    migrating.migrate(current_app.extensions["engine"])


@click.option("--area", prompt="Gebiet / area", help="Name or slug, as in app/roster/areas.csv.")
@click.option("--name", prompt="Name", help="Who becomes the first administrator.")
@click.option("--mail", prompt="E-Mail", help="The address this person signs in with.")
@click.option("--way-back", help="The reason why somebody who lost every access gets a new one.")
def setup(area: str, name: str, mail: str, way_back: str | None) -> None:
    """Make the first administrator and print the link that sets up the access."""
    from app import migrating
    from app.account import first_officer
    from app.roster import importing_areas

    migrating.migrate(current_app.extensions["engine"])
    with force_locale(_terminal_language()):
        try:
            with db.writing() as held:
                if first_officer.is_nobody_here(held):
                    importing_areas.import_areas(held, importing_areas.FILE.read_text())
                if way_back is None:
                    link = first_officer.settle(held, area, name, mail)
                else:
                    link = first_officer.lead_back(held, area, name, mail, way_back)
        except first_officer.SetUpRefused as refusal:
            click.echo(str(refusal), err=True)
            raise click.exceptions.Exit(REFUSED) from None
        click.echo(_("Dieser Link gilt 7 Tage. Damit richtet %(name)s den Zugang ein:", name=name))
        click.echo(f"  {link}")


@click.option("--ensure", is_flag=True, help="Load what is missing and print nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line.")
def demo(ensure: bool, as_json: bool) -> None:
    """Load invented people and print links that sign in as some of them."""
    from app.demo import loading, show

    with force_locale(_terminal_language()):
        try:
            loading.ensure()
        except loading.NotDemo as refusal:
            click.echo(str(refusal), err=True)
            raise click.exceptions.Exit(REFUSED) from None
        except Refused as refusal:
            click.echo(sentence(refusal.code, refusal.facts), err=True)
        if not ensure:
            _print_links(show.links(), as_json=as_json)


@importing.command("areas")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def import_areas(file: Path) -> None:
    """Store the areas of a CSV file by their slug."""
    from app.roster import importing_areas

    with force_locale(_terminal_language()):
        text = _text_of(file)
        try:
            with db.writing() as held:
                counts = importing_areas.import_areas(held, text)
        except importing_areas.AreasRefused as refusal:
            for fault in refusal.faults:
                click.echo(str(fault), err=True)
            raise click.exceptions.Exit(REFUSED) from None
        click.echo(
            _(
                "Gebiete: %(new)d neu, %(changed)d geändert, %(unchanged)d unverändert.",
                new=counts.new,
                changed=counts.changed,
                unchanged=counts.unchanged,
            )
        )
        if counts.ignored:
            click.echo(_("Nicht gelesene Spalten: %(names)s", names=", ".join(counts.ignored)))


@importing.command("roster")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--body", "body_id", type=int, required=True, help="The number of the body.")
@click.option("--leaving", is_flag=True, help="Who is not in the file leaves.")
@click.option("--dry-run", is_flag=True, help="Print what would change and store nothing.")
@click.option("--yes", is_flag=True, help="Store it without asking.")
def import_roster(file: Path, body_id: int, leaving: bool, dry_run: bool, yes: bool) -> None:
    """Bring the roster of a body to what a CSV or XLSX file says."""
    from app.roster import from_terminal

    with force_locale(_terminal_language()):
        try:
            found = from_terminal.look(file.read_bytes(), body_id, leaving=leaving)
            for sentence_ in found.sentences():
                click.echo(sentence_)
            if found.may_be_stored and not dry_run and (yes or _is_agreed()):
                found.store()
                click.echo(_("Die ganze Datei ist übernommen."))
        except from_terminal.RosterRefused as refusal:
            for reason in refusal.reasons:
                click.echo(reason, err=True)
            raise click.exceptions.Exit(REFUSED) from None


def _is_agreed() -> bool:
    return click.confirm(_("Die ganze Datei übernehmen?"))


@click.option("--preview", is_flag=True, help="Print what would be deleted and delete nothing.")
def retain(preview: bool) -> None:
    """Delete what was kept long enough, as the page /datenschutz says it."""
    from app import jobs, retention, worker

    with force_locale(_terminal_language()):
        if not preview:
            worker.run(jobs.forget_again)
        with db.trying() if preview else db.writing() as held:
            counts = retention.apply(held, retention.RULES, db.clock(held))
        click.echo(_("Würde gelöscht:") if preview else _("Gelöscht:"))
        for name, rule in retention.RULES.items():
            click.echo(f"  {counts[name].total():>6}  {rule.what}")


def work() -> None:
    """Send mail, close and count rounds and forget what is over, until told to stop."""
    from app import worker

    worker.work_until_stopped()


def _text_of(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        click.echo(_("Die Datei ist nicht in UTF-8 geschrieben."), err=True)
        raise click.exceptions.Exit(REFUSED) from None


def _terminal_language() -> str:
    return "de" if (getlocale()[0] or "").startswith("de") else "en"


def _print_links(links: list[dict[str, str]], *, as_json: bool) -> None:
    if as_json:
        for link in links:
            click.echo(json.dumps(link, ensure_ascii=False))
        return
    click.echo(_("Zum Ausprobieren, 24 Stunden lang (alle Personen sind erfunden):"))
    for link in links:
        click.echo(f"  {link['role']:<11} {link['name']:<24} {link['sign_in_url']}")
