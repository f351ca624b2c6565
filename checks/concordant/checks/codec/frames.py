"""Frames of traces as JSON."""

from __future__ import annotations

from typing import Any

from concordant.checks.codec.codec import Codec
from concordant.checks.exploration.report import Frame
from concordant.checks.semantics.texts import move_text
from concordant.spec.vocabulary import Address

FORMAT = "concordant-report/2"
"""The format of reports, whose traces these are."""


def frame_as_json(frame: Frame, codec: Codec) -> dict[str, Any]:
    """Return a frame as JSON: its values, and beside the move what it says."""
    return {
        "move": codec.encode(frame.move),
        "said": move_text(frame.move),
        "happened": [
            {"at": codec.encode(each.at, Address), "by": codec.encode(each.by, Address), "what": codec.encode(each.what)}
            for each in frame.happened
        ],
        "changes": [
            {
                "who": change.who if isinstance(change.who, str) else codec.encode(change.who, Address),
                "field": change.field,
                "before": codec.encode(change.before),
                "after": codec.encode(change.after),
            }
            for change in frame.changes
        ],
        "in_flight": [
            {
                "from": codec.encode(channel.source, Address),
                "to": codec.encode(channel.to, Address),
                "messages": [codec.encode(message) for message in channel.messages],
            }
            for channel in frame.in_flight
        ],
    }
