"""The bytes inside a compressed list, as a stream of chunks, never on disk.

Unpacking runs in a thread of its own: bz2 and LZMA release the interpreter, so the list is
unpacked on one core while it is read on another. A bounded queue keeps memory flat.
"""

from __future__ import annotations

import bz2
import contextlib
import gzip
import io
import lzma
import queue
import threading
from collections.abc import Callable, Generator

import py7zr
from py7zr.io import Py7zIO, WriterFactory

from byname.errors import ByNameError, ListError
from byname.sources.inputs import Input, reason_for
from byname.sources.plan import Shape

CHUNK = 1 << 21
_WAITING = 8
_BITE = 1 << 15
_TICK = 0.2

_Emit = Callable[[bytes], None]
_NAMES = {"7z": "7z archive", "bz2": "bz2 file", "gz": "gzip file", "xz": "xz file"}


class _StoppedError(Exception):
    """The reader has left; stop unpacking."""


def chunks(source: Input, shape: Shape) -> Generator[bytes, None, None]:
    """Yield the unpacked bytes of ``source``.

    Raises:
        ListError: the file is truncated, damaged, or holds no XML.
    """
    source.done = 0
    if shape == "xml":
        return _plain(source)
    return _threaded(source, shape)


def head(source: Input, shape: Shape, size: int) -> bytes:
    """Return the first ``size`` unpacked bytes."""
    gathered = b""
    with contextlib.closing(chunks(source, shape)) as stream:
        for chunk in stream:
            gathered += chunk
            if len(gathered) >= size:
                break
    source.done = 0
    return gathered[:size]


def _plain(source: Input) -> Generator[bytes, None, None]:
    with source.open() as handle:
        while chunk := handle.read(CHUNK):
            source.done += len(chunk)
            yield chunk


def _threaded(source: Input, shape: Shape) -> Generator[bytes, None, None]:
    waiting: queue.Queue[bytes | Exception | None] = queue.Queue(_WAITING)
    stop = threading.Event()

    def emit(chunk: bytes | Exception | None) -> None:
        while not stop.is_set():
            with contextlib.suppress(queue.Full):
                waiting.put(chunk, timeout=_TICK)
                return
        raise _StoppedError

    def work() -> None:
        with contextlib.suppress(_StoppedError):
            try:
                _unpack(source, shape, emit)
                emit(None)
            except _StoppedError:
                raise
            except Exception as error:  # every library here raises kinds of its own
                emit(error)

    thread = threading.Thread(target=work, name="byname-unpack", daemon=True)
    thread.start()
    try:
        while (chunk := waiting.get()) is not None:
            if isinstance(chunk, Exception):
                raise _as_list_error(source, shape, chunk) from chunk
            yield chunk
    finally:
        stop.set()
        thread.join()


def _as_list_error(source: Input, shape: Shape, error: Exception) -> ByNameError:
    if isinstance(error, ByNameError):
        return error
    if isinstance(error, OSError) and error.errno is not None:
        return source.error(f"{reason_for(error)}.")
    if isinstance(error, py7zr.exceptions.PasswordRequired):
        return source.error("is locked with a password; unpack it with 7z first.")
    if isinstance(error, py7zr.exceptions.UnsupportedCompressionMethodError):
        return source.error("is packed in a way that is not supported; unpack it with 7z first.")
    return source.error(f"is a truncated or damaged {_NAMES[shape]}; fetch it again.")


class _Counted(io.BufferedReader):
    """A file that tells the input how far it was read."""

    def __init__(self, source: Input) -> None:
        super().__init__(io.FileIO(source.path), 1 << 16)
        self._source = source
        self.counting = False  # py7zr looks at the end of the file before it begins

    def read(self, size: int | None = -1, /) -> bytes:
        if self.counting and (size is None or size < 0 or size > _BITE):
            size = _BITE  # py7zr unpacks all it gets at once, up to 128 MB
        data = super().read(size)
        if self.counting:
            self._source.done = min(self._source.size, self.tell())
        return data


def _unpack(source: Input, shape: Shape, emit: _Emit) -> None:
    with _Counted(source) as packed:
        if shape == "7z":
            _unpack_7z(source, packed, emit)
            return
        packed.counting = True
        with _opened(packed, shape) as opened:
            while chunk := opened.read(CHUNK):
                emit(chunk)


def _opened(packed: _Counted, shape: Shape) -> bz2.BZ2File | gzip.GzipFile | lzma.LZMAFile:
    if shape == "bz2":
        return bz2.BZ2File(packed)
    return gzip.GzipFile(fileobj=packed) if shape == "gz" else lzma.LZMAFile(packed)


class _Push(Py7zIO):
    """Hands on what py7zr unpacks, instead of keeping it."""

    def __init__(self, emit: _Emit) -> None:
        self._emit = emit
        self._size = 0

    def write(self, s: bytes | bytearray) -> int:
        for start in range(0, len(s), CHUNK):
            self._emit(bytes(s[start : start + CHUNK]))
        self._size += len(s)
        return len(s)

    def read(self, size: int | None = None) -> bytes:
        return b""

    def seek(self, offset: int, whence: int = 0) -> int:
        return 0

    def flush(self) -> None:
        return None

    def size(self) -> int:
        return self._size


class _PushFactory(WriterFactory):
    def __init__(self, emit: _Emit) -> None:
        self._emit = emit

    def create(self, filename: str) -> Py7zIO:
        return _Push(self._emit)


def _unpack_7z(source: Input, packed: _Counted, emit: _Emit) -> None:
    with py7zr.SevenZipFile(packed) as archive:
        if archive.password_protected:
            raise py7zr.exceptions.PasswordRequired([], "locked")
        names = [info.filename for info in archive.list() if not info.is_directory]
        wanted = [name for name in names if name.casefold().endswith(".xml")]
        if not wanted and len(names) == 1:
            wanted = names
        if len(wanted) != 1:
            held = f"{len(wanted)} XML files" if wanted else "no XML file"
            raise ListError(f"{source.shown} holds {held}; unpack it and give the export itself.")
        packed.counting = True
        archive.extract(targets=wanted, factory=_PushFactory(emit))
