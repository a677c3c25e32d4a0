"""What a source has that looks most like what the list asks and was not found: for a person to judge, best first.

Nothing here takes anything. A candidate is more likely the more words it shares, under the same group, in the same
unit; of a topic that another name has, or that stood in the last answer beside the one that is gone, we know that it is
not.
"""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache

from assets.bron.bronlijst import Onderwerp
from assets.bron.herkenning import find_exact, identities_of_others, identity
from assets.bron.schrijfwijze import camel, content, fold, is_totaal, numbers, on_path, same_unit, stem, words
from assets.bron.structuur import BronOnderwerp, Code

# At least this likeness, on the scale of `likeness_of_titles`, of what is shown, and of what can be taken for the same.
SHOWN, SAME = 0.45, 0.5
# From this likeness of their letters two words can be one, misspelled or in the plural.
ALIKE = 0.85


def _likeness_of_words(one: str, other: str) -> float:
    """Say how alike two words are: the same, one cut short, or a letter or two apart; else not at all."""
    if one == other:
        return 1.0
    short, long = sorted((one, other), key=len)
    if len(short) > 2 and long.startswith(short):
        return 0.9
    ratio = difflib.SequenceMatcher(None, one, other).ratio()
    return ratio if ratio >= ALIKE else 0.0


@lru_cache(maxsize=20_000)
def likeness_of_titles(one: str, other: str) -> float:
    """Say how alike two titles are, from 0 to 1: the words that they share, and less so the letters in a row."""
    a, b = content(one), content(other)
    shared = sum(max((_likeness_of_words(w, v) for v in b), default=0.0) for w in a)
    shared += sum(max((_likeness_of_words(w, v) for v in a), default=0.0) for w in b)
    letters = difflib.SequenceMatcher(None, " ".join(words(one)), " ".join(words(other))).ratio()
    other_number = 0.25 if numbers(one) != numbers(other) else 0.0
    return max(shared / max(len(a) + len(b), 1), 0.8 * letters) - other_number


def _likeness(expected: Onderwerp, topic: BronOnderwerp) -> float:
    groups = " ".join(topic.pad or ())
    title = likeness_of_titles(expected.titel, topic.titel)
    whole = likeness_of_titles(" ".join((*expected.pad, expected.titel)), f"{groups} {topic.titel}")
    found = max(title, 0.9 * whole)
    found += 0.2 * same_unit(expected.eenheid, topic.eenheid)
    found += 0.15 * bool(expected.pad and on_path(expected.pad, topic.pad, spelling=True))
    found += 0.4 * (stem(topic.sleutel) == camel(expected.titel))
    return found + 0.8 * (topic.sleutel == expected.v4_code)


def rank_topics(
    expected: Onderwerp,
    onderwerpen: Sequence[BronOnderwerp],
    bezet: Collection[str] = (),
    eerder: Sequence[BronOnderwerp] = (),
) -> list[BronOnderwerp]:
    """Give the topics that can be the one expected, best first.

    bezet: keys of topics that other names have. eerder: the topics of the last accepted answer; what was added since is
    the likelier, the nearer it stands to the place of what is gone.
    """
    before = find_exact(expected, eerder).onderwerp
    others, keys = identities_of_others(before, eerder), {t.sleutel for t in eerder}

    def is_other(topic: BronOnderwerp) -> bool:
        # a namesake of what is gone is another one as well, unless it has a key that nothing had
        new = before is not None and identity(topic) == identity(before) and topic.sleutel not in keys
        return topic.sleutel in bezet or (identity(topic) in others and topic != before and not new)

    free = [t for t in onderwerpen if not is_other(t)]
    place = next((i for i, t in enumerate(eerder) if t is before), 0) / max(len(eerder), 1)
    places = {t.sleutel: i / max(len(onderwerpen), 1) for i, t in enumerate(onderwerpen)}

    def total(topic: BronOnderwerp) -> float:
        score = _likeness(expected, topic)
        if before:
            score += 0.3 + 0.2 * (topic.pad == before.pad) - 0.2 * abs(places[topic.sleutel] - place)
        return score

    scored = sorted(((total(t), t.sleutel, t) for t in free), key=lambda s: (-s[0], s[1]))
    return [topic for score, _, topic in scored if score > SHOWN + 0.1]


def rank_codes(titel: str, codes: Iterable[Code]) -> list[Code]:
    """Give the codes whose title can be the one expected, best first; of a total the first of the list."""

    def total(code: Code) -> float:
        both = is_totaal(titel) and is_totaal(code.titel)
        return likeness_of_titles(titel, code.titel) + (0.8 if both else 0.0) + (fold(titel) == fold(code.titel))

    scored = sorted(((total(c), c) for c in codes), key=lambda s: -s[0])
    return [code for score, code in scored if score > SHOWN]
