"""The extractor that asks a language model: windows of a text out, answers in, and only what the text bears kept."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from onrecord.extract.extractor import (
    NOTHING,
    ExtractionContext,
    ExtractionResult,
    Usage,
)
from onrecord.extract.llm.answer import read_answer
from onrecord.extract.llm.grounding import Grounding
from onrecord.extract.llm.kept import KeptAnswers, request_name
from onrecord.extract.llm.names import Names
from onrecord.extract.llm.prompt import Prompt, passage, read_prompt
from onrecord.extract.llm.reply import Reply
from onrecord.extract.llm.schema import Schema, answer_schema
from onrecord.extract.llm.settings import Settings, read_settings
from onrecord.extract.llm.trust import check_trust
from onrecord.extract.llm.windows import windows
from onrecord.model import Document
from onrecord.model.errors import BadInput

REPAIR = "That cannot be read: {fault}. Answer again, with the JSON object of the given form alone."
"""What a model is told whose answer is none."""
BROKEN = "answers that could not be read at all"
LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
"""The code of a language (BCP 47)."""
Body = dict[str, object]
Ask = Callable[[Body], Reply]


@dataclass(frozen=True, slots=True)
class Request:
    """One window's request: its name, its body, and where in the text its window begins."""

    name: str
    body: Body
    start: int


class Broken(Exception):
    """A model's answer that stays none, though it was asked for once more."""

    def __init__(self, spent: Usage) -> None:
        self.spent = spent
        super().__init__("an answer that is none")


@dataclass(frozen=True, slots=True)
class _Answered:
    """An answer, what it took, and how much of that just now."""

    answer: Mapping[str, object]
    usage: Usage
    spent: Usage = NOTHING


class ModelExtractor:
    """Makes statements of a document by what a language model answers; may be called by several threads."""

    waits = True

    def __init__(
        self, context: ExtractionContext, settings: Settings, ask: Ask
    ) -> None:
        self.context, self.model = context, settings
        self.names = Names(context.gazetteer)
        self.prompt: Prompt = read_prompt(context.workspace, context.vocabulary)
        self.schema: Schema = answer_schema(context.vocabulary)
        self.kept = KeptAnswers.of(context.workspace)
        self.is_fresh = context.options.get("fresh") == "true"
        self.destination = "" if settings.is_local else settings.host
        self.prices = settings.prices
        self.ask = ask

    @cached_property
    def settings(self) -> str:
        """The model, the hash of the prompt, and the parameters of each request."""
        parameters = "".join(
            f", {key} {value}" for key, value in self.model.parameters.items()
        )
        return f"llm {self.model.model}, prompt {self.prompt.fingerprint}{parameters}"

    def __call__(self, document: Document) -> ExtractionResult:
        """What a document states, as far as its text bears it out; raises ModelFailed, BadInput."""
        grounding = Grounding(document, self.names, self.context.vocabulary)
        usage = spent = Usage()
        broken, language = 0, None
        for request in self.requests(document):
            try:
                answered = self._answered(request)
            except Broken as failure:
                broken += 1
                usage, spent = usage + failure.spent, spent + failure.spent
                continue
            usage, spent = usage + answered.usage, spent + answered.spent
            language = language or language_of(answered.answer)
            grounding.take(answered.answer, request.start)
        result = grounding.result()
        dropped = dict(result.dropped) | ({BROKEN: broken} if broken else {})
        return ExtractionResult(
            result.statements, result.entities, dropped, usage, spent, language
        )

    def requests(self, document: Document) -> Iterator[Request]:
        """The requests that a document needs, in the order of its text."""
        for window in windows(document.text or ""):
            message = passage(document, window, self.names)
            body = self._body(message)
            yield Request(request_name(document, body), body, window.start)

    def pending(self, document: Document) -> Iterator[Request]:
        """Those of its requests whose answers are not kept."""
        for request in self.requests(document):
            if self.is_fresh or self.kept.get(request.name) is None:
                yield request

    def _body(self, message: str) -> Body:
        form = {"name": "statements", "strict": True, "schema": self.schema}
        return {
            "model": self.model.model,
            "messages": [
                {"role": "system", "content": self.prompt.text},
                {"role": "user", "content": message},
            ],
            "response_format": {"type": "json_schema", "json_schema": form},
            **self.model.parameters,
        }

    def _answered(self, request: Request) -> _Answered:
        """The kept answer, else a new one, asked for once more where it is none.

        Raises Broken, ModelFailed.
        """
        kept = None if self.is_fresh else self.kept.get(request.name)
        answer = _read(kept) if kept else None
        if kept and answer:
            return _Answered(answer, kept.usage)
        reply, answer = self._asked(request.body)
        self.kept.put(request.name, reply)
        return _Answered(answer, reply.usage, reply.usage)

    def _asked(self, body: Body) -> tuple[Reply, Mapping[str, object]]:
        reply = self.ask(body)
        try:
            return reply, read_answer(reply.text)
        except BadInput as fault:
            again = self.ask(_repair(body, reply.text, str(fault)))
        spent = reply.usage + again.usage
        try:
            return Reply(again.text, spent), read_answer(again.text)
        except BadInput:
            raise Broken(spent) from None


def create(context: ExtractionContext) -> ModelExtractor:
    """The extractor over a context; with the option `offline`, of kept answers alone.

    Raises BadInput where no endpoint or model is named, Untrusted for an endpoint that
    the workspace names and nobody allowed, MissingExtra.
    """
    offline = context.options.get("offline") == "true"
    settings = read_settings(context.workspace, offline=offline)
    settings = (
        replace(settings, model=context.model) if context.model else settings
    )
    if offline:
        nowhere = replace(settings, endpoint="")
        return ModelExtractor(context, nowhere, _unanswered)
    check_trust(context, settings)
    from onrecord.extract.llm.endpoint import ModelEndpoint  # noqa: PLC0415  an extra

    return ModelExtractor(context, settings, ModelEndpoint(settings).ask)


def _unanswered(_: Body) -> Reply:
    message = "is not answered yet; `--batch write` writes what is left to ask"
    raise BadInput(message)


def _read(reply: Reply) -> Mapping[str, object] | None:
    """A kept answer; None where somebody broke it."""
    try:
        return read_answer(reply.text)
    except BadInput:
        return None


def language_of(answer: Mapping[str, object]) -> str | None:
    """The language that an answer tells, where it is the code of one."""
    code = answer.get("language")
    return code if isinstance(code, str) and LANGUAGE.fullmatch(code) else None


def _repair(body: Body, answer: str, fault: str) -> Body:
    messages = body["messages"]
    assert isinstance(messages, list)  # noqa: S101  made above
    more = [
        {"role": "assistant", "content": answer[:MOST_REPEATED]},
        {"role": "user", "content": REPAIR.format(fault=fault)},
    ]
    return {**body, "messages": [*messages, *more]}


MOST_REPEATED = 20_000
"""Characters of a broken answer that its model is shown again."""
