"""The schema goes up and down with data in it, and is what the models say, on both databases."""

from datetime import date

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import CheckConstraint, Engine, MetaData, insert, inspect, select, text
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, SQLModel

from app import db, models
from app.migrating import migrate
from app.models import Area, Body, Member
from tests.migrations import rows

TABLES = SQLModel.metadata.sorted_tables
AREA = {"id": 1, "slug": "anger", "name": "Anger", "bezirk": "Mitte", "office_address": "Anger 1"}
OLD = {
    "area": {**AREA, "office_hours": "", "office_phone": "", "office_mail": ""},
    "body": {"id": 1, "area_id": 1, "kind": "council", "name": "Quartiersrat"},
    "officer": {"id": 1, "area_id": 1, "name": "A", "role": "moderator", "is_demo": False},
}


@pytest.fixture
def empty(empty_database_url):
    """A database without tables."""
    made = db.connect(empty_database_url)
    yield made
    made.dispose()


@pytest.fixture
def engine(own_database_url):
    """A migrated database for one test to change."""
    made = db.connect(own_database_url)
    yield made
    made.dispose()


def tables(engine: Engine) -> set[str]:
    return set(inspect(engine).get_table_names()) - {"alembic_version"}


def test_migrating_again_changes_nothing(engine):
    rows.fill(engine)
    before = rows.dump(engine)
    migrate(engine)
    assert rows.dump(engine) == before


def test_down_and_up_with_a_row_in_every_table(empty):
    """Native enums of PostgreSQL would outlive the tables."""
    wanted = {table.name for table in TABLES}
    migrate(empty)
    assert tables(empty) == wanted
    rows.fill(empty)
    assert all(rows.dump(empty).values()), "a table has no row"
    migrate(empty, "base")
    assert tables(empty) == set()
    if empty.dialect.name == "postgresql":
        assert inspect(empty).get_enums() == []
    migrate(empty)
    assert tables(empty) == wanted
    assert not any(rows.dump(empty).values())
    rows.fill(empty)


def test_models_and_migrations_agree(engine):
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), SQLModel.metadata) == []


def test_a_forgotten_column_is_noticed(engine):
    """The control: the comparison above can fail."""
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE mail DROP COLUMN tries"))
    with engine.connect() as connection:
        found = compare_metadata(MigrationContext.configure(connection), SQLModel.metadata)
    assert [(change[0], change[2], change[3].name) for change in found] == [
        ("add_column", "mail", "tries")
    ]


def test_check_constraints_agree(engine):
    """`compare_metadata` does not look at these."""
    inspector = inspect(engine)
    for table in TABLES:
        wanted = {str(each.name) for each in table.constraints if isinstance(each, CheckConstraint)}
        assert {each["name"] for each in inspector.get_check_constraints(table.name)} == wanted


def test_every_constraint_and_index_has_a_name(engine):
    inspector = inspect(engine)
    for table in TABLES:
        named = [
            *inspector.get_foreign_keys(table.name),
            *inspector.get_unique_constraints(table.name),
            inspector.get_pk_constraint(table.name),
        ]
        assert all(each["name"] for each in named), table.name


def test_a_row_cannot_point_into_another_area(engine):
    rows.fill(engine)
    with Session(engine) as held:
        held.add(rows.area("anderswo", id=2))
        held.flush()
        body = held.exec(select(Body.id)).scalars().one()
        held.add(models.Meeting(id=2, area_id=2, body_id=body, starts_at=rows.NOON, place="x"))
        with pytest.raises(IntegrityError, match=r"(?i)foreign key"):
            held.flush()


def test_a_choice_takes_its_own_values_only(engine):
    rows.fill(engine)
    with engine.begin() as connection, pytest.raises(IntegrityError, match=r"(?i)check"):
        connection.execute(text("UPDATE body SET kind = 'choir'"))


def test_times_come_back_in_utc(engine):
    rows.fill(engine)
    with Session(engine) as held:
        for meeting in held.exec(select(models.Meeting)).scalars():
            assert meeting.starts_at == rows.NOON
            assert meeting.starts_at.utcoffset().total_seconds() == 0


@pytest.mark.drill
def test_ids_start_again_after_a_downgrade(empty):
    for _ in range(2):
        migrate(empty)
        with Session(empty) as held:
            held.add(rows.area("hier"))
            held.flush()
            held.add(Member(area_id=held.exec(select(Area.id)).scalars().one(), name="A"))
            held.commit()
            assert held.exec(select(Area.id)).scalars().all() == [1]
        migrate(empty, "base")


