"""The pages, by key. Each is imported when it is first gone to, so that Today starts light."""

from importlib import import_module

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
    "therapy": ("therapy.page", "TherapyPage"),
    "plan": ("plan.page", "PlanPage"),
    "print": ("plan.preview", "PrintPage"),
    "consent": ("consent.page", "ConsentPage"),
    "history": ("child.history", "HistoryPage"),
    "directory": ("directory.page", "DirectoryPage"),
    "guidance": ("guidance.page", "GuidancePage"),
    "role-card": ("guidance.role", "RoleCardPage"),
    "settings": ("settings.page", "SettingsPage"),
}
"""Page key → module below this package, and class."""


def build(session: Session, place: Place) -> Page:
    """The page of a place. Raises :class:`~csa_desk.errors.DeskError` where what it shows is not there."""
    module, name = PAGES[place.page]
    page: Page = getattr(import_module(f"{__name__}.{module}"), name)(session, place)
    return page
