"""Checks an evidence pack of a Dutydesk office with nothing but Python's standard library.

It was written from what the crate documents (report/pack/proof, domain/checkpoint, domain/merkle, store/header).

    pack.py PACK [KEY]     a pack in JSON, and the public key that should have signed it
    pack.py places FILES   for each file a line: the places at which something does not hold, in the order of their names

It prints what was found and ends with 0, or with 1 and every place that does not hold.
"""

import datetime
import json
import pathlib
import sys
import uuid

from listed import differences, is_shaped, member, number, plain, shown
from signed import key_of, lines, note
from tree import field, included, sha

# The columns of a header in the order in which they are hashed; "?" where there can be none.
COLUMNS = {
    "format": "int", "seq": "int", "id": "id", "key": "str", "kind": "str", "edition": "hash?", "case_id": "id?",
    "subject_id": "id?", "on_commitment": "str?", "occurred_at": "int", "precision": "str", "reported_at": "int?",
    "recorded_at": "int", "offset_minutes": "int", "clock_regressed": "int", "by_staff": "id?", "typed_by": "id?",
    "method": "str", "program": "str", "body_commit": "hash",
}
WRONG = (ValueError, TypeError, AttributeError, OverflowError)


def holds(condition, otherwise):
    if not condition:
        raise ValueError(otherwise)


def of_hash(text):
    holds(len(text) == 64 and bytes.fromhex(text).hex() == text, "not a hash")
    return bytes.fromhex(text)


def column(name, value):
    """A column of a header as it is hashed."""
    kind = COLUMNS[name]
    if value is None and kind.endswith("?"):
        return None
    holds(type(value) is (int if kind.startswith("int") else str), name)
    if kind.startswith("hash"):
        return of_hash(value)
    if kind.startswith("id"):
        holds(str(uuid.UUID(value)) == value, name)
        return uuid.UUID(value).bytes
    return value


def read(data):
    """The pack in these bytes, where they are the one way in which it is written."""
    def odd(text):
        raise ValueError(f"no number of a pack: {text}")

    def whole(text):
        return int(text) if -(2**63) <= int(text) < 2**64 else odd(text)

    pack = json.loads(data.decode(), parse_constant=odd, parse_float=odd, parse_int=whole)
    written = json.dumps(pack, sort_keys=True, ensure_ascii=False, indent=2) + "\n"
    holds(written.encode() == data, "it is not as packs are written")

    def objects(value):
        return isinstance(value, list) and all(isinstance(one, dict) for one in value)

    cases, tables = member(pack, "cases"), member(pack, "tables")
    of_cases = objects(cases) and all(objects(case.get("entries")) for case in cases)
    holds(of_cases and isinstance(tables, dict) and all(map(objects, tables.values())), "it does not have the form it should")
    return pack


def proof_of(pack):
    proof = member(pack, "proof")
    steps = member(proof, "head")
    types = {"entries": list, "key": str, "list": dict, "note": str, "seal": str} | ({} if steps is None else {"head": list})
    holds(is_shaped(proof, types) and all(isinstance(step, str) for step in steps or []), "there is none that can be read")
    return proof


def signed_once(text):
    holds(text.rpartition("\n\n")[2].count("\n") == 1, "signed by more than one")


def check_key(proof):
    holds(proof["key"].strip() == proof["key"], "it stands among blanks")
    return key_of(proof["key"])


def check_note(proof, key):
    """How many entries were signed, and the top of the tree over them."""
    origin, size, top, _ = note(proof["note"], [key])
    holds(origin == key[0], "of another office than its key")
    signed_once(proof["note"])
    return size, top


def check_seal(proof, key, tree):
    """The hash of the list that was sealed."""
    first, office, of_list, of_tree, made, *_ = lines(proof["seal"], [key])
    size, top = of_tree.removeprefix("checkpoint ").split(" ")
    holds(first == "dutydesk/pack" and office == key[0] and made.startswith("made "), "not a seal of this office")
    signed_once(proof["seal"])
    holds(not tree or (str(tree[0]), tree[1].hex()) == (size, top), "it goes with another checkpoint")
    return of_list


