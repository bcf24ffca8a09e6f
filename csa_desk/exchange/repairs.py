"""Single values from feeds put right: each function gives the clean value and a sentence on what was wrong, or "".

A value that cannot be put right becomes empty, and the sentence says what it was.
"""

import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from csa_desk.exchange.plain_text import one_line
from csa_desk.records.dates import is_date

Cleaned = tuple[str, str]

LONGEST = 1000  # characters of a value that is not prose; what is longer is none

EARLIEST_CHECK = 1990  # year; a service cannot have been checked for a feed before there were feeds
OLDEST = 120  # years; ages above are a feed's way to say that there is no limit


def shown(value: Any) -> str:
    """A foreign value as it may stand in a sentence: one line, short."""
    text = one_line(str(value)[:200])
    return f"“{text[:60]}…”" if len(text) > 60 else f"“{text}”"


def number(value: Any) -> Decimal | None:
    """A number given as number or as text; ``None`` where it is neither, or absurdly large or small."""
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        return None
    text = value.strip() if isinstance(value, str) else str(value)
    if len(text) > 40 or not re.fullmatch(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,2})?", text, re.ASCII):
        return None
    try:
        found = Decimal(text)
    except InvalidOperation:  # pragma: no cover - the pattern above lets nothing else through
        return None
    return found if abs(found) < 10**15 else None


def decimal_text(value: Decimal) -> str:
    """``12.50`` → ``12.5``; never in powers of ten."""
    text = format(value, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


def ages(lowest: Any, highest: Any) -> tuple[str, str, list[str]]:
    """Lowest and highest age in years, and what was wrong with them; empty where there is no limit."""
    said: list[str] = []
    low = _age(lowest, "lowest", said)
    high = _age(highest, "highest", said)
    if low is not None and high is not None and low > high:
        said.append(
            f"The lowest age, {decimal_text(low)}, is above the highest, {decimal_text(high)}. Both were left out. "
            "Ask the service which ages it sees."
        )
        low = high = None
    if low == 0 and high == 0:
        said.append("Both ages are 0, which feeds write when they do not know. Both were left out.")
        low = high = None
    return (
        decimal_text(low) if low is not None else "",
        decimal_text(high) if high is not None else "",
        said,
    )


def _age(value: Any, which: str, said: list[str]) -> Decimal | None:
    if value is None or value == "" or value == []:
        return None
    found = number(value)
    if found is None and isinstance(value, str):
        years = re.fullmatch(
            r"\s*(\d{1,3}(?:\.\d+)?)\s*(?:\+|years?(?:\s+old)?|yrs?)\s*", value, re.IGNORECASE
        )
        found = Decimal(years[1]) if years else None
    if found is None:
        said.append(f"The {which} age was {shown(value)}, which is not a number. It was left out.")
    elif found < 0:
        said.append(f"The {which} age was {decimal_text(found)}, which means no limit. It was left empty.")
    elif found > OLDEST:
        said.append(f"The {which} age was {decimal_text(found)}, which is no age. It was left empty.")
    else:
        if not isinstance(value, (int, float)):
            said.append(f"The {which} age was written as words. It was read as {decimal_text(found)}.")
        return found
    return None


_UK_DAY = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})(?:[T ]+[0-9:.]{4,15})?")


def day(value: Any, what: str) -> Cleaned:
    """A calendar day as ISO text. Takes moments, and days written the British way."""
    if value in (None, ""):
        return "", ""
    text = one_line(value[:LONGEST]) if isinstance(value, str) else ""
    if is_date(text):
        return text, ""
    first = re.match(r"(\d{4}-\d{2}-\d{2})(?:[T ][0-9:.]{4,}.*)?$", text)
    if first and is_date(first[1]):
        return first[1], f"The {what} came with a time. Only the day was kept."
    british = _UK_DAY.fullmatch(text)
    if british:
        iso = f"{british[3]}-{int(british[2]):02}-{int(british[1]):02}"
        if is_date(iso):
            return iso, f"The {what} {shown(text)} was read as {iso}."
    return "", f"The {what} was {shown(value)}, which is not a day. It was left out."


def check_day(value: Any, today: date) -> Cleaned:
    """The day the publisher says it made sure: a real day, not before feeds existed and not in the future."""
    found, said = day(value, "date of checking")
    if not found:
        return found, said
    if int(found[:4]) < EARLIEST_CHECK or date.fromisoformat(found) > today + timedelta(days=1):
        return "", f"The date of checking was {found}, which cannot be right. It was left out."
    return found, said


