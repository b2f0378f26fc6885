"""Frozen facts -> a tagged PDF, sealed for integrity.  Knows kinds of documents and no case tables."""

from tourism_odr.documents.checking import DataRefusedError
from tourism_odr.documents.glyphs import CharactersMissingError, missing_characters, with_stand_ins
from tourism_odr.documents.kinds import KINDS, Kind
from tourism_odr.documents.rendering import digest_of, render
from tourism_odr.documents.samples import sample
from tourism_odr.documents.sealing import SealKey, make_seal_key, seal, verify_seal

__all__ = [
    "KINDS",
    "CharactersMissingError",
    "DataRefusedError",
    "Kind",
    "SealKey",
    "digest_of",
    "make_seal_key",
    "missing_characters",
    "render",
    "sample",
    "seal",
    "verify_seal",
    "with_stand_ins",
]
