"""How often something may be tried.  Counted in rows and saved apart from the step that it guards."""

from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import case, delete, update
from sqlalchemy.dialects import postgresql, sqlite

from tourism_odr.db import db, unit_of_work
from tourism_odr.people import keys
from tourism_odr.people.models import RateLimit


class Limit(NamedTuple):
    """So many tries in so long."""

    tries: int
    window: timedelta


QUARTER = timedelta(minutes=15)
HOUR = timedelta(hours=1)

SIGN_IN_ACCOUNT = Limit(10, QUARTER)  # from devices not seen before, all together
SIGN_IN_DEVICE = Limit(10, QUARTER)  # from one device of this person: others cannot use it up
SIGN_IN_ADDRESS = Limit(40, QUARTER)
SECOND_FACTOR = Limit(5, QUARTER)
LOOK_UP = Limit(5, QUARTER)  # case number with contact, secret links, printed codes
LOOK_UP_ADDRESS = Limit(20, QUARTER)  # a wrong secret from one address
SEND_CODE = Limit(3, HOUR)  # to one contact, asked for without signing in
CONFIRM_CODE = Limit(10, HOUR)  # to one person who is signed in


def allow(bucket: str, key: str, at: datetime, limit: int, window: timedelta) -> bool:
    """Count one try and say whether it is still within ``limit``.  Call it outside of a unit of work.

    The window opens with the first try, so a change of the hour gives nobody a second set.
    """
    with unit_of_work():
        return count(bucket, key, at, Limit(limit, window))


def count(bucket: str, key: str, at: datetime, limit: Limit) -> bool:
    """``allow`` inside the caller's unit of work, for what counts only when it is done (a complaint that is lodged)."""
    session, window = db.session(), limit.window
    values = {"bucket": bucket, "key_digest": keys.digest("limit", key), "until": at + window, "count": 1}
    lapsed = RateLimit.until <= at
    changed = {
        "count": case((lapsed, 1), else_=RateLimit.count + 1),
        "until": case((lapsed, at + window), else_=RateLimit.until),
    }
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    statement = insert(RateLimit).values(values)
    counted = session.scalar(
        statement.on_conflict_do_update(
            index_elements=[RateLimit.bucket, RateLimit.key_digest], set_=changed
        ).returning(RateLimit.count)
    )
    return counted is not None and counted <= limit.tries


def within(bucket: str, key: str, at: datetime, limit: Limit) -> bool:
    """``allow`` with one of the limits above."""
    return allow(bucket, key, at, limit.tries, limit.window)


def give_back(bucket: str, key: str) -> None:
    """A try that succeeded does not count, so that an office behind one address can sign in."""
    with unit_of_work() as session:
        session.execute(
            update(RateLimit)
            .where(RateLimit.bucket == bucket, RateLimit.key_digest == keys.digest("limit", key))
            .where(RateLimit.count > 0)
            .values(count=RateLimit.count - 1)
        )


def forget_lapsed(at: datetime) -> None:
    """Drop counts whose window is over; inside the caller's unit of work."""
    db.session.execute(delete(RateLimit).where(RateLimit.until <= at))
