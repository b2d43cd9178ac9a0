"""What is sent is bounded while it comes in: past the bound, not a byte more is kept."""

from typing import Any

from django.core.files.uploadhandler import FileUploadHandler, SkipFile

from exchange.imports.sheets import LARGEST


class BoundedUpload(FileUploadHandler):
    """Lets a file through to the next handlers, or drops it whole once it is too large."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.received = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self.received += len(raw_data)
        if self.received > LARGEST + self.chunk_size:
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None
