"""What was on this laptop: what to know and whom to tell when one is lost or stolen."""

from csa_desk.casework import loss
from csa_desk.casework.doctor import Section
from csa_desk.casework.rights import Right
from csa_desk.ui.pages.doctor.page import ReportPage
from csa_desk.ui.widgets.boxes import Card
from csa_desk.ui.widgets.choices import Option
from csa_desk.ui.widgets.form import FieldSpec, Form


class LossPage(ReportPage):
    """Made from this vault: open it on any computer that has a copy."""

    form: Form | None = None
    title = "What was on this laptop"
    about = "For when one is lost or stolen. Look at it on a computer that has a copy of the same vault."
    file_name = "what-was-on-this-laptop.txt"

    def below(self) -> None:
        """Whether the children are named in what is shown and kept."""
        if not self.session.may(Right.OPEN_FILES):
            return
        card = Card()
        self.form = Form()
        self.form.add(
            FieldSpec(
                "names",
                "Children’s names",
                "row",
                "Leave them out unless the service needs them for itself",
                (Option("out", "Leave them out"), Option("in", "Put them in")),
            )
        )
        self.form.set_value("names", "out")
        self.form.answered.connect(self._chosen)
        card.add(self.form)
        self.body.add(card)

    def sections(self) -> list[Section]:
        """Of the open vault."""
        named = self.form is not None and self.form.value("names") == "in"
        return loss.loss_report(self.session.desk, self.session.local_data, names=named)

    def _chosen(self, _key: str, _value: object) -> None:
        self.show_report()
