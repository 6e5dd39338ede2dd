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

from checkpoint import field, included, key_of, lines, note, sha

HEADER = {
    "body_commit": "hash", "by_staff": "id?", "case_id": "id?", "clock_regressed": "int", "edition": "hash?", "format": "int",
    "id": "id", "key": "str", "kind": "str", "method": "str", "occurred_at": "int", "offset_minutes": "int",
    "on_commitment": "str?", "precision": "str", "prev": "hash", "program": "str", "recorded_at": "int",
    "reported_at": "int?", "seq": "int", "subject_id": "id?", "typed_by": "id?",
}
COLUMNS = """format seq id key kind edition case_id subject_id on_commitment occurred_at precision reported_at recorded_at
    offset_minutes clock_regressed by_staff typed_by method program body_commit""".split()


def written(value):
    return json.dumps(value, sort_keys=True, ensure_ascii=False, indent=2) + "\n"


def plain(value):
    return sha(json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()).hex()


def of_hash(text):
    if bytes.fromhex(text).hex() != text or len(text) != 64:
        raise ValueError("not a hash")
    return bytes.fromhex(text)


def column(name, value):
    """A column of a header as it is hashed."""
    kind = HEADER[name]
    if value is None and kind.endswith("?"):
        return None
    if type(value) is not (int if kind.startswith("int") else str):
        raise ValueError(name)
    if kind.startswith("hash"):
        return of_hash(value)
    if kind.startswith("id"):
        if str(uuid.UUID(value)) != value:
            raise ValueError(name)
        return uuid.UUID(value).bytes
    return value


def listed(value):
    """Lists of dictionaries wherever there should be some, and nothing else."""
    return value if isinstance(value, list) else []


def member(value, name):
    return value.get(name) if isinstance(value, dict) else None


def number(value):
    entry = member(value, "entry")
    return entry if type(entry) is int and entry >= 0 else 0


def shown(pack):
    for case in listed(member(pack, "cases")):
        name = member(case, "case")
        for entry in listed(member(case, "entries")):
            yield (name if isinstance(name, str) else ""), entry


def without(value, *names):
    return {name: one for name, one in value.items() if name not in names} if isinstance(value, dict) else {}


def list_of(pack, proved):
    cover = without(pack, "proof", "tables", "cases")
    cover["cases"] = [without(case, "entries") for case in listed(member(pack, "cases"))]
    tables = member(pack, "tables")
    return {
        "cover": plain(cover),
        "entries": [{"entry": number(one), "sha256": plain(one)} for one in proved],
        "shown": [{"case": case, "entry": number(one), "sha256": plain(one)} for case, one in shown(pack)],
        "tables": {name: plain(rows) for name, rows in tables.items()} if isinstance(tables, dict) else {},
    }


def is_shaped(value, **types):
    return isinstance(value, dict) and set(value) == set(types) and all(type(value[name]) is types[name] for name in types)


def is_formed(pack):
    """Whether cases, their entries and tables stand where they should."""
    def objects(value):
        return isinstance(value, list) and all(isinstance(one, dict) for one in value)

    cases, tables = member(pack, "cases"), member(pack, "tables")
    of_cases = objects(cases) and all(objects(case.get("entries")) for case in cases)
    return of_cases and isinstance(tables, dict) and all(objects(rows) for rows in tables.values())


