"""The acts of which scripts are made: a name, and a function that lets somebody do it through a command."""

from collections.abc import Callable

from tourism_odr.demo.play import Play

Act = Callable[..., None]
ACTS: dict[str, Act] = {}


def act(function: Callable[..., None]) -> Callable[..., None]:
    """Register the function under its own name, with hyphens."""
    ACTS[function.__name__.rstrip("_").replace("_", "-")] = function
    return function


def perform(play: Play, line: str) -> None:
    """``offer 60`` calls the act ``offer`` with the word ``60``; numbers come as numbers."""
    name, *words = line.split()
    ACTS[name](play, *(int(word) if word.lstrip("-").isdigit() else word for word in words))
