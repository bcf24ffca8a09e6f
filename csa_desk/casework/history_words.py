"""What each kind of record and each of its fields is called where history is read, and how its values are said.

``RECORDS`` covers every kind a child's file holds; ``LEFT_OUT`` names the fields that say nothing to a reader
(links, ids, positions). A test holds both against the records, so that a new field is never silently unread.
"""

from csa_desk.casework.history_keeping import KEEPING
from csa_desk.casework.history_records import WORK, How, RecordWords

__all__ = ["ACTIONS", "LEFT_OUT", "REASONS", "RECORDS", "How", "RecordWords", "plainly"]

RECORDS: dict[str, RecordWords] = {**WORK, **KEEPING}

LEFT_OUT: dict[str, frozenset[str]] = {
    "same-as": frozenset({"person", "other"}),
    "case": frozenset({"child"}),
    "carer": frozenset({"person"}),
    "sibling": frozenset({"person"}),
    "contact-point": frozenset({"person"}),
    "parental-responsibility": frozenset({"person"}),
    "team-member": frozenset({"agency", "practitioner"}),
    "referral-in": frozenset({"episode"}),
    "task": frozenset({"rule", "raised_by"}),
    "protective-fact": frozenset({"person", "ends"}),
    "risk-judgement": frozenset({"replaces"}),
    "consent-decision": frozenset({"recipient", "by", "recorded"}),
    "sharing-decision": frozenset({"recipient", "recorded"}),
    "proceeding": frozenset({"retrial_of"}),
    "stage-instance": frozenset({"proceeding", "stage"}),
    "in-proceeding": frozenset({"proceeding"}),
    "checklist-mark": frozenset({"subject_kind", "subject", "instance", "item"}),
    # Value, state and reason of an answer are said together, as one change.
    "answer": frozenset({"subject", "question", "item", "category", "value", "state", "reason", "by"}),
    "sign-off": frozenset({"what", "of", "frozen"}),
    "need-view": frozenset({"subject", "need"}),
    "plan": frozenset({"episode"}),
    "goal": frozenset({"plan", "subject", "place"}),
    "action": frozenset({"goal", "lead", "service", "place"}),
    "plan-view": frozenset({"plan", "who"}),
    "outcome-rating": frozenset({"subject", "outcome"}),
    "release": frozenset({"recipient", "content_hash", "by", "held_back"}),
    # The place, who it is and which lock stand in the title; the moment is the change's own.
    "compartment": frozenset({"recipient", "name", "version", "since"}),
    "holder": frozenset({"ends", "name", "practitioner", "since"}),
    "sealed-entry": frozenset({"compartment", "corrects", "content"}),
    "seal-opened": frozenset({"entry"}),
    "removal": frozenset({"record", "revisions", "fields", "proof"}),
    "removal-signed": frozenset({"removal"}),
    "removal-stopped": frozenset({"removal"}),
    "removal-done": frozenset({"removal"}),
    "retention": frozenset({"episode"}),
    "hold": frozenset({"ends"}),
    "kept-out": frozenset({"ends"}),
}

REASONS = {
    "entered": "",
    "changed": "",
    "answered": "follows from an answer",
    "corrected": "put right",
    "imported": "brought in from a file",
    "raised": "raised by a rule",
    "still-right": "still right",
    "signed": "signed off",
    "agreed": "agreed",
    "released": "handed out",
    "stage": "a new stage",
    "done": "done",
    "dropped": "will not be done",
    "open": "opened again",
    "removed": "taken out",
    "asked": "asked for",
    "stopped": "stopped",
    "carried-out": "carried out",
    "carried-over": "decided after the backup this vault came from",
    "moved": "moved here from where it did not belong",
    "closed": "the file was closed",
    "reopened": "the file was opened again",
    "decided": "decided",
}

ACTIONS = {
    "looked-at-removal": "Looked at what waits to be taken out",
    "agreed-to-removal": "Agreed that words go for good",
    "erase": "Asked for the file to be erased",
    "strike": "Took something out of the file",
    "opened": "Opened the file",
    "added": "Added the child",
    "printed": "Made a print",
    "sealed": "Sealed something",
    "opened-sealed": "Opened something sealed",
    "refused-sealed": "Tried to open something sealed",
    "granted-sealed": "Let somebody else open what is sealed",
    "ended-sealed": "Ended for somebody that they can open what is sealed",
    "asked-for-records": "Noted that somebody asked to see the records",
    "archived": "Made an archive",
}


_SPOKEN = {
    "childrens-social-care": "Children’s social care",
    "strike": "From the wrong file",
    "erase": "Erased",
    "my-view": "The practitioner’s own view",
}
"""Codes whose own word would tell a reader nothing."""


def plainly(code: str) -> str:
    """A code as words: ``not-started`` → *Not started*."""
    if code in _SPOKEN:
        return _SPOKEN[code]
    words = code.replace("-", " ").replace("_", " ").strip()
    return f"{words[:1].upper()}{words[1:]}"
