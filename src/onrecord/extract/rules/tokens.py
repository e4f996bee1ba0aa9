"""A parsed paragraph in plain objects: what spaCy says of each word, read once for all rules that ask.

They bear spaCy's names. spaCy makes an object anew for each word that is asked for, and
looks for a word's children among all of its neighbours.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple, overload

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.tokens import Token as SpacyToken


class Token:
    """A word or a sign: `i` is its number, `idx` its place in the paragraph."""

    __slots__ = (
        "_subtree",
        "children",
        "dep_",
        "doc",
        "ent_type_",
        "head",
        "i",
        "idx",
        "is_alpha",
        "is_punct",
        "lemma_",
        "lower_",
        "pos_",
        "sentence",
        "tag_",
        "text",
        "whitespace_",
    )
    head: "Token"
    sentence: "Sentence"

    def __init__(self, doc: "ParsedText", word: "SpacyToken") -> None:
        self.doc = doc
        self.i = word.i
        self.idx = word.idx
        self.text = word.text
        self.lower_ = word.lower_
        self.lemma_ = word.lemma_
        self.pos_ = word.pos_
        self.tag_ = word.tag_
        self.dep_ = word.dep_
        self.ent_type_ = word.ent_type_
        self.whitespace_ = word.whitespace_
        self.is_alpha = word.is_alpha
        self.is_punct = word.is_punct
        self.children: tuple[Token, ...] = ()
        self._subtree: tuple[Token, ...] | None = None

    def __len__(self) -> int:
        """Its characters."""
        return len(self.text)

    def __str__(self) -> str:
        """Its text."""
        return self.text

    def __repr__(self) -> str:
        """Its text, for people who look for faults."""
        return self.text

    @property
    def text_with_ws(self) -> str:
        """Its text with the space behind it."""
        return self.text + self.whitespace_

    @property
    def lefts(self) -> "list[Token]":
        """The children before it."""
        return [word for word in self.children if word.i < self.i]

    @property
    def rights(self) -> "list[Token]":
        """The children behind it."""
        return [word for word in self.children if word.i > self.i]

    @property
    def subtree(self) -> "tuple[Token, ...]":
        """It and all words below it: those below each child before it, itself, those behind."""
        if self._subtree is None:
            words: list[Token] = []
            for word in self.lefts:
                words += word.subtree
            words.append(self)
            for word in self.rights:
                words += word.subtree
            self._subtree = tuple(words)
        return self._subtree

    @property
    def left_edge(self) -> "Token":
        """The first word of its subtree."""
        return min(self.subtree, key=_number)

    @property
    def ancestors(self) -> "Iterator[Token]":
        """Its head, the head of that, and so on."""
        word = self
        while word.head is not word:
            word = word.head
            yield word

    @property
    def conjuncts(self) -> "tuple[Token, ...]":
        """The words that it is joined with."""
        first = self
        while first.dep_ == "conj" and first.head is not first:
            first = first.head
        joined = [first]
        for word in joined:
            joined += [one for one in word.rights if one.dep_ == "conj"]
        return tuple(word for word in joined if word is not self)

    def nbor(self, by: int = 1) -> "Token":
        """The word so many places on; raises IndexError outside the paragraph."""
        at = self.i + by
        if at < 0:
            raise IndexError(at)
        return self.doc.tokens[at]

    @property
    def is_sent_start(self) -> bool:
        """Whether a sentence begins with it."""
        return self.i == self.sentence.first

    @property
    def _origin(self) -> "SpacyToken":
        return self.doc.origin[self.i]

    @property
    def is_space(self) -> bool:
        """Whether it is more space than one."""
        return self._origin.is_space

    @property
    def is_stop(self) -> bool:
        """Whether it is a function word."""
        return self._origin.is_stop

    @property
    def is_upper(self) -> bool:
        """Whether it is in capitals."""
        return self._origin.is_upper

    @property
    def like_num(self) -> bool:
        """Whether it is a number, in figures or in words."""
        return self._origin.like_num


class Words:
    """The words of a text from one number to before another, and what kind of name they are."""

    __slots__ = ("doc", "end", "label_", "start")

    def __init__(
        self, doc: "ParsedText", start: int, end: int, label: str = ""
    ) -> None:
        self.doc = doc
        self.start = start
        self.end = end
        self.label_ = label

    def __len__(self) -> int:
        """How many they are."""
        return max(0, self.end - self.start)

    def __iter__(self) -> Iterator[Token]:
        """Each, in order."""
        return iter(self.doc.tokens[self.start : self.end])

    def __getitem__(self, number: int) -> Token:
        """One by its number, a negative one from the end."""
        return self.doc.tokens[self.start : self.end][number]

    @property
    def start_char(self) -> int:
        """The place of the first."""
        return self.doc.tokens[self.start].idx

    @property
    def end_char(self) -> int:
        """The place behind the last."""
        last = self.doc.tokens[self.end - 1]
        return last.idx + len(last.text)

    @property
    def text(self) -> str:
        """What they are in the text."""
        if not len(self):
            return ""
        return self.doc.text[self.start_char : self.end_char]

    @property
    def root(self) -> Token:
        """The one that stands highest in the parse, of several the first."""
        inside = self.doc.tokens[self.start : self.end]
        for word in inside:
            if word.head is word:
                return word
        hung = [w for w in inside if not self.start <= w.head.i < self.end]
        return min(hung, key=_depth, default=self.doc.tokens[self.start])

    @property
    def ents(self) -> "list[Words]":
        """The names that lie in them as a whole."""
        return [
            name
            for name in self.doc.ents
            if self.start <= name.start and name.end <= self.end
        ]


class Sentence(NamedTuple):
    """A sentence; `start` and `end` are characters of the paragraph, `first` and `last` its words."""

    words: Words
    text: str
    start: int
    end: int
    first: int
    last: int


class ParsedText:
    """The words of a paragraph that spaCy has parsed, its sentences, and what spaCy takes for names."""

    def __init__(self, doc: "Doc") -> None:
        self.text = doc.text
        self.origin = doc
        self.tokens = [Token(self, word) for word in doc]
        self._join(word.head.i for word in doc)
        self._starts = [word.idx for word in self.tokens]
        self.ents = [
            Words(self, name.start, name.end, name.label_) for name in doc.ents
        ]
        self.sentences = [
            self._sentence(words.start, words.end) for words in doc.sents
        ]

    def __len__(self) -> int:
        """How many words it has."""
        return len(self.tokens)

    def __iter__(self) -> Iterator[Token]:
        """Each word, in order."""
        return iter(self.tokens)

    @overload
    def __getitem__(self, key: int) -> Token: ...
    @overload
    def __getitem__(self, key: slice) -> Words: ...
    def __getitem__(self, key: int | slice) -> Token | Words:
        """A word by its number, or some that follow each other."""
        if isinstance(key, int):
            return self.tokens[key]
        start, end, _ = key.indices(len(self.tokens))
        return Words(self, start, max(start, end))

    def touching(self, start: int, end: int) -> Words | None:
        """The words that lie between two places, or partly; None where these are none of the text."""
        first, last = self._at(start), self._at(end - 1)
        if first < 0 or last < 0:
            return None
        word = self.tokens[first]
        is_behind = start == word.idx + len(word.text)
        return Words(self, first + is_behind, last + 1)

    def inside(self, start: int, end: int) -> Words | None:
        """The words that lie between two places as a whole; None where there are none."""
        first, last = self._at(start), self._at(end - 1)
        if first < 0 or last < 0:
            return None
        word = self.tokens[last]
        first += self.tokens[first].idx < start
        last -= end < word.idx + len(word.text)
        return Words(self, first, last + 1) if first <= last else None

    def release(self) -> None:
        """Parts the words from each other, so that they go at once: in circles they wait for Python's collector."""
        for word in self.tokens:
            word.children = word._subtree = ()  # noqa: SLF001  of the same parse
            del word.head, word.doc, word.sentence
        self.tokens, self.sentences, self.ents = [], [], []

    def _at(self, place: int) -> int:
        """The number of the word at a place, or before it; -1 outside the text."""
        if place >= len(self.text):
            return -1
        return bisect_right(self._starts, place) - 1

    def _join(self, heads: Iterable[int]) -> None:
        """Has each word know its head and its children."""
        for word, number in zip(self.tokens, heads, strict=True):
            head = self.tokens[number]
            word.head = head
            if head is not word:
                head.children = (*head.children, word)

    def _sentence(self, first: int, last: int) -> Sentence:
        words = Words(self, first, last)
        start, end = words.start_char, words.end_char
        sentence = Sentence(
            words, self.text[start:end], start, end, first, last
        )
        for word in words:
            word.sentence = sentence
        return sentence


def _number(word: Token) -> int:
    return word.i


def _depth(word: Token) -> int:
    """How far below the main word of its sentence a word stands; signs stand lowest."""
    if not word.children and (word.is_space or word.is_punct):
        return len(word.doc) - 1
    return sum(1 for _ in word.ancestors)