class Checked:
    def __init__(self):
        self.faults, self.tree, self.key = [], None, None

    def fault(self, place, says):
        self.faults.append((place, says))

    def read(self, data):
        def odd(text):
            raise OverflowError(f"no number of a pack: {text}")

        def whole(text):
            return int(text) if -(2**63) <= int(text) < 2**64 else odd(text)

        try:
            pack = json.loads(data.decode(), parse_constant=odd, parse_float=odd, parse_int=whole)
            if written(pack).encode() == data:
                return pack
            self.fault("the file", "it is not as packs are written")
        except (ValueError, OverflowError, RecursionError) as error:
            self.fault("the file", error)

    def signatures(self, proof, expected):
        try:
            if proof["key"].strip() != proof["key"]:
                raise ValueError("it stands among blanks")
            self.key = key_of(proof["key"])
        except ValueError as error:
            return self.fault("the key", error)
        if expected is not None and key_of(expected) != self.key:
            self.fault("the key", "another one was to be expected")
        try:
            origin, size, top, _ = note(proof["note"], [self.key])
            if origin != self.key[0] or proof["note"].rpartition("\n\n")[2].count("\n") != 1:
                raise ValueError("of another office than its key, or signed by more than one")
            self.tree = size, top
        except ValueError as error:
            self.fault("the checkpoint", error)
        try:
            self.seal(proof)
        except ValueError as error:
            self.fault("the seal", error)

    def seal(self, proof):
        first, office, of_list, of_tree, made, *_ = lines(proof["seal"], [self.key])
        size, top = of_tree.removeprefix("checkpoint ").split(" ")
        if first != "dutydesk/pack" or office != self.key[0] or not made.startswith("made "):
            raise ValueError("not a seal of this office")
        if proof["seal"].rpartition("\n\n")[2].count("\n") != 1:
            raise ValueError("signed by more than one")
        if self.tree and (str(self.tree[0]), self.tree[1].hex()) != (size, top):
            raise ValueError("it goes with another checkpoint")
        if of_list != f"list {plain(proof['list'])}":
            self.fault("the list", "it is not what was sealed")

    def against_list(self, pack, proof):
        sealed, found = proof["list"], list_of(pack, proof["entries"])
        hashes = {"entry": int, "sha256": str}
        if not (
            is_shaped(sealed, cover=str, entries=list, shown=list, tables=dict)
            and all(is_shaped(one, **hashes) and one["entry"] >= 0 for one in sealed["entries"])
            and all(is_shaped(one, case=str, **hashes) and one["entry"] >= 0 for one in sealed["shown"])
            and all(isinstance(one, str) for one in sealed["tables"].values())
        ):
            return self.fault("the list", "it does not have the form it should")
        if sealed["cover"] != found["cover"]:
            self.fault("the cover", "changed")
        for name in sealed["tables"].keys() | found["tables"].keys():
            if sealed["tables"].get(name) != found["tables"].get(name):
                self.fault(f"table {name}", "changed, left out or put in")
        for part in ("entries", "shown"):
            self.aligned(*([((one.get("case", ""), one["entry"]), one["sha256"]) for one in all_[part]] for all_ in (sealed, found)))

    def aligned(self, sealed, found):
        in_list, in_pack = dict(reversed(sealed)), dict(reversed(found))
        for key in in_list.keys() - in_pack.keys():
            self.fault(f"entry {key[1]}", "left out")
        order = []
        for key, value in found:
            if key not in in_list or key in order:
                self.fault(f"entry {key[1]}", "put in")
                continue
            order.append(key)
            if in_list[key] != value:
                self.fault(f"entry {key[1]}", "changed")
        should = [key for key, _ in sealed if key in in_pack]
        for one, other in zip(should, order):
            if one != other:
                self.fault(f"entry {one[1]}", "not in its place")
                self.fault(f"entry {other[1]}", "not in its place")
                break

    def head(self, head, proof):
        entries = member(head, "entries")
        try:
            if proof is None:
                holds = type(entries) is int and entries == 0
            else:
                holds = type(entries) is int and entries >= 0
                own, proof = of_hash(member(head, "hash")), proof if self.tree is None else [of_hash(step) for step in proof]
                holds = holds and (self.tree is None or included(own, entries, self.tree[0], proof, self.tree[1]))
        except (ValueError, TypeError):
            holds = False
        if not holds:
            self.fault("the head", "it is not an entry of the record that was signed")

    def entry(self, one):
        """Its header, once everything in it follows from everything else; raises ValueError otherwise."""
        content = {name for name in ("salt", "body", "without") if name in one}
        names = {"entry", "hash", "header", "inclusion"}
        if set(one) - content != names or content not in ({"salt", "body"}, {"without"}) or set(one["header"]) != set(HEADER):
            raise ValueError("it does not have the form it should")
        header, hash_ = one["header"], one["hash"]
        columns = [column(name, header[name]) for name in COLUMNS]
        if header["seq"] != one["entry"]:
            raise ValueError("its header is of another")
        if "body" in content and sha(b"\1", of_hash(one["salt"]), one["body"].encode()) != columns[-1]:
            raise ValueError("what is said in it is not what was recorded")
        own = sha(b"\0", *map(field, columns), of_hash(header["prev"]))
        if own.hex() != hash_:
            raise ValueError("its header is not what was recorded")
        if self.tree and not included(own, one["entry"], self.tree[0], [of_hash(step) for step in one["inclusion"]], self.tree[1]):
            raise ValueError("it is not in the record that was signed")
        return header, hash_

    def entries(self, pack, proved):
        headers = {}
        for one in proved:
            headers.setdefault(number(one), None)
            try:
                header = self.entry(one)
                headers[number(one)] = headers[number(one)] or header
            except (ValueError, TypeError, AttributeError, OverflowError) as error:
                self.fault(f"entry {number(one)}", error)
        for _, one in shown(pack):
            if number(one) not in headers:
                self.fault(f"entry {number(one)}", "it is shown and nothing proves it")
            elif headers[number(one)]:
                header, hash_ = headers[number(one)]
                at = datetime.datetime.fromtimestamp(header["recorded_at"] // 1000, datetime.timezone.utc)
                of_header = header["id"], hash_, at.strftime("%Y-%m-%dT%H:%M:%SZ")
                of_shown = member(one, "id"), member(one, "hash"), member(member(one, "recorded"), "at")
                if of_header != of_shown or member(one, "kind") not in (header["kind"], "stub"):
                    self.fault(f"entry {number(one)}", "shown otherwise than it was recorded")


def check(data, expected=None):
    checked = Checked()
    pack = checked.read(data)
    if not checked.faults and not is_formed(pack):
        checked.fault("the file", "it does not have the form it should")
    if checked.faults:
        return checked
    proof = member(pack, "proof")
    types = {"entries": list, "key": str, "list": dict, "note": str, "seal": str}
    steps = member(proof, "head")
    if isinstance(proof, dict) and steps is not None:
        types["head"] = list
    if not is_shaped(proof, **types) or not all(isinstance(step, str) for step in steps or []):
        checked.fault("the proof", "there is none that can be read")
        return checked
    checked.signatures(proof, expected)
    checked.against_list(pack, proof)
    checked.head(member(pack, "head"), steps)
    checked.entries(pack, proof["entries"])
    return checked


def main(arguments):
    if arguments[:1] == ["places"]:
        for path in arguments[1:]:
            faults = check(pathlib.Path(path).read_bytes()).faults
            print("; ".join(sorted({place for place, _ in faults})) or "holds")
        return 0
    if not 1 <= len(arguments) <= 2:
        sys.exit(__doc__)
    checked = check(pathlib.Path(arguments[0]).read_bytes(), *arguments[1:])
    for place, says in checked.faults:
        print(f"DOES NOT HOLD: {place}: {says}")
    if not checked.faults:
        print(f"holds: {checked.tree[0]} entries signed by {member(json.loads(pathlib.Path(arguments[0]).read_bytes()), 'proof')['key']}")
        if not arguments[1:]:
            print("that this is the office's key was not checked")
    return 1 if checked.faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