def moment(value: Any, today: date) -> Cleaned:
    """A moment as ISO text in UTC with seconds. One without a time zone is read as UTC."""
    if value in (None, ""):
        return "", ""
    text = one_line(value[:LONGEST]) if isinstance(value, str) else ""
    wrong = f"The time of the last change was {shown(value)}, which is not a time. It was left out."
    text = re.sub(r"([+-]\d{2})$", r"\1:00", text) if "T" in text or ":" in text else text
    try:
        found = datetime.fromisoformat(text)
        said = ""
        if found.tzinfo is None:
            found = found.replace(tzinfo=UTC)
            said = "The time of the last change has no time zone. It was read as UTC."
        found = found.astimezone(UTC)
    except (ValueError, OverflowError):
        return "", wrong
    if found.year < EARLIEST_CHECK or found.date() > today + timedelta(days=1):
        return "", f"The time of the last change was {shown(value)}, which cannot be right. It was left out."
    return found.isoformat(timespec="seconds"), said


_PLACEHOLDER = re.compile(r"(?:https?://)?(?:www\.)?example\.(?:com|org|net)/?", re.IGNORECASE)
_HOST = re.compile(r"(?:[\w-]+\.)+[a-z]{2,}(?::\d+)?(?:[/?#].*)?", re.IGNORECASE)


def is_placeholder(address: str) -> bool:
    """Whether a web address is only the example of a standard."""
    return _PLACEHOLDER.fullmatch(address.strip()) is not None


def web_address(value: str, what: str) -> Cleaned:
    """A web address with ``http`` or ``https``."""
    text = one_line(value[: 2 * LONGEST])
    if not text:
        return "", ""
    if is_placeholder(text):
        return "", f"The {what} {shown(text)} is only an example. It was left out."
    if re.match(r"https?://[^/\s]", text, re.IGNORECASE):
        tidy = text.replace(" ", "%20")
        return tidy, "" if tidy == text else f"The {what} held spaces. They were written as %20."
    if re.match(r"https?:/*$", text, re.IGNORECASE):
        return "", f"The {what} was empty but for {shown(text)}. It was left out."
    if _HOST.fullmatch(text) and "@" not in text and " " not in text:
        return f"http://{text}", f"The {what} had no http:// in front. It was added."
    return "", f"The {what} was {shown(text)}, which is not a web address. It was left out."


_EMAIL = re.compile(r"[^\s@<>()\[\],;:\"\\]+@(?:[\w-]+\.)+[\w-]{2,}")


def email(value: str) -> tuple[str, tuple[str, ...], str]:
    """The first e-mail address, the others, and what was wrong."""
    text = re.sub(r"^mailto:\s*", "", one_line(value[:LONGEST]), flags=re.IGNORECASE)
    if not text:
        return "", (), ""
    found = [item.strip(".") for item in _EMAIL.findall(text)]
    kept = tuple(dict.fromkeys(item for item in found if not item.lower().endswith(".invalid")))
    if not found:
        return "", (), f"The e-mail address was {shown(text)}, which is not one. It was left out."
    if not kept:
        return "", (), "The e-mail address is made up and reaches nobody. It was left out."
    if len(kept) > 1:
        return (
            kept[0],
            kept[1:],
            "It gives more than one e-mail address. The first was taken as the main one.",
        )
    return kept[0], (), "" if kept[0] == value.strip() else "The e-mail address was tidied."


_ROLE_WORDS = frozenset(
    "access accessibility admin administration administrator advice advocacy advocate appointments assessment "
    "assessments booking bookings business camhs care centre childrens chisva clinic college comms "
    "communications community complaints contact contactus council counselling court courts custody data desk "
    "directory domesticabuse duty early earlyhelp email enquire enquiries enquiry families family feedback fis "
    "front frontdoor general general-enquiries hello help helpdesk helpline hospital housing hub idva inbox "
    "info information intake isva isvas lado mail mailbox manager mash media membership mentalhealth midwifery "
    "multiagency nurse nursery nurses office online outreach paediatrics partnership police post prevent "
    "privacy project quality reception records referral referrals safeguarding sarc school schools secretary "
    "send service services sexualhealth single socialcare socialservices spoc staff support switchboard team "
    "therapy training triage volunteer volunteering volunteers web webmaster wellbeing witness witnesscare "
    "witnesses youth".split()
)


