"""The closed list of what a practitioner may do. Who may do what is data: ``resources/content/rights.toml``."""

from enum import StrEnum


class Right(StrEnum):
    """One thing a practitioner may do; its plain words stand in the rights pack under this id."""

    # Work with children
    OPEN_FILES = "open-files"
    ADD_CHILDREN = "add-children"
    CLOSE_FILES = "close-files"
    ASSESS = "assess"
    CONSENT = "consent"
    TEAM = "team"
    JOURNEY = "journey"
    CHECKLIST = "checklist"
    PLAN = "plan"
    TASKS = "tasks"
    PRINT = "print"
    EXPORT = "export"

    # What is sealed
    SEAL = "seal"
    OPEN_SEALED = "open-sealed"
    GRANT_SEALED = "grant-sealed"

    # What is taken out, kept, handed over
    STRIKE = "strike"
    ERASE = "erase"
    SIGN_REMOVAL = "sign-removal"
    RETENTION = "retention"
    HOLD = "hold"
    ANSWER_ACCESS = "answer-access"
    ARCHIVE = "archive"

    # The directory and guidance
    LOOK_UP = "look-up"
    LOAD_DIRECTORY = "load-directory"

    # Oneself
    OWN_PROFILE = "own-profile"
    OWN_KEYS = "own-keys"

    # The service and its vault
    SERVICE = "service"
    KEEP_OUT = "keep-out"
    PRACTITIONERS = "practitioners"
    SERVICE_KEYS = "service-keys"
    BACK_UP = "back-up"
    BACKUPS = "backups"
    RESTORE = "restore"
    CHECK = "check"
