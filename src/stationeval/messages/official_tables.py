"""What reading and writing official tables says, and the commands for those who write frameworks."""

from __future__ import annotations

from stationeval.messages import Message

_HEADS: dict[str, Message] = {
    "head-base": Message(("基本分", "Base")),
}

MESSAGES: dict[str, Message] = {**_HEADS}
