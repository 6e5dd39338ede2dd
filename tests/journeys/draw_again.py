"""Draws the sample of an audit again from what is kept with it, by the method that is kept with it and nothing else.

Arguments: the seed, how many, the population as it is kept ("U-1 to U-30, U-32"). Prints the references that are drawn.
"""

import hashlib
import sys

seed, size, kept = sys.argv[1], int(sys.argv[2]), sys.argv[3]
population = []
for run in kept.split(", "):
    first, _, last = run.partition(" to ")
    letter, number = first.rsplit("-", 1)
    for each in range(int(number), int((last or first).rsplit("-", 1)[1]) + 1):
        population.append(f"{letter}-{each}")
lowest = sorted(population, key=lambda one: hashlib.sha256(f"{seed}:{one}".encode()).hexdigest())[:size]
print("\n".join(one for one in population if one in lowest))
