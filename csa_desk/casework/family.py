"""The people round the child: a carer, a brother or a sister added to a file while the assessment goes on."""

from csa_desk.casework.casefile import CaseFile
from csa_desk.casework.dates import birth_date_or_empty
from csa_desk.casework.desk import Desk
from csa_desk.casework.intake import carer_records
from csa_desk.casework.rights import Right, needs
from csa_desk.casework.shapes import CarerShape, SiblingShape
from csa_desk.errors import InputError
from csa_desk.records.cases import Carer, Person, Sibling
from csa_desk.records.ids import new_id


@needs(Right.ASSESS)
def add_carer(desk: Desk, file: CaseFile, shape: CarerShape) -> Carer:
    """A safe parent or carer, from now on asked about by name. Raises :class:`InputError` without any name."""
    name, relation = shape.name.strip(), shape.relation.strip()
    if not (name or relation):
        raise InputError("Say who it is: a name, or what the child calls them. Nothing was changed.")
    records = list(carer_records(desk, file.case.id, _stripped(shape, name, relation), desk.today))
    with desk.vault.write() as writing:
        for record in records:
            writing.put(record)
    return next(item for item in records if isinstance(item, Carer))


def _stripped(shape: CarerShape, name: str, relation: str) -> CarerShape:
    return CarerShape(
        name=name,
        relation=relation,
        lives_with=shape.lives_with,
        parental_responsibility=shape.parental_responsibility,
        phone=shape.phone.strip(),
        address=shape.address.strip(),
        email=shape.email.strip(),
    )


@needs(Right.ASSESS)
def add_sibling(desk: Desk, file: CaseFile, shape: SiblingShape) -> Sibling:
    """A brother, a sister or another child close to this one. Raises :class:`InputError` without any name."""
    name, relation = shape.name.strip(), shape.relation.strip()
    if not (name or relation):
        raise InputError("Say who it is: a name, or brother or sister. Nothing was changed.")
    birth = birth_date_or_empty(shape.birth_date, desk.today, "birth date")
    person = Person(id=new_id(), name=name, birth_date=birth)
    sibling = Sibling(
        id=new_id(), case=file.case.id, person=person.id, relation=relation, lives_with=shape.lives_with
    )
    with desk.vault.write() as writing:
        writing.put(person)
        writing.put(sibling)
    return sibling
