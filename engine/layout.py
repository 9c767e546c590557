"""Plain text for a terminal of 80 columns that also reads well in a pipe and in black and white."""

import textwrap
from dataclasses import dataclass

WIDTH = 80


@dataclass(frozen=True)
class Line:
    """One line of output. `style` is a hint for a colour terminal; the text says it all."""

    text: str
    style: str = ""


def paragraph(text: str, indent: int = 0, hanging: int = 0, style: str = "") -> list[Line]:
    """Text folded to the width; later lines stand `hanging` further in."""
    folded = textwrap.wrap(
        text,
        WIDTH,
        initial_indent=" " * indent,
        subsequent_indent=" " * (indent + hanging),
        break_long_words=False,
        break_on_hyphens=False,
    )
    return [Line(line, style) for line in folded or [""]]


def plain(lines: list[Line]) -> str:
    """The lines as text, without any style."""
    return "\n".join(line.text.rstrip() for line in lines) + "\n"
