"""What reading and writing official tables says, and the commands for those who write frameworks."""

from __future__ import annotations

from stationeval.messages import Message

MESSAGES: dict[str, Message] = {}
