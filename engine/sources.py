"""Sources as outputs may name them. What is confidential is withheld unless it is asked for."""

from typing import Any

from engine.casefile import Case
from engine.models import Source

WITHHELD = "a confidential source"


class Sources:
    """The sources of a case; `reveal` shows confidential ones, which people may die of."""

    def __init__(self, case: Case, reveal: bool = False) -> None:
        self._sources: dict[str, Source] = dict(case.sources)
        hidden = [s for s, source in case.sources.items() if source.confidential and not reveal]
        self._names = {name: f"confidential-{n}" for n, name in enumerate(hidden, 1)}

    def withheld(self, names: tuple[str, ...]) -> bool:
        """Whether any of these is withheld: then who said it, and in which words, is too."""
        return any(name in self._names for name in names)

    def id(self, name: str) -> str:
        """The id of a source as outputs show it; an id can give people away: some are replaced."""
        return self._names.get(name, name)

    def cite(self, name: str) -> str:
        """A source in one line: publisher, title, reference, date."""
        if name in self._names:
            return f"{WITHHELD} ({self._names[name]})"
        source = self._sources[name]
        parts = [source.publisher, source.title, source.reference, source.date]
        return ", ".join(str(part) for part in parts if part)

    def url(self, name: str) -> str | None:
        """Where the source is published, unless it is withheld."""
        return None if name in self._names else self._sources[name].url

    def to_json(self) -> dict[str, Any]:
        """Every source by the id under which outputs show it."""
        return {
            self.id(name): {"confidential": True}
            if name in self._names
            else source.model_dump(
                exclude_none=True, exclude={"note"} if source.confidential else None
            )
            for name, source in self._sources.items()
        }
