"""What is called how where history is read: what is sealed, taken out, kept and asked for."""

from csa_desk.casework.history_records import RecordWords

KEEPING: dict[str, RecordWords] = {
    "compartment": RecordWords(
        "Who can read sealed notes",
        "name",
        {"why": ("What happened", "lock")},
    ),
    "holder": RecordWords(
        "Who can read sealed notes",
        "name",
        {"why": ("Why", "reader"), "by": ("Decided by", "worker")},
    ),
    "sealed-entry": RecordWords(
        "Sealed note",
        "name",
        {
            "name": ("Sealed under", "place"),
            "author": ("Written by", "worker"),
            "written": ("Written", "moment"),
            "closes": ("Its author can read it until", "moment"),
            "signed": ("Signed by its author", "flag"),
            "taken_in_by": ("Left unfinished, sealed by", "worker"),
        },
    ),
    "seal-opened": RecordWords(
        "A sealed note was opened",
        "",
        {"practitioner": ("By", "worker"), "on": ("On", "moment"), "reason": ("Reason", "text")},
    ),
    "removal": RecordWords(
        "Words taken out",
        "",
        {
            "how": ("How", "code"),
            "record_kind": ("From", "code"),
            "whole_case": ("The whole file", "flag"),
            "reason": ("Reason", "text"),
            "asked_by": ("Asked for by", "worker"),
            "asked": ("Asked", "moment"),
            "waits_until": ("Carried out without a second signature from", "day"),
        },
    ),
    "removal-signed": RecordWords(
        "Taking out agreed", "", {"practitioner": ("By", "worker"), "on": ("On", "moment")}
    ),
    "removal-stopped": RecordWords(
        "Taking out stopped",
        "",
        {"practitioner": ("By", "worker"), "on": ("On", "moment"), "reason": ("Reason", "text")},
    ),
    "removal-done": RecordWords(
        "Taking out carried out",
        "",
        {"practitioner": ("By", "worker"), "on": ("On", "moment"), "values": ("Values", "text")},
    ),
    "retention": RecordWords(
        "How long records are kept",
        "",
        {
            "decided": ("Decided", "day"),
            "by": ("By", "worker"),
            "keep_until": ("Keep until", "day"),
            "review": ("Look at again", "day"),
            "reason": ("Reason", "text"),
        },
    ),
    "hold": RecordWords(
        "Hold: nothing may be erased",
        "",
        {"since": ("From", "day"), "by": ("By", "worker"), "reason": ("Reason", "text")},
    ),
    "access-request": RecordWords(
        "Request to see the records",
        "asked_by",
        {
            "received": ("Received", "day"),
            "asked_by": ("From", "text"),
            "standing": ("Asks as", "code"),
            "due": ("Answer due", "day"),
            "best_interests": ("The child's best interests", "text"),
            "decision": ("Decision", "code"),
            "decided": ("Decided", "day"),
            "decided_by": ("Decided by", "worker"),
            "answered": ("Answered", "day"),
        },
    ),
    "kept-out": RecordWords(
        "Kept out of this file",
        "practitioner",
        {
            "practitioner": ("Who", "worker"),
            "since": ("From", "moment"),
            "by": ("Decided by", "worker"),
            "reason": ("Reason", "text"),
        },
    ),
}  # fmt: skip
