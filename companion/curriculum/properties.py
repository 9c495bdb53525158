"""A property of an object as it stands in a content file, checked against the closed vocabulary."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, model_validator
from pydantic_core import PydanticCustomError

from companion.answers.properties import PROPERTIES, fault_in
from companion.curriculum.scalars import Id, OneOf


class PropertyEntry(BaseModel):
    """A property that an object must have, with the arguments of its word; their formulas are read by the judge."""

    model_config = ConfigDict(extra="allow", strict=True, frozen=True, hide_input_in_errors=True)
    id: Id
    property: Annotated[str, OneOf(tuple(sorted(PROPERTIES)))]

    @model_validator(mode="after")
    def _has_known_arguments(self) -> PropertyEntry:
        fault = fault_in(self.model_dump())
        if fault is not None:
            raise PydanticCustomError("content", "{message}", {"message": fault})
        return self