def test_rules_that_were_in_force_stay_in_force(empty):
    migrate(empty, "0001")
    values = {"id": 1, "area_id": 1, "body_id": 1, "version": 1, "entered_by": 1}
    with empty.begin() as connection:
        old = MetaData()
        old.reflect(connection)
        for name, row in OLD.items():
            connection.execute(insert(old.tables[name]).values(row))
        connection.execute(
            insert(old.tables["rules_of_procedure"]).values(
                parameters={"quorum.rule": "half"}, adopted_at=rows.NOON, **values
            )
        )
    migrate(empty)
    with Session(empty) as held:
        rules = held.exec(select(models.RulesOfProcedure)).scalars().one()
        assert (rules.state, rules.valid_from) == ("adopted", rows.NOON.date())
        assert rules.parameters == {"quorum.rule": "half"}
        held.add(Body(id=2, area_id=1, kind="selection_body", name="Auswahl"))
        held.flush()


def test_boxes_of_before_get_the_day_that_their_rules_say(empty):
    migrate(empty, "0020")
    rules = {"area_id": 1, "body_id": 1, "adopted_at": rows.NOON, "entered_by": 1}
    kept = {1: {"archive.keep_months": 3}, 2: {"quorum.rule": "half"}}
    term = {"id": "t", "area_id": 1, "body_id": 1}
    term |= {"starts_on": date(2026, 1, 1), "ends_on": date(2026, 11, 30)}
    ways = {"kept": (1, "secret"), "endless": (2, "secret"), "by_hand": (1, "open")}
    with empty.begin() as connection:
        old = MetaData()
        old.reflect(connection)
        for name, row in [*OLD.items(), ("term", term)]:
            connection.execute(insert(old.tables[name]).values(row))
        for number, parameters in kept.items():
            row = rules | {"id": number, "version": number, "parameters": parameters}
            connection.execute(insert(old.tables["rules_of_procedure"]).values(row))
        for name, (number, secrecy) in ways.items():
            row = {"id": name, "area_id": 1, "body_id": 1, "term_id": "t", "rules_id": number}
            row |= {"secrecy": secrecy, "state": "closed", "created_at": rows.NOON}
            connection.execute(insert(old.tables["round"]).values(row))
    migrate(empty)
    with Session(empty) as held:
        found = dict(held.execute(select(models.Round.id, models.Round.box_ends_on)).all())
    assert found == {"kept": date(2027, 2, 28), "endless": None, "by_hand": None}


@pytest.mark.drill
def test_who_counted_before_is_one_of_two(empty):
    migrate(empty, "0026")
    numbers = dict.fromkeys(("yes", "no", "abstain", "present"), 3) | {"question_id": "q"}
    term = {"id": "t", "area_id": 1, "body_id": 1}
    term |= {"starts_on": date(2026, 1, 1), "ends_on": date(2026, 11, 30)}
    round_ = {"id": "r", "area_id": 1, "body_id": 1, "term_id": "t", "created_at": rows.NOON}
    question = {"id": "q", "area_id": 1, "round_id": "r", "matter": "other", "position": 1}
    question |= {"wording": {"de": "Ja?"}, "options": {"de": []}, "conditions": []}
    question |= {"digest": "", "state": "listed"}
    with empty.begin() as connection:
        old = MetaData()
        old.reflect(connection)
        filled = [*OLD.items(), ("officer", OLD["officer"] | {"id": 2}), ("term", term)]
        filled += [("round", round_ | {"secrecy": "open", "state": "open"}), ("question", question)]
        filled += [("hand_count", numbers | {"area_id": 1, "officer_id": each}) for each in (1, 2)]
        filled.append(("paper_set", {"area_id": 1, "round_id": "r", "first_id": 2}))
        for name, row in filled:
            connection.execute(insert(old.tables[name]).values(row))
    migrate(empty, "0027")
    with empty.begin() as connection:
        new = MetaData()
        new.reflect(connection)
        counts, enterers = new.tables["count_entry"], new.tables["paper_enterer"]
        found = connection.execute(select(counts.c.place, counts.c.officer_id, counts.c.yes))
        assert sorted(found.all()) == [(1, 1, 3), (2, 2, 3)]
        found = connection.execute(select(enterers.c.place, enterers.c.officer_id))
        assert found.all() == [(1, 2)]
