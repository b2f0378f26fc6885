"""The only place that reads the time.  Local days are counted, UTC is stored."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

ZONE = "Asia/Shanghai"


def now() -> datetime:
    """This instant, aware, in UTC."""
    return datetime.now(UTC)


def local_day(at: datetime, zone: str = ZONE) -> date:
    """The calendar day that ``at`` falls on in ``zone``."""
    return at.astimezone(ZoneInfo(zone)).date()


def start_of_day(day: date, zone: str = ZONE) -> datetime:
    """The instant of 00:00 local time that opens ``day``, in UTC."""
    return datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC)


def end_of_day(day: date, zone: str = ZONE) -> datetime:
    """The instant of 24:00 local time that closes ``day``, in UTC (Civil Code art. 203)."""
    return start_of_day(day + timedelta(days=1), zone)
