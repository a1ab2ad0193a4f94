"""What speaks for each concept of ESCO when somebody says a title: likeness, and what its neighbours show."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property

import numpy as np

from services.matching.vocabulary import esco
from services.matching.vocabulary.spaces import Floats, Space, Whole
from services.matching.vocabulary.words import Splitter, folded, turned

LEVELS = (4, 3, 2, 1)
DISCO = "disco08_da.csv"
# Each kind of evidence, in the order of the columns. A group is one of ISCO-08, right where no occupation is.
KINDS = (
    "letters", "words", "both", "letters_before_comma", "letters_of_own_name", "words_of_own_name", "last_word",
    "english", "best_of_group_4", "best_of_group_3", "disco_of_group", "pool_4", "pool_3", "pool_2", "pool_1",
    "is_group", "is_group_4", "group_best", "group_both", "group_disco", "named", "named_otherwise", "turned_named",
    "turned_named_otherwise", "asked_words_in_it", "its_words_asked", "asked_words_in_group", "named_in_english",
    "after_comma", "group_asked_words", "group_its_words",
)  # fmt: skip


def letters(text: str) -> list[str]:
    """Two to four letters in a row inside each word, its ends counted as letters."""
    words = [f" {word} " for word in text.split()]
    return [word[at : at + length] for word in words for length in (2, 3, 4) for at in range(len(word) - length + 1)]


class Groups:
    """Which group of ISCO-08 each concept belongs to, at one number of digits; -1 where its code is shorter."""

    def __init__(self, codes: Sequence[str], digits: int) -> None:
        self._digits = digits
        self._numbers = {known: at for at, known in enumerate(sorted({c[:digits] for c in codes if len(c) >= digits}))}
        self.count = len(self._numbers)
        self.of_concepts = self.of(codes)

    def of(self, codes: Iterable[str]) -> Whole:
        """The group of each code."""
        cut = (code[: self._digits] if len(code) >= self._digits else "" for code in codes)
        return np.array([self._numbers.get(code, -1) for code in cut])

    def told(self, of_groups: Floats) -> Floats:
        """What holds for the groups as it holds for each concept; nought for those without one."""
        return np.where(self.of_concepts >= 0, of_groups[np.maximum(self.of_concepts, 0)], np.float32(0))

    def best(self, scores: Floats, group_of: Whole) -> Floats:
        """The best score in each concept's group."""
        found, kept = np.zeros(self.count, np.float32), group_of >= 0
        np.maximum.at(found, group_of[kept], scores[kept])
        return self.told(found)


