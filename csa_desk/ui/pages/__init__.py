"""The pages, by key. Each is imported when it is first gone to, so that Today starts light."""

from importlib import import_module

from csa_desk.casework.rights import Right
from csa_desk.ui.shell.page import Page
from csa_desk.ui.shell.place import Place
from csa_desk.ui.shell.session import Session

PAGES: dict[str, tuple[str, str]] = {
    "today": ("today.page", "TodayPage"),
    "children": ("children.page", "ChildrenPage"),
    "add-child": ("children.adding", "AddChildPage"),
    "overview": ("child.overview", "OverviewPage"),
    "assessment": ("assessment.tasks", "AssessmentPage"),
    "section": ("assessment.section", "SectionPage"),
    "check-answers": ("assessment.check", "CheckAnswersPage"),
    "team": ("team.page", "TeamPage"),
    "match": ("match.page", "MatchPage"),
    "therapy": ("therapy.page", "TherapyPage"),
    "plan": ("plan.page", "PlanPage"),
    "print": ("plan.preview", "PrintPage"),
    "consent": ("consent.page", "ConsentPage"),
    "notes": ("notes.page", "NotesPage"),
    "history": ("child.history", "HistoryPage"),
    "keeping": ("child.keeping", "KeepingPage"),
    "strike": ("child.striking", "StrikePage"),
    "removals": ("removals.page", "RemovalsPage"),
    "access": ("access.page", "AccessPage"),
    "access-copy": ("access.copy", "AccessCopyPage"),
    "archive": ("access.archive", "ArchivePage"),
    "directory": ("directory.page", "DirectoryPage"),
    "same": ("directory.same", "SamePage"),
    "ring": ("directory.ring", "RingPage"),
    "agreements": ("directory.agreements", "AgreementsPage"),
    "maps": ("maps.page", "MapsPage"),
    "full-cards": ("guidance.full_screen", "FullScreenCards"),
    "guidance": ("guidance.page", "GuidancePage"),
    "role-card": ("guidance.role", "RoleCardPage"),
    "settings": ("settings.page", "SettingsPage"),
    "doctor": ("doctor.page", "DoctorPage"),
    "loss": ("doctor.loss", "LossPage"),
}
"""Page key → module below this package, and class."""


NEEDED: dict[str, Right] = {
    "children": Right.OPEN_FILES,
    "add-child": Right.ADD_CHILDREN,
    "print": Right.PRINT,
    "ring": Right.OPEN_FILES,
    "strike": Right.STRIKE,
    "access": Right.ANSWER_ACCESS,
    "access-copy": Right.ANSWER_ACCESS,
    "archive": Right.ARCHIVE,
}
"""Page key → what somebody needs to open it. Every page of a child's file needs ``OPEN_FILES`` first."""

TO_READ = ("assessment", "section")
"""Pages of questions: who may not record answers reads them all on one page instead."""


def build(session: Session, place: Place) -> Page:
    """The page of a place. Raises :class:`~csa_desk.errors.DeskError` where what it shows is not there."""
    page_key = place.page
    wanted = [Right.OPEN_FILES] if place.case else []
    wanted += [NEEDED[page_key]] if page_key in NEEDED else []
    for right in wanted:
        if not session.may(right):
            from csa_desk.ui.pages.rights.told import NotYoursPage

            return NotYoursPage(session, place, right, "today" if page_key == "today" else "children")
    if page_key in TO_READ and not session.may(Right.ASSESS):
        page_key = "check-answers"
    module, name = PAGES[page_key]
    page: Page = getattr(import_module(f"{__name__}.{module}"), name)(session, place)
    return page
