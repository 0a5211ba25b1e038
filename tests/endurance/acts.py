"""What the writers do, each as a person does it: open the page, type in its form, confirm what it shows.

Every act gives the form that was sent, or None when the page no longer offers it.
"""

import datetime

from tests.endurance.person import Person, Sent

REASON = "Færre ældre i Ålestrup – projektet gav “ingen” mening."


def allocate(board: Person, pool: int, year: int, case: int, amount: int, **how) -> Sent | None:
    """Allocates to one case of the year and to no other."""
    board.look(f"/pool/{pool}/years/{year}/allocate/")
    if board.field(f"amount_{case}") is None:
        return None
    ticks = board.page.xpath("//input[starts-with(@name, 'tick_')]/@name")
    board.type(**{name: name == f"tick_{case}" for name in ticks})
    board.type(**{f"amount_{case}": f"{amount}", "text": f"Udmønter {amount} kr. på mødet."})
    board.preview()
    button = board.button("step", "act")
    about = {"pool": pool, "year": year, "case": case, "amount": amount}
    return board.send("allocate", about, button, **how) if button is not None else None


def decide(board: Person, kind: str, reference: str, amount: int, **how) -> Sent | None:
    """Decides on a case from its own page, in a meeting made now: approve or stop."""
    if not board.look(f"/meetings/decide/{reference}/{kind}/") or board.field("kind") is None:
        return None
    if kind == "stop":
        board.type(reason=REASON)
    about = {"reference": reference, "amount": amount}
    return board.send(kind, about, board.button("step", "act"), **how)


def withdraw(owner: Person, reference: str, **how) -> Sent | None:
    """The owner takes the case back for good."""
    if not owner.look(f"/businesscases/{reference}/act/withdraw/"):
        return None
    owner.type(reason=REASON)
    return owner.send("withdraw", {"reference": reference}, owner.button(), **how)


def book(finance: Person, act: str, pool: int, year: int, amount: int, case: int = 0, **how) -> Sent | None:
    """What the council decided: cut, supplement, carry-over (of a case's reservation), close-year."""
    finance.look(f"/pool/{pool}/book/{act}/?year={year}")
    years = finance.page.xpath("//select[@name='year']/option/@value")
    carried = f"r_{case}"
    if f"{year}" not in years or (act == "carry-over" and finance.field(carried) is None):
        return None
    today = f"{datetime.date.today():%d.%m.%Y}"
    finance.type(authority_date=today, authority_item="7", text="Vedtaget på mødet i Ålestrup.")
    if act == "carry-over":
        finance.type(**{carried: f"{amount}"})
    elif act != "close-year":
        finance.type(amount=f"{amount}")
    finance.preview()
    button = finance.button("step", "act")
    about = {"pool": pool, "year": year, "amount": amount}
    return finance.send(act, about, button, **how) if button is not None else None


def write(owner: Person, reference: str, text: str, **how) -> Sent:
    """Types a description in the editor, which saves it by itself."""
    owner.look(f"/businesscases/{reference}/edit/")
    owner.type(description=text)
    about = {"reference": reference, "text": text}
    save = owner.page.xpath("//button[@form='editor'][@value='save']")[0]
    return owner.send("write", about, save, to=f"/businesscases/{reference}/edit/save/", **how)
