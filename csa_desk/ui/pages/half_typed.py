"""Editors that open in a page: which one was half typed, and giving up what was typed."""

from csa_desk.ui.shell.session import Session
from csa_desk.ui.widgets.form import Form


def half_typed(session: Session, prefix: str) -> str:
    """The name of the editor below ``prefix`` that holds words not yet saved; empty if there is none.

    A draft's key is ``prefix/EDITOR/FIELD``. Where there are several it is the one the keyboard was in at the lock.
    """
    back = session.returning.removeprefix(f"{prefix}/").partition("/")
    if back[2] and session.returning.startswith(f"{prefix}/"):
        return back[0]
    for key in session.desk.vault.drafts(f"{prefix}/"):
        editor, _, field = key.removeprefix(f"{prefix}/").partition("/")
        if field:
            return editor
    return ""


def give_up(session: Session, form: Form) -> None:
    """Nothing of what was typed in the form is kept: it was saved as a whole, or the user closed it."""
    for field in form.fields:
        session.drop_draft(form, field.key)
    form.blockSignals(True)
