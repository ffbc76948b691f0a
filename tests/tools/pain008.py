"""Reads a JSON list of XML documents; writes, for each, null or why it is no pain.008.001.08."""

import importlib.util
import json
import pathlib
import sys
from xml.etree import ElementTree

import xmlschema

# Found, not imported: the package itself needs more than its schemas do.
package = pathlib.Path(importlib.util.find_spec("sepaxml").origin).parent
schema = xmlschema.XMLSchema(package / "schemas" / "pain.008.001.08.xsd")


def reason(document: str) -> str | None:
    try:
        root = ElementTree.fromstring(document.encode())
    except ElementTree.ParseError as error:
        return f"not well-formed: {error}"
    error = next(schema.iter_errors(root), None)
    return error and f"{error.path}: {error.reason}"


json.dump([reason(document) for document in json.load(sys.stdin)], sys.stdout)
