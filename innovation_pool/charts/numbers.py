"""Coordinates are rounded to what the eye can see; they are never money."""


def tenth(number: float) -> float:
    """To a tenth of a pixel."""
    return round(number, 1)


def hundredth(number: float) -> float:
    """To a hundredth of a percent."""
    return round(number, 2)
