"""What stands round every page: each way to reach the service has its word beside it."""

from csa_desk.casework.desk import Desk
from csa_desk.casework.imprint import imprint_of
from csa_desk.casework.service import change_service


def test_no_number_or_address_stands_alone_in_a_print(desk: Desk) -> None:
    change_service(
        desk, name="Linden", phone="01632 960 114", email="help@example.org", out_of_hours="01632 960 999"
    )
    assert imprint_of(desk, None).contact_lines == (
        "Phone: 01632 960 114",
        "Email: help@example.org",
        "Out of hours: 01632 960 999",
    )
    change_service(desk, phone=" ", out_of_hours="")
    assert imprint_of(desk, None).contact_lines == ("Email: help@example.org",)
    assert imprint_of(desk, None, neutral=True).contact_lines == ()
