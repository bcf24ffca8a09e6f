"""Settings: how the window looks and when it locks, the own service, one's own profile, and what this program is."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from csa_desk.casework import service
from csa_desk.casework.about import Part, parts, version
from csa_desk.casework.rights import Right
from csa_desk.records.vault import Practitioner
from csa_desk.settings import TEXT_SIZES
from csa_desk.ui.pages.revealing import Revealing
from csa_desk.ui.pages.settings.asked import LOOK, PROFILE, SCHEMES, SERVICE
from csa_desk.ui.pages.settings.backups import BackupsCard
from csa_desk.ui.pages.settings.checking import CheckCard
from csa_desk.ui.pages.settings.doctor import DoctorCard
from csa_desk.ui.pages.settings.index import GROUPS, SECTIONS, WIDE, Index, InSight
from csa_desk.ui.pages.settings.lock import LockCard
from csa_desk.ui.pages.settings.panels import PanelCard
from csa_desk.ui.pages.settings.passphrase import PassphraseCard
from csa_desk.ui.pages.settings.practitioners import PractitionersCard
from csa_desk.ui.pages.settings.recovery import RecoveryCard
from csa_desk.ui.pages.settings.roles import RolesCard
from csa_desk.ui.shell.page import Page
from csa_desk.ui.shell.place import Place
from csa_desk.ui.shell.session import Session
from csa_desk.ui.widgets.boxes import Card
from csa_desk.ui.widgets.dates import NOT_KNOWN
from csa_desk.ui.widgets.drawer import Drawer
from csa_desk.ui.widgets.form import Form
from csa_desk.ui.widgets.messages import Saved
from csa_desk.ui.widgets.page import PageBody, PageTitle
from csa_desk.ui.widgets.rows import FactRow
from csa_desk.ui.widgets.text import Words

REHEARSE = "rehearse"
"""A place's item: the recovery section, with the sheet's rehearsal open."""
# Of the height beside the page.
_ALL_OF_IT = 100
# Profile fields that hold several lines: one thing on each.
_SEVERAL = ("age_groups", "qualifications")


class SettingsPage(Page):
    """Everything is saved when a field is left; there is no button."""

    rail = "settings"

    def __init__(self, session: Session, place: Place) -> None:
        super().__init__(session, place)
        self.body = PageBody(side_width=WIDE, side_when_narrow="hidden")
        self.column.addWidget(self.body, 1)
        beside = InSight(self.body)
        self.beside = beside.index
        self.beside.chosen.connect(self.show_section)
        if self.body.side is not None:
            self.body.side.addWidget(beside, _ALL_OF_IT)
        title = PageTitle("Settings", "Each thing is saved when you choose it or leave it.")
        self.saved = Saved()
        session.saved.connect(self.saved.set_saved)
        session.draft_kept.connect(self.saved.set_draft)
        title.trailing.addWidget(self.saved)
        self.body.add_top(title)
        self.above = Index(across=True)
        self.above.chosen.connect(self.show_section)
        self.body.add(self.above)
        self.lock = LockCard(session)
        self.lock.changing.connect(self._keep_place)
        self.passphrase = PassphraseCard(session)
        self.recovery = RecoveryCard(session)
        self.practitioners = PractitionersCard(session)
        self.passphrase.ways_changed.connect(self.recovery.refresh)
        self.passphrase.ways_changed.connect(self.practitioners.refresh)
        self.recovery.ways_changed.connect(self.practitioners.refresh)
        self.roles = RolesCard(session)
        self.backups = BackupsCard(session)
        self.check = CheckCard(session)
        self.doctor = DoctorCard(session)
        self.sections: dict[str, QWidget] = {
            "you": self._profile(),
            "passphrase": self.passphrase,
            "recovery": self.recovery,
            "look": self._look(),
            "lock": self.lock,
            "service": self._service(),
            "practitioners": self.practitioners,
            "roles": self.roles,
            "backups": self.backups,
            "check": self.check,
            "doctor": self.doctor,
            "about": self._about(),
        }
        for group, sections in GROUPS:
            self.body.add(Words(group, "small-strong", "muted"))
            for key, _ in sections:
                self.body.add(self.sections[key])
        self.body.finish()

        self.body.narrowed.connect(self._fold)
        self._fold(self.body.narrow)

    def _fold(self, narrow: bool) -> None:
        """In a narrow window the index is at the top of the page."""
        self.above.setVisible(narrow)

    def return_to(self, key: str) -> None:
        """Ask the card whose panel it was."""
        for card in self.findChildren(PanelCard):
            card.return_to(key)

    def focus_first(self) -> None:
        """The index; the section somebody was sent to."""
        if self.place.item in self.sections:
            self.show_section(self.place.item)
            return
        if self.place.item == REHEARSE:
            self.show_section("recovery")
            self.recovery.rehearse()
            return
        index = self.above if self.body.narrow else self.beside
        index.links[SECTIONS[0]].setFocus()

    def show_section(self, key: str) -> None:
        """Show a section from its top, and put the keyboard where its work begins."""
        section = self.sections[key]
        starts = {
            "recovery": self.recovery.start,
            "doctor": self.doctor.start,
            "backups": self.backups.focus_on_backup,
        }
        if key in starts:
            starts[key]()
        else:
            stops = [widget for widget in section.findChildren(QWidget) if _takes_focus(widget, section)]
            if stops:
                stops[0].setFocus()
        Revealing(self.body, section, at_top=True)

    # --- how it looks, on this computer ---------------------------------------------------------------------

    def _look(self) -> Card:
        card = Card("Text and colours", note="For every vault opened here")
        self.look = Form()
        for spec in LOOK:
            self.look.add(spec)
        chosen = self.session.settings
        self.look.set_value("text_size", str(chosen.text_size))
        self.look.set_value("scheme", chosen.scheme)
        self.look.answered.connect(self._look_changed)
        self.session.watch_form(self.look, "settings/look")
        card.add(self.look)
        return card

    def _look_changed(self, key: str, value: object) -> None:
        chosen = self.session.settings
        self.session.drop_draft(self.look, key)
        if key == "text_size" and str(value) in {str(size) for size in TEXT_SIZES}:
            chosen = replace(chosen, text_size=int(str(value)))
        elif key == "scheme" and value in {name for name, _ in SCHEMES}:
            chosen = replace(chosen, scheme=str(value))
        if chosen == self.session.settings:
            return
        self._keep_place(key)
        self.session.settings = chosen
        self.session.changed.emit()

    def _keep_place(self, key: str) -> None:
        """The window builds the page anew with its new settings; the keyboard stays at this field."""
        focused = self.session.focused()[0]
        self.place = Place("settings", field=focused or key)

    # --- own service and profile, in the vault --------------------------------------------------------------

    def _service(self) -> Card:
        card = Card("Your service", note="Kept in this vault. It stands in prints.")
        self.service = Form()
        now = self.session.desk.own_service()
        for spec in SERVICE:
            self.service.add(spec)
            self.service.set_value(spec.key, getattr(now, spec.key))
        if not self.session.may(Right.SERVICE):
            self.service.set_read_only(True)
            card.add(Words(self.session.desk.why_not(Right.SERVICE), "small", "muted"))
        self.service.answered.connect(self._service_changed)
        self.session.watch_form(self.service, "settings/service")
        card.add(self.service)
        return card

    def _service_changed(self, key: str, value: object) -> None:
        done = self.session.attempt(service.change_service, self.session.desk, **{key: str(value)})
        if done is not None:
            self.session.drop_draft(self.service, key)
            self.session.changed.emit()

    def _profile(self) -> Card:
        card = Card("About you", note="Kept in this vault")
        self.profile = Form()
        now = self.session.desk.practitioner()
        for spec in PROFILE:
            self.profile.add(spec)
            self.profile.set_value(spec.key, _shown(now, spec.key))
        if not self.session.may(Right.PRACTITIONERS):
            self.profile.field("profession").set_read_only(True)
        self.profile.answered.connect(self._profile_changed)
        self.session.watch_form(self.profile, "settings/profile")
        card.add(self.profile)
        return card

    def _profile_changed(self, key: str, value: object) -> None:
        kept: object = str(value)
        if key in _SEVERAL:
            kept = tuple(line.strip() for line in str(value).splitlines() if line.strip())
        elif value == NOT_KNOWN:
            kept = ""
        done = self.session.attempt(service.change_profile, self.session.desk, **{key: kept})
        if done is not None:
            self.session.drop_draft(self.profile, key)

    # --- about ----------------------------------------------------------------------------------------------

    def _about(self) -> Card:
        vault = self.session.desk.vault
        card = Card("About CSA Desk", flush=True)
        card.add_row(FactRow("Version", version()))
        kind = "Training: every child in it is invented" if self.session.desk.training else "Live"
        card.add_row(FactRow("Kind of vault", kind))
        card.add_row(FactRow("Where the vault is", str(vault.folder)))
        card.add_row(
            FactRow(
                "Connections",
                "None. The program opens no connection to the internet, and looks for no updates.",
            )
        )
        card.add_row(FactRow("Its own licence", "MIT"))
        drawer = Drawer("What it is made of, and the licences", "", len(parts()))
        drawer.opening.connect(self._fill_parts)
        card.add_row(drawer)
        self.licences = drawer
        return card

    def _fill_parts(self) -> None:
        for part in parts():
            self.licences.add(_part_row(part))


def _takes_focus(widget: QWidget, section: QWidget) -> bool:
    """Whether Tab could go to it, in this section."""
    by_tab = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return by_tab and widget.isEnabled() and widget.isVisibleTo(section)


def _shown(profile: Practitioner, key: str) -> object:
    found = getattr(profile, key)
    return "\n".join(found) if isinstance(found, tuple) else found


def _part_row(part: Part) -> QWidget:
    if part.text is None:
        return Words(f"{part.name}, for {part.use}: {part.licence}")
    drawer = Drawer(f"{part.name}, for {part.use}", part.licence, inset=0)
    drawer.add(Words(part.text.read_text("utf-8"), "small", "muted"))
    return drawer