class Evidence:
    """All that ESCO's concepts are called in Danish, ready to be compared with a title."""

    def __init__(self) -> None:
        self.concepts = [concept for concept in esco.concepts().values() if concept.label]
        called = [dict.fromkeys([concept.label, *concept.others]) for concept in self.concepts]
        labels = [_told(label) for names in called for label in names]
        lengths = [len(names) for names in called]
        self._first = np.cumsum([0, *lengths[:-1]])
        self._owner = np.repeat(np.arange(len(called)), lengths)
        self._own_name = np.zeros(len(labels), bool)
        self._own_name[self._first] = True
        self._labels: dict[str, list[int]] = defaultdict(list)
        for at, label in enumerate(labels):
            self._labels[label].append(at)
        self._english_names: dict[str, list[int]] = defaultdict(list)
        for at, concept in enumerate(self.concepts):
            self._english_names[folded(concept.english)].append(at)
        self._is_group = np.array([concept.id.startswith("C") for concept in self.concepts]).astype(np.float32)
        self._make_spaces(labels)

    def _make_spaces(self, labels: list[str]) -> None:
        codes = [concept.isco08 for concept in self.concepts]
        disco = [(_told(row["title_da"]), row["code"][:4]) for row in esco.rows(esco.DATA / DISCO)]
        self._splitter = Splitter([*labels, *(title for title, _code in disco)])
        words = [self.words(label) for label in labels]
        self._by_letters, self._by_words = Space(map(letters, labels)), Space(words)
        self._english = Space(letters(folded(concept.english)) for concept in self.concepts)
        disco_words = [self.words(title) for title, _code in disco]
        self._disco = Space(letters(title) for title, _code in disco), Space(disco_words)
        self._groups = {digits: Groups(codes, digits) for digits in LEVELS}
        self._pools = {
            digits: self._by_letters.pooled(group.of_concepts[self._owner], group.count)
            for digits, group in self._groups.items()
        }
        nearest = self._groups[4]
        self._disco_groups = nearest.of(code for _title, code in disco)
        self._is_group_4 = self._is_group * np.array([len(code) == 4 for code in codes])
        spoken: list[list[str]] = [[] for _group in range(nearest.count)]
        owners = (*nearest.of_concepts[self._owner], *self._disco_groups)
        for group, said in zip(owners, (*words, *disco_words), strict=True):
            if group >= 0:
                spoken[group] += said
        self._group_words = Space(spoken)
        last: dict[str, int] = {}
        self._last_words = np.array([last.setdefault((said or [""])[-1], len(last)) for said in words])
        self._last_numbers = last

    def words(self, text: str) -> list[str]:
        """A folded text in words, compounds cut into those that ESCO's labels are made of."""
        return [part for word in text.split() for part in self._splitter.parts(word)]

    def of(self, title: str) -> Floats:
        """A row for each of `concepts`, a column for each of KINDS."""
        told = Asked(folded(title), self)
        columns = self._likeness(told) | self._names(told)
        is_group = self._is_group
        columns |= {
            "is_group": is_group,
            "is_group_4": self._is_group_4,
            "group_best": is_group * columns["best_of_group_4"],
            "group_both": is_group * columns["both"],
            "group_disco": is_group * columns["disco_of_group"],
            "group_asked_words": is_group * columns["asked_words_in_it"],
            "group_its_words": is_group * columns["its_words_asked"],
        }
        return np.stack([columns[kind] for kind in KINDS], 1)

    def _likeness(self, told: "Asked") -> dict[str, Floats]:
        by_letters = _best(self._by_letters.score(each) for each in told.letters)
        by_words = _best(self._by_words.score(each) for each in told.words)
        disco_letters, disco_words = self._disco
        disco = _best(
            disco_letters.score(one) + disco_words.score(other)
            for one, other in zip(told.letters, told.words, strict=True)
        )
        shared = [self._by_words.shared(each) for each in told.words]
        both = self._lifted(by_letters + by_words)
        four, three = self._groups[4], self._groups[3]
        pools = {
            f"pool_{digits}": self._groups[digits].told(_best(pool.score(each) for each in told.letters))
            for digits, pool in self._pools.items()
        }
        return pools | {
            "letters": self._lifted(by_letters),
            "words": self._lifted(by_words),
            "both": both,
            "letters_before_comma": self._lifted(self._by_letters.score(letters(told.before))),
            "letters_of_own_name": by_letters[self._first],
            "words_of_own_name": by_words[self._first],
            "after_comma": self._lifted(
                self._by_letters.score(letters(told.after)) + self._by_words.score(self.words(told.after))
            ),
            "english": self._english.score(letters(told.plain)),
            "best_of_group_4": four.best(both, four.of_concepts),
            "best_of_group_3": three.best(both, three.of_concepts),
            "disco_of_group": four.best(disco, self._disco_groups),
            "asked_words_in_it": self._lifted(_best(asked for asked, _its in shared)),
            "its_words_asked": self._lifted(_best(its for _asked, its in shared)),
            "asked_words_in_group": four.told(_best(self._group_words.shared(each)[0] for each in told.words)),
        }

    def _names(self, told: "Asked") -> dict[str, Floats]:
        """Who is called so: the first way that anybody is counts, and another's other name is shared among them."""
        plain, others = told.forms[:1], told.forms[1:]
        found, named = dict[str, Floats](), False
        for kind, forms, own_name in (
            ("named", plain, True), ("named_otherwise", plain, False),
            ("turned_named", others, True), ("turned_named_otherwise", others, False),
        ):  # fmt: skip
            hits = self._called(forms, own_name=own_name)
            among = 1.0 if own_name else max(1.0, float(hits.sum()))
            found[kind] = np.zeros_like(hits) if named else hits / np.float32(among)
            named = named or bool(hits.any())
        english = np.zeros(len(self.concepts), np.float32)
        english[self._english_names.get(told.plain, [])] = 1
        last = self._last_numbers.get(told.last_word, -1)
        return found | {
            "named_in_english": english,
            "last_word": self._lifted((self._last_words == last).astype(np.float32)),
        }

    def _called(self, forms: Sequence[str], *, own_name: bool) -> Floats:
        hits = np.zeros(len(self.concepts), np.float32)
        for form in forms:
            for label in self._labels.get(form, ()):
                if self._own_name[label] == own_name:
                    hits[self._owner[label]] = 1
        return hits

    def _lifted(self, of_labels: Floats) -> Floats:
        """The best of each concept's labels."""
        return np.maximum.reduceat(of_labels, self._first)


class Asked:
    """A folded title in all the ways that it is compared."""

    def __init__(self, title: str, evidence: Evidence) -> None:
        self._evidence = evidence
        self.plain = _without_commas(title)
        self.forms = turned(title) or [""]
        self.letters = [letters(form) for form in self.forms]
        self.words = [evidence.words(form) for form in self.forms]
        before, _comma, after = title.partition(",")
        self.before, self.after = before.strip(), " ".join(part.strip() for part in after.split(",")).strip()

    @cached_property
    def last_word(self) -> str:
        """What a person is: a trainee's is that of the trade."""
        trade = self.forms[-1] if len(self.forms) > 2 else self.before
        return (self._evidence.words(trade) or [""])[-1]


def _told(label: str) -> str:
    return _without_commas(folded(label))


def _without_commas(text: str) -> str:
    return text.replace(" ,", "")


def _best(scores: Iterable[Floats]) -> Floats:
    found: Floats = np.max(list(scores), axis=0)
    return found