def is_role_mailbox(address: str) -> bool:
    """Whether an e-mail address plainly belongs to a desk or team, not to a named person."""
    name, _, domain = address.lower().partition("@")
    if not domain:
        return False
    parts = [part for part in re.split(r"[._+\-\d]+", name) if part]
    own = re.sub(r"[^a-z]", "", domain.split(".")[0])
    return any(part in _ROLE_WORDS for part in parts) or "".join(parts) in (own, *_ROLE_WORDS)


_PHONE = re.compile(
    r"(?<![\d.])(?:\+\d|\(\+?\d|\d)(?:\)?[ .\-]?\(?\d){5,12}(?!\d)(?:\s*(?:ext(?:ension|n)?\.?|x)\s*:?\s*\d{1,6})?",
    re.IGNORECASE,
)
_SHORT_PHONE = re.compile(r"(?<![\d.])(?:999|111|101|112|116\s?\d{3}|18000|1\d{2})(?![\d.])")


def phone(value: Any) -> tuple[str, str, str]:
    """The number, the words that stood with it, and what was wrong."""
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        return "", "", f"The phone number was {shown(value)}, which is not one. It was left out."
    text = one_line(str(value).removeprefix("tel:")[:LONGEST])
    if not text:
        return "", "", ""
    found = _PHONE.findall(text) or _SHORT_PHONE.findall(text)
    if not found:
        if re.fullmatch(r"\d{3,}", text):
            return text, "", ""
        return "", text, f"The phone number was {shown(text)}, which holds no number. It was kept as a note."
    first = found[0].strip()
    words = text if len(found) > 1 else re.sub(r"\s+", " ", text.replace(first, " ")).strip(" :;,.-–()/|")
    restored = _with_zero(first)
    said = ""
    if len(found) > 1:
        said = f"One field held more than one phone number: {shown(text)}. The first was taken, all are in the note."
    elif words:
        said = f"The phone number came with words: {shown(text)}. They were moved to a note."
    elif restored != first:
        said = f"The phone number {first} had lost its first 0. It was put back."
    return restored, words, said


def _with_zero(text: str) -> str:
    """Spreadsheets take the first 0 off phone numbers; ten bare digits are one that lost it."""
    return f"0{text}" if re.fullmatch(r"[1-37-8]\d{9}", text) else text


_POSTCODE = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?)([0-9][A-Z]{2})")


def is_postcode(value: str) -> bool:
    """Whether it is written like a UK postcode."""
    return _POSTCODE.fullmatch(re.sub(r"[\s-]", "", value[:LONGEST]).upper()) is not None


def postcode(value: str) -> Cleaned:
    """A postcode in capitals with its space; one that is not British stays as it is."""
    text = one_line(value[:LONGEST]).upper()
    if not text:
        return "", ""
    found = _POSTCODE.fullmatch(text.replace(" ", "").replace("-", ""))
    if not found:
        return one_line(
            value
        ), f"{shown(text)} does not look like a UK postcode. It was kept as it is. Check it."
    tidy = f"{found[1]} {found[2]}"
    return tidy, "" if tidy == one_line(value) else f"The postcode was written as {tidy}."


def coordinates(latitude: Any, longitude: Any) -> tuple[str, str, str]:
    """Latitude and longitude in degrees, and what was wrong; both are empty where one of them is no good."""
    if latitude in (None, "") and longitude in (None, ""):
        return "", "", ""
    north, east = number(latitude), number(longitude)
    if north is None or east is None or abs(north) > 90 or abs(east) > 180:
        if north is not None and east is not None and _in_britain(east, north):
            return decimal_text(east), decimal_text(north), _SWAPPED
        return (
            "",
            "",
            (
                f"Latitude {shown(latitude)} and longitude {shown(longitude)} are no place on earth. "
                "Both were left out."
            ),
        )
    if north == 0 and east == 0:
        return "", "", "Latitude and longitude are both 0, which is a place in the sea. Both were left out."
    if _in_britain(east, north):
        return decimal_text(east), decimal_text(north), _SWAPPED
    return decimal_text(north), decimal_text(east), ""


_SWAPPED = "Latitude and longitude had changed places. They were changed back."


def _in_britain(north: Decimal, east: Decimal) -> bool:
    return 49 <= north <= 61 and Decimal("-8.7") <= east <= 2
