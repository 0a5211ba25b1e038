"""What was done and how long it took, in lines to read."""

import statistics
from collections import Counter

from tests.endurance.browser import Stopwatch
from tests.endurance.person import Sent


def outcomes(sent: list[Sent]) -> list[str]:
    """One line an act: how its forms ended, and every answer there was on the way."""
    lines = []
    for act in sorted({form.act for form in sent}):
        forms = [form for form in sent if form.act == act]
        ended = Counter(form.outcome for form in forms)
        answers = Counter(outcome for form in forms for outcome in form.outcomes)
        lines.append(f"{act:12} {len(forms):5} forms: {_counted(ended)}")
        lines.append(f"{'':12} {answers.total():5} answers: {_counted(answers)}")
    return lines


def waits(watch: Stopwatch) -> list[str]:
    """One line for pages and one for forms: median, 95th percentile and longest."""
    lines = []
    for what, times in sorted(watch.times.items()):
        p95 = statistics.quantiles(times, n=20)[-1] if len(times) > 1 else times[0]
        lines.append(
            f"{what:12} {len(times):5} answers: median {_ms(statistics.median(times))}, "
            f"p95 {_ms(p95)}, longest {_ms(max(times))}"
        )
    return lines


def told(lines: list[str]) -> None:
    for line in lines:
        print(line, flush=True)


def ended(wrong: list[str]) -> int:
    """The number a script ends with: 0 when nothing is wrong."""
    told(wrong or ["Nothing is wrong: every promise was kept, and the ledger's invariants hold."])
    return int(bool(wrong))


def _counted(outcomes: Counter) -> str:
    return (
        ", ".join(f"{number} {outcome}" for outcome, number in sorted(outcomes.items()) if number) or "none"
    )


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:,.0f} ms"
