"""The process that reads files for :mod:`~evaltrail.read.batch`: one request in, one reply out, until its input ends.

A request or reply is a length, a JSON header and a payload of bytes (the content of a source without a path; the record
as JSON).  JSON and not pickle: a file that takes over a reader's process must not reach the parent's.
"""

from __future__ import annotations

import json
import os
import queue
import struct
import sys
import threading
import traceback
from typing import IO, TYPE_CHECKING, Any

from evaltrail.read.formats import Options, Unreadable
from evaltrail.read.limits import fence, peak, resident

if TYPE_CHECKING:
    from evaltrail.record import Record

_LENGTHS = struct.Struct(">IQ")


def send(stream: IO[bytes], header: dict[str, Any], payload: bytes | memoryview = b"") -> None:
    """Write one message."""
    head = json.dumps(header).encode("ascii")
    stream.write(_LENGTHS.pack(len(head), len(payload)))
    stream.write(head)
    stream.write(payload)
    stream.flush()


def receive(stream: IO[bytes]) -> tuple[dict[str, Any], bytes] | None:
    """The next message, None at the end of the stream, wherever it ends."""
    lengths = stream.read(_LENGTHS.size)
    if len(lengths) < _LENGTHS.size:
        return None
    head_length, payload_length = _LENGTHS.unpack(lengths)
    head = stream.read(head_length)
    payload = stream.read(payload_length)
    if len(head) < head_length or len(payload) < payload_length:
        return None
    return json.loads(head), payload


def main() -> None:
    """Answer requests on standard input until it ends."""
    # Whatever a library prints must not fall between the replies.
    replies = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    # Deeply nested markup is refused with a RecursionError rather than by a crash.
    threading.stack_size(64 << 20)
    requests: queue.SimpleQueue[tuple[dict[str, Any], bytes]] = queue.SimpleQueue()
    threading.Thread(target=_answer_all, args=(requests, replies), daemon=True).start()
    # The main thread waits for requests, so that it sees at once when the parent has gone, and ends the process in the middle of a file.
    while (request := receive(sys.stdin.buffer)) is not None:
        requests.put(request)
    os._exit(0)


def _answer_all(requests: queue.SimpleQueue[tuple[dict[str, Any], bytes]], replies: IO[bytes]) -> None:
    try:
        while True:
            header, payload = _answer(*requests.get())
            send(replies, header, payload)
    except BaseException:  # noqa: BLE001 - without this thread the process would wait for ever
        traceback.print_exc()
        os._exit(70)


def _answer(request: dict[str, Any], content: bytes) -> tuple[dict[str, Any], bytes]:
    try:
        record = _read(request, content)
        payload = record.to_json(indent=None).encode("utf-8")
        header: dict[str, Any] = {
            "losses": [_said(d) for d in record.diagnostics if d.lost],
            "notes": [_said(d) for d in record.diagnostics if not d.lost],
            "pages": len(record.pages),
        }
    except Unreadable as e:
        header, payload = {"code": e.code, "message": str(e)}, b""
    except MemoryError:
        header, payload = {"code": "memory", "message": "", "held": peak()}, b""
    except RecursionError:
        header, payload = {"code": "bad-format", "message": "its content is nested too deeply to be a paper. Open it and save it anew"}, b""
    except Exception as e:  # noqa: BLE001 - one file's fault must not end the others' reading
        what = " ".join(f"{type(e).__name__}: {e}".split())[:200]
        header = {"code": "fault", "message": f"a fault in Evaltrail stopped the reading ({what}). Please report it"}
        header["trace"] = traceback.format_exc()
        payload = b""
    header["held"] = peak()
    header["holds"] = resident(os.getpid())
    return header, payload


def _read(request: dict[str, Any], content: bytes) -> Record:
    from evaltrail.read import read
    from evaltrail.read.source import open_source

    fence(request["memory"], request["seconds"])
    given: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in request["options"].items()}
    # Half of the memory at most for the bytes themselves: the other half is for what they say.
    source = open_source(request["path"] or content, request["name"], max_bytes=request["memory"] // 2)
    return read(source.data, options=Options(**given), name=request["name"])


def _said(diagnostic: Any) -> str:
    return " ".join(str(diagnostic.message).split())
