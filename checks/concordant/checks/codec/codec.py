"""The codec of a protocol: its values as JSON and back, with a schema for each class."""

from __future__ import annotations

from functools import cache
from typing import Any

from attrs import field, frozen
from cattrs import Converter

from concordant.checks.codec.converter import Json, converter, decoded_openly, encoded_openly
from concordant.checks.codec.names import Names, names_of
from concordant.checks.codec.schema import schema
from concordant.checks.registry import Protocol


@frozen(eq=False)
class Codec:
    """Encodes and decodes the values of one protocol. What cannot be decoded is a CannotDecode that says why."""

    names: Names
    _converter: Converter = field(init=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "_converter", converter(self.names))

    def encode(self, value: object, kind: Any = object) -> Json:
        """Return a value as JSON, of a declared type; where none is declared, tags say what it is."""
        if kind is object:
            return encoded_openly(self._converter, self.names, value)
        return self._converter.unstructure(value, unstructure_as=kind)

    def decode(self, value: Json, kind: Any = object) -> Any:
        """Return the value that JSON stands for, of a declared type or as its tags say."""
        if kind is object:
            return decoded_openly(self._converter, self.names, value)
        return self._converter.structure(value, kind)

    def schema(self, kind: Any) -> dict[str, Any]:
        """Return the JSON Schema of what `encode` gives for a declared type."""
        return schema(self.names, kind)


@cache
def codec_of(protocol: Protocol) -> Codec:
    """Return the codec of a protocol."""
    return Codec(names_of(protocol))
