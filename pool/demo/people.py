"""The people of the demo: one to sign in as for each role, and those around them.

Everybody can be signed in as the first eight; the others have no password and only a name.
"""

from dataclasses import dataclass

from django.contrib.auth.hashers import make_password

from innovation_pool.accounts.models import User
from innovation_pool.permissions import Role

PASSWORD = "innovationspulje"
# Reserved for examples (RFC 2606): no mail of the demo can reach anybody.
DOMAIN = "vesthimmerland.example"


@dataclass(frozen=True)
class Person:
    """Somebody in the demo; `department` is a name in `foundations`."""

    username: str
    name: str
    title: str
    role: Role
    department: str
    signs_in: bool = False


PEOPLE = (
    Person(
        "medarbejder", "Mette Dahl", "Leder af Hjælpemiddeldepotet", Role.STAFF, "Sundhed og Omsorg", True
    ),
    Person("medarbejder2", "Jonas Bak", "Velfærdskonsulent", Role.STAFF, "Sundhed og Omsorg", True),
    Person("oekonomi", "Karin Toft", "Økonomikonsulent", Role.FINANCE, "Økonomi og IT", True),
    Person("sekretariat", "Anne Vester", "Direktionssekretær", Role.SECRETARIAT, "Direktionen", True),
    Person("direktion", "Henrik Lund", "Kommunaldirektør", Role.BOARD, "Direktionen", True),
    Person("direktion2", "Birgitte Holm", "Direktør for Sundhed og Omsorg", Role.BOARD, "Direktionen", True),
    Person("revision", "Søren Kjær", "Forvaltningsrevisor", Role.AUDITOR, "Økonomi og IT", True),
    Person("administrator", "Lone Ravn", "Systemadministrator", Role.ADMINISTRATOR, "Økonomi og IT", True),
    Person("direktoer.teknik", "Peter Skov", "Direktør for Teknik og Miljø", Role.BOARD, "Direktionen"),
    Person("direktoer.skole", "Camilla Friis", "Direktør for Børn og Skole", Role.BOARD, "Direktionen"),
    Person("chef.omsorg", "Inger Munk", "Områdechef", Role.STAFF, "Sundhed og Omsorg"),
    Person("chef.teknik", "Ole Brix", "Områdechef", Role.STAFF, "Teknik og Miljø"),
    Person("chef.kultur", "Tina Løgstrup", "Områdechef", Role.STAFF, "Kultur og Fritid"),
    Person("chef.borger", "Jens Aars", "Områdechef", Role.STAFF, "Borgerservice"),
    Person("chef.skole", "Dorte Hvam", "Områdechef", Role.STAFF, "Børn og Skole"),
    Person("chef.okonomi", "Niels Farsø", "Økonomi- og it-chef", Role.STAFF, "Økonomi og IT"),
    Person("vejleder", "Kasper Ranum", "Driftsleder, Vej og Park", Role.STAFF, "Teknik og Miljø"),
    Person("ejendom", "Rikke Overlade", "Energikonsulent, Ejendomme", Role.STAFF, "Teknik og Miljø"),
    Person("plejecenter", "Hanne Strandby", "Plejecenterleder", Role.STAFF, "Sundhed og Omsorg"),
    Person("koersel", "Bo Gedsted", "Leder af Fælles Kørsel", Role.STAFF, "Sundhed og Omsorg"),
    Person("regnskab", "Pia Skivum", "Regnskabsleder", Role.STAFF, "Økonomi og IT"),
    Person("it", "Mikkel Hornum", "It-projektleder", Role.STAFF, "Økonomi og IT"),
    Person("haller", "Line Ullits", "Leder af haller og idrætsanlæg", Role.STAFF, "Kultur og Fritid"),
    Person("borgerservice", "Gitte Vilsted", "Teamleder i Borgerservice", Role.STAFF, "Borgerservice"),
    Person("byggesag", "Thomas Suldrup", "Teamleder, Byggesager", Role.STAFF, "Teknik og Miljø"),
    Person("dagpleje", "Ulla Haubro", "Dagplejeleder", Role.STAFF, "Børn og Skole"),
)


def make_people(departments) -> dict[str, User]:
    """Everybody by user name; those who are there already are left as they are."""
    # One hash for all: each takes half a second, and everybody knows the password anyway.
    known = make_password(PASSWORD)
    nobody = make_password(None)
    found = {}
    for person in PEOPLE:
        found[person.username], _new = User.objects.get_or_create(
            username=person.username,
            defaults={
                "name": person.name,
                "title": person.title,
                "email": f"{person.username}@{DOMAIN}",
                "password": known if person.signs_in else nobody,
                "department": departments[person.department],
                **{f"role_{role.value}": role == person.role for role in Role},
            },
        )
    return found
