"""What stands at the right of the status bar: jobs, whether all is saved, who, and the lock."""

import time
from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QMenu, QWidget

from ocgdesk.domain.people import User
from ocgdesk.domain.reference_data import label
from ocgdesk.i18n import _
from ocgdesk.ui.jobs import Job, Jobs
from ocgdesk.ui.shell.values import StatusPart

SHOW_JOB_AFTER: Final = 1.0
"""Seconds; shorter jobs are never shown."""


def long_jobs(jobs: Jobs) -> list[Job]:
    """Return the jobs that have a title and have run long enough to be shown."""
    begun = time.monotonic() - SHOW_JOB_AFTER
    return [job for job in jobs.running if job.title and job.began <= begun]


def key_of(job: Job) -> str:
    """Return the key of a job's part of the bar."""
    return f"job:{id(job)}"


def show_menu(jobs: Jobs, cancel: Callable[[str], None], over: QWidget) -> None:
    """Offer each job that runs to be cancelled: the way by keyboard."""
    menu = QMenu(over)
    for job in long_jobs(jobs):
        words = _("Cancel: {job}").format(job=job.title)
        menu.addAction(words).triggered.connect(partial(_chosen, cancel, key_of(job)))
    menu.aboutToHide.connect(menu.deleteLater)
    menu.popup(QCursor.pos())


def _chosen(cancel: Callable[[str], None], key: str, _checked: object = None) -> None:
    cancel(key)


def parts(
    jobs: Jobs, user: User, *, writable: bool, seconds_left: int | None
) -> tuple[StatusPart, ...]:
    """Return the window's own parts; ``seconds_left`` until it locks, None where it never does."""
    roles = ", ".join(sorted(label("user-roles", role.value) for role in user.roles))
    return (
        *(_job(job) for job in long_jobs(jobs)),
        StatusPart(
            key="saved",
            words=_("All saved") if writable else _("Read only"),
            icon="status.saved",
        ),
        StatusPart(key="user", words=f"{user.display} · {roles}", icon="status.user"),
        StatusPart(
            key="lock",
            words=_lock(seconds_left),
            icon="status.unlocked",
            hint=_("Lock now (Ctrl+L)"),
        ),
    )


def _job(job: Job) -> StatusPart:
    return StatusPart(
        key=key_of(job),
        words=job.title,
        icon="status.job",
        hint=_("Choose to cancel"),
        percent=min(100, job.percent),
        can_cancel=True,
    )


def _lock(seconds_left: int | None) -> str:
    if seconds_left is None:
        return _("Lock")
    return _("Locks in {n} min").format(n=max(1, -(-seconds_left // 60)))
