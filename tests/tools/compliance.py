"""Reads one exported file with a program that knows its format; says what it is, or why it is not."""

import pathlib
import sys


def oscal(kind, path):
    if kind == "oscal-component-definition":
        from trestle.oscal.component import ComponentDefinition as model
    else:
        from trestle.oscal.assessment_results import AssessmentResults as model
    read = model.oscal_read(path)
    assert read is not None, f"{path} was not read"
    return f"{model.__name__} {read.metadata.title}"


def cyclonedx(path):
    from cyclonedx.schema import SchemaVersion
    from cyclonedx.validation.json import JsonStrictValidator

    wrong = JsonStrictValidator(SchemaVersion.V1_6).validate_str(path.read_text())
    assert wrong is None, f"{path}: {wrong}"
    return "CycloneDX 1.6"


kind, path = sys.argv[1], pathlib.Path(sys.argv[2])
print("compliance: valid:", cyclonedx(path) if kind == "cyclonedx" else oscal(kind, path))
