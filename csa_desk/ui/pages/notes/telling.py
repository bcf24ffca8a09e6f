"""What to do when a child has told something: whom to talk to, from what is known of the own service."""

from csa_desk.ui.shell.session import Session


def next_step(session: Session) -> str:
    """Whom to talk to today, in at most three sentences."""
    service = session.desk.own_service()
    lead = service.safeguarding_lead.strip()
    if not lead:
        return (
            "Talk to whoever leads on safeguarding in your service today. "
            "Nobody is named in Settings yet: enter them there."
        )
    after = service.out_of_hours.strip()
    hours = f" Out of hours: {after}." if after else ""
    return f"Talk to your safeguarding lead today: {lead}.{hours}"
