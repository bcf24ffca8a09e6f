"""Settings: how the window looks and when it locks, the own service, one's own profile, and what this program is."""

from dataclasses import replace

from PySide6.QtWidgets import QWidget

from csa_desk.casework import service
from csa_desk.casework.about import Part, parts, version
from csa_desk.records.vault import Practitioner
from csa_desk.settings import LONGEST_IDLE, TEXT_SIZES
from csa_desk.ui.pages.settings.asked import LOOK, PROFILE, SCHEMES, SERVICE
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

# Profile fields that hold several lines: one thing on each.
_SEVERAL = ("age_groups", "qualifications")


class SettingsPage(Page):
    """Everything is saved when a field is left; there is no button."""

    rail = "settings"

    def __init__(self, session: Session, place: Place) -> None:
        super().__init__(session, place)
        self.body = PageBody()
        self.column.addWidget(self.body, 1)
        title = PageTitle("Settings", "Each thing is saved when you choose it or leave it.")
        self.saved = Saved()
        session.saved.connect(self.saved.set_saved)
        session.draft_kept.connect(self.saved.set_draft)
        title.trailing.addWidget(self.saved)
        self.body.add(title)
        self._look()
        self._service()
        self._profile()
        self._about()
        self.body.finish()

    def focus_first(self) -> None:
        """The text size."""
        self.look.focus_on("text_size")

    # --- how it looks, on this computer ---------------------------------------------------------------------

    def _look(self) -> None:
        card = Card("This computer", note="For every vault opened here")
        self.look = Form()
        for spec in LOOK:
            self.look.add(spec)
        chosen = self.session.settings
        self.look.set_value("text_size", str(chosen.text_size))
        self.look.set_value("scheme", chosen.scheme)
        self.look.set_value("idle_minutes", str(chosen.idle_minutes))
        self.look.answered.connect(self._look_changed)
        self.session.watch_form(self.look, "settings/look")
        card.add(self.look)
        self.body.add(card)

    def _look_changed(self, key: str, value: object) -> None:
        chosen = self.session.settings
        if key == "text_size" and str(value) in {str(size) for size in TEXT_SIZES}:
            chosen = replace(chosen, text_size=int(str(value)))
        elif key == "scheme" and value in {name for name, _ in SCHEMES}:
            chosen = replace(chosen, scheme=str(value))
        elif key == "idle_minutes" and isinstance(value, int) and 1 <= value <= LONGEST_IDLE:
            chosen = replace(chosen, idle_minutes=value)
            self.session.drop_draft(self.look, key)
        if chosen == self.session.settings:
            return
        # The window builds the page anew in its new look; the keyboard stays at this field.
        focused = self.session.focused()[0]
        self.place = Place("settings", field=focused or key)
        self.session.settings = chosen
        self.session.changed.emit()

    # --- own service and profile, in the vault --------------------------------------------------------------

    def _service(self) -> None:
        card = Card("Your service", note="Kept in this vault. It stands in prints.")
        self.service = Form()
        now = self.session.desk.own_service()
        for spec in SERVICE:
            self.service.add(spec)
            self.service.set_value(spec.key, getattr(now, spec.key))
        self.service.answered.connect(self._service_changed)
        self.session.watch_form(self.service, "settings/service")
        card.add(self.service)
        self.body.add(card)

    def _service_changed(self, key: str, value: object) -> None:
        done = self.session.attempt(service.change_service, self.session.desk, **{key: str(value)})
        if done is not None:
            self.session.drop_draft(self.service, key)
            self.session.changed.emit()

    def _profile(self) -> None:
        card = Card("About you", note="Kept in this vault")
        self.profile = Form()
        now = self.session.desk.practitioner()
        for spec in PROFILE:
            self.profile.add(spec)
            self.profile.set_value(spec.key, _shown(now, spec.key))
        self.profile.answered.connect(self._profile_changed)
        self.session.watch_form(self.profile, "settings/profile")
        card.add(self.profile)
        self.body.add(card)

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

    def _about(self) -> None:
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
        self.body.add(card)

    def _fill_parts(self) -> None:
        for part in parts():
            self.licences.add(_part_row(part))


def _shown(profile: Practitioner, key: str) -> object:
    found = getattr(profile, key)
    return "\n".join(found) if isinstance(found, tuple) else found


def _part_row(part: Part) -> QWidget:
    if part.text is None:
        return Words(f"{part.name}, for {part.use}: {part.licence}")
    drawer = Drawer(f"{part.name}, for {part.use}", part.licence, inset=0)
    drawer.add(Words(part.text.read_text("utf-8"), "small", "muted"))
    return drawer
