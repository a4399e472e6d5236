"""What each field of a model is for: the text below it in the source, read only when somebody asks.

pydantic can collect these texts itself (``use_attribute_docstrings``), but does so for every model whenever
it is imported, and takes longer over that than over all else about importing it.
"""

from __future__ import annotations

import ast
import inspect
from collections.abc import Mapping
from functools import cache
from itertools import pairwise


@cache
def descriptions(model: type) -> Mapping[str, str]:
    """Return the text below each field that stands in ``model`` itself, by the field's name.

    Raises ``OSError`` where the program was installed without its source.
    """
    (definition,) = ast.parse(inspect.getsource(model)).body
    found = {}
    for field, below in pairwise(definition.body if isinstance(definition, ast.ClassDef) else ()):
        if not isinstance(field, ast.AnnAssign) or not isinstance(field.target, ast.Name):
            continue
        if isinstance(below, ast.Expr) and isinstance(below.value, ast.Constant):
            found[field.target.id] = inspect.cleandoc(str(below.value.value))
    return found
