"""A vault that does not open because it is damaged: restoring its latest backup, or saving what can be read."""

from PySide6.QtCore import Signal

from csa_desk.casework.mending import WayOut
from csa_desk.ui.look import px
from csa_desk.ui.widgets.boxes import Card
from csa_desk.ui.widgets.buttons import Button
from csa_desk.ui.widgets.flow import FlowLayout
from csa_desk.ui.widgets.text import Words


class WayOutCard(Card):
    """Stands under the passphrase, which both ways need; nothing in the damaged vault is changed by either."""

    restore_asked = Signal()
    salvage_asked = Signal()

    def __init__(self, way: WayOut) -> None:
        super().__init__("What you can do", level="h3")
        self.body.setSpacing(px(12))
        about = (
            "Keep the damaged vault as it is. Type the passphrase above, and a new vault is made beside it."
        )
        if way.backup is not None:
            about = f"{about} The latest backup is of {way.made}."
        elif way.salvage:
            about = f"{about} There is no backup in its folder."
        self.add(Words(about))
        flow = FlowLayout(gap=12, row_gap=8)
        self.restore = Button("Restore the latest backup", "secondary", small=True)
        self.restore.clicked.connect(self.restore_asked)
        self.restore.setVisible(way.backup is not None)
        self.salvage = Button("Save what can be read", "quiet", small=True)
        self.salvage.clicked.connect(self.salvage_asked)
        self.salvage.setVisible(way.salvage)
        flow.addWidget(self.restore)
        flow.addWidget(self.salvage)
        self.body.addLayout(flow)
