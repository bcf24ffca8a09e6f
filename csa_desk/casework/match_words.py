"""What matching found, as lines of text: for the command line and for what is copied beside the phone."""

from collections.abc import Iterator, Sequence

from csa_desk.casework.match_lines import Outcome, Verdict
from csa_desk.casework.matching import Fit, Matched

HEADINGS = {
    Verdict.FITS: "Fits",
    Verdict.ASK: "Ask first",
    Verdict.NEARLY: "Nearly fits",
    Verdict.NOT: "Does not fit",
}
OUTCOMES = {Outcome.FITS: "fits", Outcome.NOT: "does not fit", Outcome.ASK: "ask", Outcome.READ: "read"}


def in_lines(matched: Matched, *, misfits: bool) -> Iterator[str]:
    """Every service with each of its criteria, best first, and the counts. Misfits are counted, and named on demand."""
    for verdict, heading in HEADINGS.items():
        found = matched.of(verdict)
        if not found or (verdict == Verdict.NOT and not misfits):
            continue
        yield f"{heading} ({len(found)})"
        for fit in found:
            who = fit.candidate
            yield f"  {who.name or 'No name'}  ({fit.agency or 'no agency named'})  {who.service}"
            yield from (f"    {OUTCOMES[line.outcome]}: {line.words}" for line in fit.lines)
    yield f"Services: {len(matched.fits)}. {matched.in_words}."
    if matched.counts[Verdict.NOT] and not misfits:
        yield "Name those that do not fit, and why, with --all."


def phone_list(fits: Sequence[Fit]) -> str:
    """What to ask each service, to have beside the phone: no child is named in it."""
    parts = []
    for fit in fits:
        head = fit.candidate.name + (f", {fit.agency}" if fit.agency else "")
        parts.append("\n".join((head, *(f"- {question}" for question in fit.questions))))
    return "\n\n".join(parts)
