"""Definitions, and the states of their unfoldings, from and to the data of a request."""

from __future__ import annotations

import base64
import zlib

import selvedge

from .data import Request

#: The longest state that is handed to the next run, in bytes: Temporal takes two MiB.
MAX_PACKED = 1_500_000
#: The longest state that is unpacked, in bytes.
MAX_UNPACKED = 512 * 1024 * 1024


def read(text: str) -> selvedge.Workflow:
    """Reads a definition in JSON or YAML."""
    return selvedge.Workflow.from_json(text) if text.lstrip().startswith("{") else selvedge.Workflow.from_yaml(text)


def blueprint(request: Request, clock: int) -> selvedge.Blueprint:
    """Builds what a request defines.

    All that expressions see is the same in each replay: the clock stands, random numbers are refused, and what a call may use is
    counted in steps and bytes, never in time.
    """
    engine = selvedge.Engine(clock=clock, without=["randomness"])
    subworkflows = [read(text) for text in request.subworkflows]
    return selvedge.Blueprint(read(request.definition), engine=engine, subworkflows=subworkflows)


def packed(snapshot: str) -> str:
    """Packs a snapshot.

    Raises:
        ValueError: It is longer than Temporal takes.
    """
    text = base64.b85encode(zlib.compress(snapshot.encode(), 6)).decode("ascii")
    if len(text) > MAX_PACKED:
        raise ValueError(f"the state has {len(text)} bytes, packed, and at most {MAX_PACKED} are handed to the next run")
    return text


def unpacked(text: str) -> str:
    """Unpacks a snapshot.

    Raises:
        ValueError: It is none, or is too long.
    """
    unpacker = zlib.decompressobj()
    try:
        content = unpacker.decompress(base64.b85decode(text), MAX_UNPACKED)
    except zlib.error as error:
        raise ValueError(f"the state cannot be unpacked: {error}") from error
    if unpacker.unconsumed_tail:
        raise ValueError(f"the state has more than {MAX_UNPACKED} bytes")
    if not unpacker.eof:
        raise ValueError("the state is cut off")
    return content.decode()
