"""What a pack shows, held against the list of it that its office sealed (report/pack/proof)."""

import json

from tree import sha

HASHED = {"entry": int, "sha256": str}


def plain(value):
    """The hash of a value, written without blanks and with its names in order."""
    return sha(json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()).hex()


def member(value, name):
    return value.get(name) if isinstance(value, dict) else None


def is_shaped(value, types):
    """Whether it has exactly these members, each of its type; numbers of entries count from 0."""
    return (
        isinstance(value, dict)
        and value.keys() == types.keys()
        and all(type(value[name]) is of for name, of in types.items())
        and value.get("entry", 0) >= 0
    )


def number(value):
    entry = member(value, "entry")
    return entry if type(entry) is int and entry >= 0 else 0


def shown(pack):
    """Each entry as a case of the pack shows it, with the case's name."""
    for case in pack["cases"]:
        name = case.get("case")
        for entry in case["entries"]:
            yield (name if isinstance(name, str) else ""), entry


def without(value, *names):
    return {name: one for name, one in value.items() if name not in names}


def list_of(pack, proved):
    cover = without(pack, "proof", "tables", "cases")
    cover["cases"] = [without(case, "entries") for case in pack["cases"]]
    return {
        "cover": plain(cover),
        "entries": [{"entry": number(one), "sha256": plain(one)} for one in proved],
        "shown": [{"case": case, "entry": number(one), "sha256": plain(one)} for case, one in shown(pack)],
        "tables": {name: plain(rows) for name, rows in pack["tables"].items()},
    }


def is_list(sealed):
    return (
        is_shaped(sealed, {"cover": str, "entries": list, "shown": list, "tables": dict})
        and all(is_shaped(one, HASHED) for one in sealed["entries"])
        and all(is_shaped(one, HASHED | {"case": str}) for one in sealed["shown"])
        and all(isinstance(one, str) for one in sealed["tables"].values())
    )


def differences(pack, proved, sealed):
    """Where the pack is not what was sealed: places, and what is wrong there."""
    if not is_list(sealed):
        yield "the list", "it does not have the form it should"
        return
    found = list_of(pack, proved)
    if sealed["cover"] != found["cover"]:
        yield "the cover", "changed"
    for name in sealed["tables"].keys() | found["tables"].keys():
        if sealed["tables"].get(name) != found["tables"].get(name):
            yield f"table {name}", "changed, left out or put in"
    for part in ("entries", "shown"):
        keyed = [[((one.get("case", ""), one["entry"]), one["sha256"]) for one in all_[part]] for all_ in (sealed, found)]
        for entry, says in misplaced(*keyed):
            yield f"entry {entry}", says


def misplaced(sealed, found):
    """Entries that are left out, put in, changed or moved, of two lists of keys and hashes; of a key that stands twice the first."""
    in_list, in_pack = dict(reversed(sealed)), dict(reversed(found))
    for key in in_list.keys() - in_pack.keys():
        yield key[1], "left out"
    order = []
    for key, value in found:
        if key not in in_list or key in order:
            yield key[1], "put in"
            continue
        order.append(key)
        if in_list[key] != value:
            yield key[1], "changed"
    should = (key for key, _ in sealed if key in in_pack)
    moved = next(((one, other) for one, other in zip(should, order) if one != other), ())
    for key in moved:
        yield key[1], "not in its place"
