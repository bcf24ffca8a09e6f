"""Two pages that hold every widget in every state: for pictures, and for tests that go through all of them."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from csa_desk.ui.widgets.boxes import Banner, Card, FoldedText, QuietBox, TintCard
from csa_desk.ui.widgets.buttons import Button, FilterButton, IconButton, LinkButton
from csa_desk.ui.widgets.choices import Option
from csa_desk.ui.widgets.flow import FlowLayout
from csa_desk.ui.widgets.form import FieldSpec, Form
from csa_desk.ui.widgets.marks import Chip, IconMark, SourceChip
from csa_desk.ui.widgets.messages import Empty, ErrorSummary
from csa_desk.ui.widgets.page import PageBody, PageTitle
from csa_desk.ui.widgets.progress import ProgressBar, WorkBar
from csa_desk.ui.widgets.rows import FactRow, KnownRow, TaskRow
from csa_desk.ui.widgets.table import Cell, Column, Row, Table
from csa_desk.ui.widgets.text import Elided, Words
from csa_desk.ui.widgets.timeline import Stage, Timeline

TRUST = """She goes to Miss Ellis at lunch. Likes that Miss Ellis does not ask questions, and lets her draw.

Also the art teacher.
And one more line."""

STAGES = [
    Stage("reported", "Reported", "2 Oct", "done"),
    Stage("interview", "Interview", "15 Oct", "done"),
    Stage("investigation", "Investigation", "now", "now"),
    Stage("charging", "Charging decision"),
    Stage("court", "Court"),
    Stage("after", "After"),
]


def flow(*widgets: QWidget) -> QWidget:
    """Widgets in a row that wraps."""
    holder = QWidget()
    layout = FlowLayout(holder)
    for widget in widgets:
        layout.addWidget(widget)
    return holder


def widgets_page() -> PageBody:
    """Everything that is not a field."""
    body = PageBody(side_width=290)
    title = PageTitle("Tuesday 24 November", "Three things need you today.")
    title.trailing.addWidget(Button("Add a task", icon="plus"))
    body.add(title)
    body.add(
        Banner(
            "warn",
            "Safe contact.",
            "Call mum’s mobile only, weekdays 10 to 2. No voicemail. No letters home. Code word set.",
            icon="shield-warning",
            link="See the whole rule",
            outlined=True,
        )
    )
    body.add(
        flow(
            Button("Continue", "primary"),
            Button("Sit-beside view", icon="users"),
            Button("Chose not to say", "quiet", "hand-palm", small=True),
            Button("Still right", icon="check", small=True),
            Button("Withdraw", "danger"),
            IconButton("caret-left", "Page before"),
            LinkButton("All 9 tasks"),
        )
    )
    chosen = FilterButton("For Rowan, C-0417", opens=True)
    chosen.setChecked(True)
    body.add(flow(chosen, FilterButton("Kind of help", opens=True), FilterButton("All in this vault", 37)))
    body.add(
        flow(
            Chip("Known, do not ask again", "ok", "check"),
            Chip("To check: told 6 weeks ago", "warn", "clock-countdown"),
            Chip("1 open", "tint"),
            Chip("Stage: investigation", "info", "scales"),
            Chip("C-0417"),
            Chip("Not asked yet", "outline"),
            Chip("Sealed", "sealed", "lock-key"),
            SourceChip("Carer", "12 Nov 2026", "Priya Nair", "carer"),
        )
    )
    due = Card("Due today", count=3, flush=True)
    due.add_row(
        TaskRow(
            "Call Rowan’s mum about Friday’s visit",
            "Rowan Bramley, C-0417. Promised on Thursday.",
            warning="Mum’s mobile only. No voicemail.",
            icon="phone",
            when="Before 14:00",
        )
    )
    due.add_row(
        TaskRow(
            "Reply to the police about a request for notes",
            "Dafydd Llwyd, C-0398. Two of five steps done.",
            icon="file-text",
            tone="warn",
            when="Due today",
            when_tone="warn",
        )
    )
    due.add_row(
        TaskRow(
            "Safe contact",
            chips=[("3 known", "words", ""), ("1 to check", "warn", ""), ("1 open", "tint", "")],
        )
    )
    due.add_row(TaskRow("About Rowan and how she communicates", chips=[("Known", "ok", "check")]))
    body.add(due)
    bar = ProgressBar(legend=True)
    bar.set_parts(23, 6, 12)
    body.add(bar)
    journey = Card("Justice journey", link="Open")
    journey.add(Timeline(STAGES, "Justice journey"))
    body.add(journey)
    strip = Card()
    strip.add(Timeline(STAGES, "Stages", choosing=True))
    body.add(strip)
    table = Table(
        "Children",
        [
            Column("Child"),
            Column("Age", 56, drop=2),
            Column("Stage", 162, drop=1),
            Column("Assessment", 164),
            Column("Contact", 130, drop=3),
        ],
        two_lines=True,
        chevron=True,
    )
    table.set_rows(
        [
            Row(
                "a",
                [
                    Cell("Rowan Bramley", "C-0417", bold=True, marks=[(6, 2)]),
                    Cell("9"),
                    Cell(chip=("Investigation", "info", "")),
                    Cell("23 of 41 known", progress=(23, 6, 41)),
                    Cell(chip=("Rule", "warn", "shield-warning")),
                ],
            ),
            Row(
                "b",
                [
                    Cell("Bronwen Tŷ-Gwyn", "C-0409 · agency: Brookside Therapy", bold=True),
                    Cell("15"),
                    Cell(chip=("Not reported", "plain", "")),
                    Cell("38 of 41 known", progress=(38, 0, 41)),
                    Cell(),
                ],
            ),
        ]
    )
    table.set_sorted(0)
    table.choose("a")
    body.add(table)
    known = Card(flush=True)
    row = KnownRow(
        "Which school does Rowan go to?", "Oakridge Primary, Year 5", SourceChip("Carer", "12 Nov 2026")
    )
    row.add_right(Chip("Known, do not ask again", "ok", "check"))
    row.add_right(Button("Change", "quiet", small=True))
    known.add_row(row)
    check = KnownRow(
        "How many days does she get there?",
        "About three days a week",
        SourceChip("File", "9 Oct 2026", kind="file"),
    )
    check.add_right(Chip("To check: told 6 weeks ago", "warn", "clock-countdown"))
    check.add_right(Button("Change", "quiet", small=True), Button("Still right", icon="check", small=True))
    known.add_row(check)
    known.add_row(FactRow("Voicemail", "No voicemail, for now", LinkButton("Change")))
    body.add(known)
    body.add(
        FoldedText(
            "A note from school about a hard day",
            "May be hard to read, so it is folded. 6 lines, 9 October 2026, from the file.",
            "A grey day.",
        )
    )
    opened = FoldedText(
        "Another note",
        "May be hard to read, so it is folded. 1 line.",
        "She did not want to go in, and sat by the gate until lunch.",
    )
    body.add(opened)
    quiet = QuietBox()
    quiet.add(Words("Rowan chose not to say", "strong"))
    quiet.add(Words("That is an answer. Nobody needs to ask again unless she brings it up.", "body", "muted"))
    body.add(quiet)
    work = WorkBar()
    work.set_work("Checking the backup", 40, 100)
    body.add(work)
    body.add(Empty("No children in this vault yet", "Children you support are listed here.", "users"))
    side = TintCard("Carry on where you stopped", "bookmark-simple")
    side.add(Words("Rowan’s assessment", "h2"))
    side.add(Words("School and learning, question 3 of 6. One answer is half written."))
    side.body.addWidget(Button("Continue", "primary"), 0, Qt.AlignmentFlag.AlignLeft)
    body.add_side(side)
    body.add_side(Banner("ok", "Backup proved", "Opened and checked at 10:40.", icon="check-circle"))
    body.add_side(
        Banner(
            "tint",
            "Therapy does not wait for the case",
            "Rowan’s wellbeing decides when it starts.",
            icon="heart",
        )
    )
    body.add_side(Banner("warn", "Two things to look at before you sign off", "May we leave a voicemail?"))
    more = Card("Needs a look", level="h3", link="All")
    line = QHBoxLayout()
    line.addWidget(IconMark("git-merge", "warn"), 0, Qt.AlignmentFlag.AlignTop)
    line.addWidget(LinkButton("1 guidance pack is past its review date", "strong", underline=False), 1)
    more.body.addLayout(line)
    more.add(Words("x" * 90, "small", "muted"))
    more.add(Elided("A single line that is certainly longer than this card is wide", "small"))
    more.add(Words("<b>Not bold</b> & {{ name }} 😀 שלום مرحبا", "small"))
    body.add_side(more)
    body.finish()
    return body


def form_page() -> PageBody:
    """Every kind of field."""
    body = PageBody(side_width=290)
    body.add(PageTitle("Add a child"))
    summary = ErrorSummary()
    body.add(summary)
    form = Form()
    form.add(FieldSpec("name", "Name to use on screen", hint="A first name or a code is enough."))
    form.add(
        FieldSpec("birth", "Birth date", "date", "Needed for age limits of services. For example 27 3 2016.")
    )
    form.add(
        FieldSpec(
            "nation",
            "Where does the child live?",
            "one_of",
            "Duties and guidance differ.",
            [Option("e", "England"), Option("w", "Wales")],
            inline=True,
        )
    )
    form.add(
        FieldSpec(
            "who",
            "Who is telling you?",
            "row",
            "",
            [Option("c", "Rowan"), Option("m", "Carer"), Option("o", "Another worker"), Option("f", "File")],
        )
    )
    form.add(
        FieldSpec(
            "safe",
            "How safe does school feel to Rowan?",
            "scale",
            "A word or a drawing is as good as a number.",
            label_role="h2",
        )
    )
    helps = [
        "Knowing which adult to go to",
        "A quiet place at break",
        "Starting later some days",
        "Help with missed work",
        "Being told before plans change",
        "Something else",
    ]
    form.add(
        FieldSpec(
            "help",
            "What would help at school?",
            "many_of",
            "Choose all that Rowan would like.",
            [Option(str(n), w) for n, w in enumerate(helps)],
            label_role="h2",
        )
    )
    form.add(FieldSpec("voicemail", "May we leave a voicemail?", "yes_no"))
    form.add(
        FieldSpec(
            "edition",
            "Edition",
            "one_of",
            "",
            [
                Option("child", "Child, 8 to 12", "Short words, my plan"),
                Option("carer", "Carer", "What mum needs to know"),
            ],
        )
    )
    form.add(
        FieldSpec(
            "trust",
            "Who does Rowan trust at school?",
            "lines",
            "A name and what they do is enough. Not what was said.",
            optional=True,
        )
    )
    form.add(
        FieldSpec(
            "lead",
            "Who leads?",
            "person",
            options=[Option("1", "Jo Adeyemi, Linden House"), Option("2", "Beth Lyle, Eastmere")],
        )
    )
    form.add(
        FieldSpec(
            "for", "Who is it for?", "pick", options=[Option("1", "Rowan, handed over on Friday’s visit")]
        )
    )
    form.add(FieldSpec("pass", "Passphrase", "secret", "Capital letters and spaces count."))
    form.add(FieldSpec("days", "Days a week", "number", width="day"))
    form.add(FieldSpec("shown", "Code", read_only=True, width="code"))
    body.add(form)
    form.set_value("name", "Rowan")
    form.restore_draft("birth", "14/13/2017", 4)
    form.set_value("who", "c")
    form.set_value("safe", 6)
    form.set_value("help", ("0", "1", "4"))
    form.set_value("edition", "child")
    form.set_value(
        "trust",
        TRUST,
    )
    form.set_value("pass", "four words in a row")
    form.set_value("shown", "7K2M9Q")
    form.set_error("birth", "Month must be between 1 and 12")
    form.set_error("nation", "Choose England or Wales")
    summary.show_problems(
        [("birth", "Month must be between 1 and 12"), ("nation", "Choose England or Wales")]
    )
    danger = Card("Withdraw consent", level="h3")
    danger.add(
        Words(
            "School will no longer be told anything. Three tasks will be made to tell them.", "body", "muted"
        )
    )
    danger.add(flow(Button("Withdraw", "danger"), Button("Keep it", "quiet")))
    body.add_side(danger)
    body.finish()
    return body
