"""The flask commands: migrate the database, show the demo, work through the timed jobs."""

import json
from locale import getlocale

import click
from flask import Flask, current_app
from flask_babel import force_locale
from flask_babel import gettext as _

from app import db
from app.errors import Refused, sentence

REFUSED = 2


def init_app(app: Flask) -> None:
    """Register the commands."""
    for command in (migrate, demo, work):
        app.cli.command(command.__name__)(command)


def migrate() -> None:
    """Bring the database to the newest schema."""
    db.migrate(current_app.extensions["engine"])


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


def work() -> None:
    """Send mail, close and count rounds and forget what is over, until told to stop."""
    from app import jobs

    jobs.work_until_stopped()


def _terminal_language() -> str:
    return "de" if (getlocale()[0] or "").startswith("de") else "en"


def _print_links(links: list[dict[str, str]], *, as_json: bool) -> None:
    if as_json:
        for link in links:
            click.echo(json.dumps(link, ensure_ascii=False))
        return
    click.echo(_("Zum Ausprobieren, 24 Stunden lang (alle Personen sind erfunden):"))
    for link in links:
        click.echo(f"  {link['role']:<10} {link['name']:<24} {link['sign_in_url']}")
