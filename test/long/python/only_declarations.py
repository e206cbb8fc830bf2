"""Tells what a folder of generated packages holds beyond declarations and literals, then imports them.

Usage: only_declarations.py FOLDER. Prints nothing where texts of models have not become code.
"""

import ast
import builtins
import importlib
import pathlib
import sys

folder = pathlib.Path(sys.argv[1])
CALLS = {"View", "Scalar", "Direct", "Reverse", "Edges", "Field"}


def literal(node):
    if isinstance(node, (ast.Constant, ast.Name)):
        return True
    if isinstance(node, (ast.List, ast.Tuple)):
        return all(map(literal, node.elts))
    if isinstance(node, ast.Dict):
        return all(isinstance(key, ast.Constant) for key in node.keys) and all(map(literal, node.values))
    if isinstance(node, ast.UnaryOp):
        return isinstance(node.operand, ast.Constant)
    if isinstance(node, ast.Call):
        named = isinstance(node.func, ast.Name) and node.func.id in CALLS
        return named and all(map(literal, [*node.args, *(one.value for one in node.keywords)]))
    return annotation(node)


def annotation(node):
    if isinstance(node, ast.BinOp):
        return isinstance(node.op, ast.BitOr) and annotation(node.left) and annotation(node.right)
    if isinstance(node, ast.Subscript):
        return isinstance(node.value, ast.Name) and literal(node.slice)
    return isinstance(node, (ast.Name, ast.Constant)) or (isinstance(node, (ast.Tuple, ast.Call)) and literal(node))


def declaration(node):
    if isinstance(node, ast.Expr):
        return isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
    if isinstance(node, ast.AnnAssign):
        return annotation(node.annotation) and (node.value is None or literal(node.value))
    if isinstance(node, ast.Assign):
        return literal(node.value)
    if isinstance(node, ast.ClassDef):
        return not node.decorator_list and all(map(annotation, node.bases)) and all(map(declaration, node.body))
    if isinstance(node, ast.FunctionDef):
        doc, result = node.body
        return node.name == "as_write" and ast.unparse(result).startswith("return self._as_write(")
    return isinstance(node, ast.ImportFrom)


for path in sorted(folder.rglob("*.py")):
    if "_runtime" in path.parts:
        continue
    for node in ast.parse(path.read_text("utf-8"), str(path)).body:
        if not declaration(node):
            print(path.relative_to(folder), node.lineno, ast.unparse(node)[:200])

sys.path.insert(0, str(folder))
for package in sorted(path for path in folder.iterdir() if path.is_dir()):
    module = importlib.import_module(package.name)
    for name in module.__all__:
        value = getattr(module, name)
        if hasattr(value, "model_rebuild") and value.__module__.startswith(package.name):
            value.model_rebuild(raise_errors=True)

if hasattr(builtins, "pwned"):
    print("text of a model was executed")
