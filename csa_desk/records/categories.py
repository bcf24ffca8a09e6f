"""The closed list of information categories (design §6)."""

from enum import StrEnum


class Category(StrEnum):
    """What kind of information a field, question or line holds: consent and sharing are decided by it."""

    IDENTITY = "identity-and-contact"
    FAMILY = "family"
    COMMUNICATION = "communication"
    HEALTH = "health"
    EDUCATION = "education"
    SAFEGUARDING = "safeguarding"
    JUSTICE = "justice"
    THERAPY_ATTENDANCE = "therapy-attendance"
    THERAPY_CONTENT = "therapy-content"
    WISHES = "wishes-and-feelings"
    NEEDS = "needs-and-plan"
    PROTECTED = "protected-characteristics"
