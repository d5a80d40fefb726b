from __future__ import annotations

from types import MappingProxyType

import numpy as np

from afweging.model.canonical import canonical_json


def test_one_form() -> None:
    """Keys in order, normal form C, whole numbers without a point, numpy as plain numbers."""
    assert (
        canonical_json(MappingProxyType({"b": 100.0, "a": np.float64(0.5)})) == b'{"a":0.5,"b":100}'
    )
    assert canonical_json(("e\u0301", None)) == '["é",null]'.encode()
