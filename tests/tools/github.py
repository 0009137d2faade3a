"""Holds recorded requests against a host's own description of its API: GitHub's, and without SCHEMA that of any other.

usage: github.py REQUESTS OPENAPI [SCHEMA]

REQUESTS is what the tests wrote under REDAN_REQUESTS, a request a line. OPENAPI is generated/api.github.com.json of the npm package
@octokit/openapi, SCHEMA is schema.graphql of @octokit/graphql-schema. Every path must be described for its method; query and body must be as
described and hold nothing else; every GraphQL document must be valid and its variables of the right types.
Needs the Python packages jsonschema and, for SCHEMA, graphql-core.
"""

import json
import re
import sys

from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012


def load_rest(path):
    with open(path, encoding="utf-8") as file:
        document = json.load(file)
    resource = Resource(contents=document, specification=DRAFT202012)
    registry = Registry().with_resource("urn:github", resource)
    templates = []
    for template, methods in document["paths"].items():
        pattern = re.compile("^" + re.sub(r"\\\{[^}]*\\\}", "[^/]+", re.escape(template)) + "$")
        # A literal part is better than a parameter: /issues/comments/5 is no /issues/{number}.
        templates.append((template.count("{"), pattern, methods))
    templates.sort(key=lambda entry: entry[0])
    return document, registry, templates


def load_graphql(path):
    from graphql import build_schema

    with open(path, encoding="utf-8") as file:
        return build_schema(file.read(), assume_valid=True)


def resolved(document, part):
    while "$ref" in part:
        target = document
        for name in part["$ref"].removeprefix("#/").split("/"):
            target = target[name.replace("~1", "/").replace("~0", "~")]
        part = target
    return part


def absolute(schema):
    """References of a part of the document, so that they hold outside of it."""
    if isinstance(schema, dict):
        return {
            key: "urn:github" + value if key == "$ref" and isinstance(value, str) else absolute(value)
            for key, value in schema.items()
        }
    if isinstance(schema, list):
        return [absolute(item) for item in schema]
    return schema


def rest(request, document, registry, templates):
    method = request["method"].lower()
    found = [methods[method] for _, pattern, methods in templates if method in methods and pattern.match(request["path"])]
    if not found:
        return ["no such path and method"]
    operation = found[0]
    parameters = [resolved(document, parameter) for parameter in operation.get("parameters", [])]
    known = {parameter["name"]: parameter for parameter in parameters if parameter["in"] == "query"}
    wrong = [f"query `{name}` is not described" for name in request["query"] if name not in known]
    for name, value in request["query"].items():
        kind = known.get(name, {}).get("schema", {}).get("type")
        if kind == "integer" and not value.isdigit():
            wrong.append(f"query `{name}` is no integer")
    described = operation.get("requestBody")
    if described is None:
        return wrong + (["a body where none is described"] if request["body"] is not None else [])
    schema = resolved(document, described)["content"]["application/json"]["schema"]
    validator = Draft202012Validator(absolute(schema), registry=registry)
    wrong += [f"{error.json_path}: {error.message}" for error in validator.iter_errors(request["body"])]
    strange = set(request["body"] or {}) - set(resolved(document, schema).get("properties", request["body"] or {}))
    return wrong + [f"body `{name}` is not described" for name in sorted(strange)]


def graphql(request, schema):
    from graphql import parse, validate
    from graphql.execution.values import get_variable_values

    document = parse(request["body"]["query"])
    wrong = [error.message for error in validate(schema, document)]
    if not wrong:
        variables = request["body"]["variables"]
        coerced = get_variable_values(schema, document.definitions[0].variable_definitions, variables)
        wrong = [error.message for error in coerced] if isinstance(coerced, list) else []
    return wrong


def main():
    requests_path, openapi_path, *schema_path = sys.argv[1:]
    document, registry, templates = load_rest(openapi_path)
    schema = load_graphql(schema_path[0]) if schema_path else None
    with open(requests_path, encoding="utf-8") as file:
        lines = sorted(set(file))
    complaints, seen = [], set()
    for line in lines:
        request = json.loads(line)
        asked = f"{request['method']} {request['path']}"
        told = graphql(request, schema) if request["path"] == "/graphql" else rest(request, document, registry, templates)
        seen.add(re.sub(r"\b[0-9a-f]{10,}\b|\d+", "…", asked))
        complaints += [f"{asked}: {words}" for words in told]
    for complaint in sorted(set(complaints)):
        print(complaint, file=sys.stderr)
    print(f"{len(lines)} different requests of {len(seen)} kinds, {len(set(complaints))} wrong")
    sys.exit(1 if complaints or not lines else 0)


main()
