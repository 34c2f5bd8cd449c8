"""The encoder at run time: one ONNX file, one thread, one window at a time.

One window a call and no padding: what a paragraph gets does not depend on what else was read with it.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..errors import ModelError
from .pieces import Window

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Outputs:
    """What the encoder makes of a window: `words` [words × columns]; `arcs` [words × words], how well each
    column's word is the head of each row's; `labels` [words × labels × size], see `parsing.tree`."""

    words: Floats
    arcs: Floats
    labels: Floats


class Encoder:
    """Gives the outputs of a window."""

    def __init__(self, path: Path) -> None:
        self._session = _open(path)

    def read(self, window: Window) -> Outputs:
        outputs = self._session.run(
            ["words", "arcs", "labels"],
            {
                "ids": np.array([window.ids], dtype=np.int64),
                "types": np.array([window.types], dtype=np.int64),
                "first_pieces": np.array(window.first_pieces, dtype=np.int64),
            },
        )
        return Outputs(*outputs)


def _open(path: Path) -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.execution_mode = onnxruntime.ExecutionMode.ORT_SEQUENTIAL
    options.log_severity_level = 3
    # The memory of the longest window seen would otherwise be kept for every shape in turn.
    options.enable_mem_pattern = False
    try:
        session = onnxruntime.InferenceSession(path.read_bytes(), options, providers=["CPUExecutionProvider"])
    except OSError as error:
        raise ModelError(f"cannot read the encoder {path}: {error}") from error
    except Exception as error:  # onnxruntime raises classes of its own for each way to be corrupt
        raise ModelError(
            f"{path} is not an encoder that this version can run ({str(error)[:200]}); "
            "install the package again or train one with `python -m training`"
        ) from error
    wanted = {"ids", "types", "first_pieces"}
    if {entry.name for entry in session.get_inputs()} != wanted:
        raise ModelError(f"{path} is another kind of ONNX model: it lacks the inputs {sorted(wanted)}")
    return session
