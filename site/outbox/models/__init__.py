from outbox.models.mail_check import MailCheck
from outbox.models.old_rows import OldRows
from outbox.models.owed import OwedQuerySet, OwedToOthers, OwedWork, StandingWork, kinds_of_work
from outbox.models.parked_notice import ParkedNotice
from outbox.models.worker import Worker

__all__ = [
    "MailCheck",
    "OldRows",
    "OwedQuerySet",
    "OwedToOthers",
    "OwedWork",
    "ParkedNotice",
    "StandingWork",
    "Worker",
    "kinds_of_work",
]