def is_in(tree, own, entry, steps):
    return tree is None or included(own, entry, tree[0], [of_hash(step) for step in steps], tree[1])


def check_head(head, steps, tree):
    entries = member(head, "entries")
    is_number = type(entries) is int and entries >= 0
    of_none = steps is None and is_number and entries == 0
    of_one = steps is not None and is_number and is_in(tree, of_hash(member(head, "hash")), entries, steps)
    holds(of_none or of_one, "it is not an entry of the record that was signed")


def check_entry(one, tree):
    """Its header and hash, once everything in it follows from everything else."""
    content = {name for name in ("salt", "body", "without") if name in one}
    is_formed = one.keys() - content == {"entry", "hash", "header", "inclusion"} and content in ({"salt", "body"}, {"without"})
    holds(is_formed and one["header"].keys() == {*COLUMNS, "prev"}, "it does not have the form it should")
    header = one["header"]
    columns = [column(name, header[name]) for name in COLUMNS]
    holds(header["seq"] == one["entry"], "its header is of another")
    commits = "without" in content or sha(b"\1", of_hash(one["salt"]), one["body"].encode()) == columns[-1]
    holds(commits, "what is said in it is not what was recorded")
    own = sha(b"\0", *map(field, columns), of_hash(header["prev"]))
    holds(own.hex() == one["hash"], "its header is not what was recorded")
    holds(is_in(tree, own, one["entry"], one["inclusion"]), "it is not in the record that was signed")
    return header, one["hash"]


def check_shown(one, proved):
    """That it is shown as it was recorded."""
    holds(number(one) in proved, "it is shown and nothing proves it")
    if proved[number(one)]:
        header, hash_ = proved[number(one)]
        at = datetime.datetime.fromtimestamp(header["recorded_at"] // 1000, datetime.timezone.utc)
        of_header = header["id"], hash_, at.strftime("%Y-%m-%dT%H:%M:%SZ")
        of_shown = member(one, "id"), member(one, "hash"), member(member(one, "recorded"), "at")
        holds(of_header == of_shown and member(one, "kind") in (header["kind"], "stub"), "shown otherwise than it was recorded")


def check(data, expected=None):
    """The faults of a pack: places, and what is wrong there."""
    faults = []

    def found(place, checks, *arguments):
        try:
            return checks(*arguments)
        except (*WRONG, RecursionError) as fault:
            faults.append((place, fault))

    if (pack := found("the file", read, data)) is None or (proof := found("the proof", proof_of, pack)) is None:
        return faults
    tree = None
    if key := found("the key", check_key, proof):
        if expected is not None and key_of(expected) != key:
            faults.append(("the key", "another one was to be expected"))
        tree = found("the checkpoint", check_note, proof, key)
        of_list = found("the seal", check_seal, proof, key, tree)
        if of_list is not None and of_list != f"list {plain(proof['list'])}":
            faults.append(("the list", "it is not what was sealed"))
    faults.extend(differences(pack, proof["entries"], proof["list"]))
    found("the head", check_head, member(pack, "head"), proof.get("head"), tree)
    proved = {}
    for one in proof["entries"]:
        known = found(f"entry {number(one)}", check_entry, one, tree)
        proved[number(one)] = proved.get(number(one)) or known
    for _, one in shown(pack):
        found(f"entry {number(one)}", check_shown, one, proved)
    return faults


def main(arguments):
    if arguments[:1] == ["places"]:
        for path in arguments[1:]:
            places = sorted({place for place, _ in check(pathlib.Path(path).read_bytes())})
            print("; ".join(places) or "holds")
        return 0
    if not 1 <= len(arguments) <= 2:
        sys.exit(__doc__)
    data = pathlib.Path(arguments[0]).read_bytes()
    faults = check(data, *arguments[1:])
    for place, says in faults:
        print(f"DOES NOT HOLD: {place}: {says}")
    if not faults:
        proof = json.loads(data)["proof"]
        print(f"holds: {proof['note'].split(chr(10))[1]} entries signed by {proof['key']}")
        if not arguments[1:]:
            print("that this is the office's key was not checked")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
