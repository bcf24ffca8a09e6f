"""What every import ends with, whatever the files held: sentences, and whole records that a vault can hold."""

import json
from dataclasses import fields
from typing import Any

from csa_desk.records.directory import Agency, Contact, Location, Service
from csa_desk.records.directory_facts import About, Criterion, ReferralRoute


def sound(result: Any) -> None:
    """Sentences only; whole records that a vault can hold, each once, each in its kind's own types."""
    for line in result.report:
        assert line.what[:1].isupper() or line.what[:1] in "“0123456789", line
        assert line.what.endswith("."), line
        assert line.where
    held = {(record.KIND, record.id) for record in result.records}
    assert len(held) == result.accepted
    for record in result.records:
        for part in fields(record):
            value = getattr(record, part.name)
            json.dumps(value, ensure_ascii=False, allow_nan=False).encode()
            kind = str(part.type)
            assert not kind.startswith("str") or isinstance(value, str), (part.name, value)
            if kind.startswith("tuple"):
                assert all(isinstance(word, str) and word for word in value), (part.name, value)
        if isinstance(record, (Service, Agency)):
            assert record.name
        if isinstance(record, (ReferralRoute, Criterion)):
            agency = getattr(record, "agency", "") if not record.service else ""
            assert (Service.KIND, record.service) in held or (Agency.KIND, agency) in held
        if isinstance(record, Criterion):
            assert record.about != About.AGE or record.lowest or record.highest
        if isinstance(record, ReferralRoute):
            assert record.who or record.how or record.to or record.note
        if isinstance(record, Contact):
            assert record.agency or record.service or record.location
            assert any((record.name, record.title, record.department, record.email, record.phone))
        if isinstance(record, Location):
            assert record.id
